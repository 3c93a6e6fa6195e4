"""`python -m fieldvisit` is the same program as `fieldvisit`."""

from fieldvisit.cli import main

if __name__ == "__main__":
    main()
