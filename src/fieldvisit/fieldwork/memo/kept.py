"""What of a memo was not stored: kept as it was typed, and never more open than it was meant."""

from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.record.marks import mark, read_marks
from fieldvisit.fieldwork.terms import DISCLOSURES


def kept(typed: str, *, closed: bool) -> str:
    """Return a text for a draft; what is off the record bears that mark in front of all else."""
    if not closed or bears_off_record(typed):
        return typed
    return f"{off_record_mark()}{typed}"


def off_record_mark() -> str:
    """Return the mark for off the record in the language in use."""
    return mark(DISCLOSURES, OFF_RECORD)


def bears_off_record(text: str) -> bool:
    """Tell whether a text has the mark for off the record at its start."""
    return OFF_RECORD in read_marks(text).disclosures
