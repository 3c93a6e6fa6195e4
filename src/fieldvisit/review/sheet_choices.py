"""The states and choices of a field sheet in a table, as a person chose or typed them."""

import re
from collections.abc import Mapping
from datetime import date

from fieldvisit import dates
from fieldvisit.dates import MONTHS
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.terms import CHOICES, MARKS, STATES
from fieldvisit.text import key

# A state, and behind it the date on which the answer is to follow: 後日回答予定（11/15）.
_STATE = re.compile(r"(?P<state>[^0-9０-９]*?)[\s　]*[（(]?(?P<due>[0-9０-９][^)）]*)?[)）]?\s*")


def read_state(typed: str, shown: Mark | None, today: date) -> Mapping[str, str] | None:
    """Return the state and the date that a cell says; nothing if it stands so, None if it is none.

    A date that cannot be read is empty. A state that follows from the notes is never set.
    """
    if STATES.exactly(typed) and not MARKS.exactly(typed):
        return {}
    found = _STATE.fullmatch(typed)
    state = MARKS.exactly(found["state"] if found else typed)
    if state is None:
        return None
    due = _due(found["due"], today) if found and found["due"] else ""
    standing = shown.state if shown else "clear"
    if state == standing and due in ("", shown.due if shown else ""):
        return {}
    return {"mark": state, "due": due if state == "to-follow" else ""}


def read_choice(typed: str, stands: str | None, *, sendable: bool) -> Mapping[str, str] | None:
    """Return the choice that a cell says; nothing if it stands so, None if it is none.

    ``stands`` is the choice as it is, None where nothing can be chosen.
    """
    if stands and typed in (CHOICES[stands].ja, CHOICES[stands].en):
        return {}  # most cells are as they were printed
    choice = CHOICES.exactly(typed)
    if choice is None:
        return None
    if choice == stands:
        return {}
    return None if stands is None or (choice == "send" and not sendable) else {"choice": choice}


def is_number(typed: str) -> bool:
    """Tell whether a cell may hold the number of a question, be it made a date by a spreadsheet."""
    return bool(_NUMBER.fullmatch(key(typed)))


_MONTH = "|".join(name[:3].casefold() for name in MONTHS)
_NUMBER = re.compile(
    r"[0-9]+(?:[-/.][0-9]+){0,2}(?:t?00:00:00)?|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
    rf"|[0-9]{{1,2}}-(?:{_MONTH})(?:-[0-9]{{2,4}})?|(?:{_MONTH})-[0-9]{{1,2}}"
)


def _due(typed: str, today: date) -> str:
    try:
        return dates.read_due(typed, today).isoformat()
    except Refused:
        return ""
