"""What is said of one summary on the command line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Which:
    """Whose cell: of one city, or across the cities."""

    city: str
    across: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What it is to say: TEXT as typed, ``notes`` as typed, ``level`` a fixed value or nothing."""

    text: str | None
    notes: tuple[str, ...]
    level: str | None
    unchanged: bool
