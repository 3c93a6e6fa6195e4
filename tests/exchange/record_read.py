"""The usual record sheet with text typed into it, and what is read of it."""

from hypothesis import strategies as st

from exchange.record_sheets import MIX, SHEET
from fieldvisit.documents.record_sheet import write
from fieldvisit.exchange.record.sheet import read
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.record.changes import SheetChanges, changes
from fieldvisit.fieldwork.record.sheet import RecordSheet

HIRING, QUESTION, SECURITY, UNSORTED = (f"{{{p}}}" for p in ("hiring", MIX, "security", "unsorted"))


def under(marker: str, typed: str, text: str | None = None) -> str:
    """Return the sheet with ``typed`` put right under one heading."""
    text = write(SHEET) if text is None else text
    return text.replace(f"{marker}\n", f"{marker}\n{typed}\n", 1)


def found(text: str, shown: RecordSheet = SHEET) -> SheetChanges:
    return changes(shown, read(text, shown))


def added(text: str) -> list[tuple[Address | None, str, str, str]]:
    return [(b.address, b.kind, b.disclosure, b.body) for b in found(text).added]


def nothing_but_unchanged(shown: RecordSheet, result: SheetChanges) -> bool:
    return result == SheetChanges(unchanged=tuple(note for _at, note in shown.placed_notes()))


PLAIN = st.text("abc職員。\t 👩𠮷\\|*-", min_size=1, max_size=12).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(PLAIN, min_size=1, max_size=3).map("\n".join)


def block_of(text: str, handle: str) -> str:
    start = text.index(f"<!-- note {handle} -->")
    return text[start : text.index("<!-- end -->", start) + len("<!-- end -->\n")]
