"""What the shell offers while a command is typed: read-only, plain SQLite, silent on any trouble.

Handles of notes come through the gate for `group`, or a tighter audience that the settings say:
an off-record note is never offered.
"""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from fieldvisit import settings
from fieldvisit.fieldwork.terms import DISCLOSURES, FACTS, KINDS, MARKS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.harmless import one_line
from fieldvisit.study.view import StudyView, viewing

Offer = tuple[str, str]
_ENOUGH = 60  # columns of a description
_PLAIN_NAME = r"[\w/-]+"
_HARMFUL = r"[^\w 、。・（）「」％～／：，．?%/,.-]"


def complete_visit(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the handles of visits."""
    return _offers(ctx, incomplete, _visits)


def complete_city_or_visit(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer visits and cities by romaji."""
    return _offers(ctx, incomplete, lambda view: [*_visits(view), *_cities(view)])


def complete_city(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer cities by romaji."""
    return _offers(ctx, incomplete, _cities)


def complete_address(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer topics, and the questions of a topic once it is typed."""
    return _offers(ctx, incomplete, lambda view: _addresses(view, incomplete))


def complete_note(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the handles of notes that may be seen in a file or pipe."""
    return _offers(ctx, incomplete, lambda view: [(n.handle, n.body) for n in view.notes])


def complete_deleted_note(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the handles of deleted notes that may be seen in a file or pipe."""
    return _offers(ctx, incomplete, _deleted)


def complete_person(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the people of the visit that was typed, or of the note's."""
    return _offers(ctx, incomplete, lambda view: _people(view, ctx))


def complete_address_or_state(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer what can be marked, and the marks."""
    return [*complete_address(ctx, incomplete), *_fixed(MARKS, incomplete)]


def complete_kind(incomplete: str) -> list[Offer]:
    """Offer the kinds of notes."""
    return _fixed(KINDS, incomplete)


def complete_disclosure(incomplete: str) -> list[Offer]:
    """Offer the levels of disclosure."""
    return _fixed(DISCLOSURES, incomplete)


def complete_fact(incomplete: str) -> list[Offer]:
    """Offer the common facts of cities."""
    return _fixed(FACTS, incomplete)


def _fixed(vocabulary: Vocabulary, incomplete: str) -> list[Offer]:
    return [(v, vocabulary.word(v)) for v in vocabulary if v.startswith(incomplete)]


def complete_study_group(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the study groups by their short names."""
    return _offers(ctx, incomplete, lambda view: [(g.short, g.name) for g in view.groups])


def complete_guide(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the guides that have a file."""
    return _offers(ctx, incomplete, lambda view: [(slug, "") for slug in view.guides.names()])


def _offers(
    ctx: typer.Context, incomplete: str, found: Callable[[StudyView], Iterable[Offer]]
) -> list[Offer]:
    """Return what fits, in letters that no shell and no markup acts on."""
    from rich.console import Console

    try:
        room = min(_ENOUGH, Console().width - 1)  # typer folds whatever is wider
        given = settings.load(
            os.environ, Path.cwd(), study=ctx.find_root().params.get("study") or ""
        )
        with viewing(given, given.audience_for("", "group", on_terminal=False)) as view:
            return [
                (name, _beginning(re.sub(_HARMFUL, " ", one_line(words)), room))
                for name, words in found(view)
                if name.startswith(incomplete) and re.fullmatch(_PLAIN_NAME, name)
            ]
    except Exception:  # noqa: BLE001 - a shell that completes must not be disturbed
        return []


def _beginning(words: str, room: int) -> str:
    from rich.cells import chop_cells

    return (chop_cells(words, room) or [""])[0]


def _visits(view: StudyView) -> list[Offer]:
    return [(visit.handle, view.cities[visit.city_code].name) for visit in view.visits]


def _cities(view: StudyView) -> list[Offer]:
    from fieldvisit.study.references import all_cities

    return [(city.romaji, f"{city.prefecture}{city.name}") for city in all_cities(view)]


def _deleted(view: StudyView) -> list[Offer]:
    from fieldvisit.storage import gate

    notes = gate.notes(view.connection, view.audience, gate.NotesAsked(deleted=True))
    return [(note.handle, note.body) for note in notes if note.deleted]


def _people(view: StudyView, ctx: typer.Context) -> list[Offer]:
    """Return the people; an option without its value leaves the arguments unread in `ctx.args`."""
    from fieldvisit.study.references import find_note, find_visit

    of_a_note = "note" in ctx.params
    typed = ctx.params["note" if of_a_note else "where"] or ctx.args[0]
    if of_a_note:
        visit = view.visits_by_id[find_note(view, typed).visit_id or ""]
    else:
        visit = find_visit(view, typed)
    return [(person.name or person.department, person.role) for person in visit.participants]


def _addresses(view: StudyView, incomplete: str) -> list[Offer]:
    topics = view.crosswalk.topics
    if "/" not in incomplete:
        return [(topic.key, str(topic.label)) for topic in topics]
    return [
        (f"{topic.key}/{question.key}", str(question.ask))
        for topic in topics
        for question in topic.questions
    ]
