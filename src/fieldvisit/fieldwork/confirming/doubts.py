"""Why what a city wrote into the row of a passage is not stored, and what is to be done then."""

from fieldvisit.fieldwork.confirming.common_words import has_little_in_common
from fieldvisit.fieldwork.confirming.wishes import is_instruction, is_wish
from fieldvisit.fieldwork.note import Note
from fieldvisit.language import _


def why_no_corrected_text(text: str, note: Note, number: str) -> str:
    """Return why ``text`` is not taken as what passage ``number`` is to read; empty if it is."""
    if is_wish(text, note.body):
        why = _("It may ask that this not be quoted, or not be used at all, or be a remark on it.")
    elif is_instruction(text, note.body):
        why = _("It seems to say how a part is to change, not the whole passage.")
    elif has_little_in_common(text, note.body):
        why = _("It has next to nothing in common with the passage and reads like a remark.")
    else:
        return ""
    return with_what_to_do(why, note, number)


def with_what_to_do(why: str, note: Note, number: str) -> str:
    """Return a reason, and by which commands a person settles what was meant."""
    to_do = _(
        "Passage {number}, note {handle}: if it is to be used otherwise or not at all, fieldvisit "
        "note edit {handle} -d off-record (or group, or anonymous); if it is to read so, "
        "fieldvisit confirm set VISIT {handle} corrected TEXT"
    ).format(number=number, handle=note.handle)
    return f"{why} {to_do}"


def why_words_beside(note: Note) -> str:
    """Return why an answer is not taken beside which something else stands in the row."""
    return _(
        "Something else was written into the row and may speak against it. If the answer stands: "
        "fieldvisit confirm set VISIT {handle} ok, or corrected TEXT"
    ).format(handle=note.handle)


def why_words_outside(note: Note) -> str:
    """Return why no answer is taken of a letter in which a wish stands outside of the table."""
    return _(
        "Words outside of the table may ask that something not be used. If the answer stands all "
        "the same: fieldvisit confirm set VISIT {handle} ok, or corrected TEXT"
    ).format(handle=note.handle)


def why_rows_differ(note: Note) -> str:
    """Return why no answer is taken to a passage whose rows say different things."""
    return _(
        "The passage stands twice, and the rows do not say the same. What holds: fieldvisit "
        "confirm set VISIT {handle} ok, or corrected TEXT"
    ).format(handle=note.handle)
