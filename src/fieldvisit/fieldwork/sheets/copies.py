"""Boxes and rows of one note that a sheet holds twice, since somebody copied them."""

from collections.abc import Iterable

from fieldvisit.fieldwork.sheets.filled import Answer, Stray
from fieldvisit.language import _


def without_copies(answers: Iterable[Answer]) -> tuple[tuple[Answer, ...], tuple[Stray, ...]]:
    """Return the answers with the first for each note alone, and what the others say otherwise."""
    kept: list[Answer] = []
    strays: list[Stray] = []
    first: dict[str, Answer] = {}
    for answer in answers:
        known = first.setdefault(answer.handle, answer) if answer.handle else answer
        if known is answer:
            kept.append(answer)
        elif said := " ".join(_otherwise(answer, known)):
            strays.append(Stray(said, answer.where, _copied(answer.handle)))
    return tuple(kept), tuple(strays)


def _otherwise(answer: Answer, known: Answer) -> list[str]:
    """Return the text of a copy and what is chosen beside it, if any of it is another."""
    said, before = (
        (one.text, one.kind, one.disclosure, one.speaker, one.department) for one in (answer, known)
    )
    chosen = [word for word, other in zip(said[1:], before[1:], strict=True) if word != other]
    return [] if said == before else list(filter(None, (answer.text, *chosen)))


def _copied(handle: str) -> str:
    return _("Note {handle} stands twice on the sheet; the first was taken.").format(handle=handle)
