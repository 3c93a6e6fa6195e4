"""What a person types. The only folder that knows typer and rich, and what may reach a terminal."""

import sys
from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> None:
    """Run the program with the words of the command line and leave with its exit code."""
    from fieldvisit.cli.running import run

    raise SystemExit(run(list(sys.argv[1:] if words is None else words)))
