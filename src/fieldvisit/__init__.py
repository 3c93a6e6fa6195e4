"""fieldvisit: prepare, record and compare interview visits to municipalities."""

__version__ = "0.1.0"
