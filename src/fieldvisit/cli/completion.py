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
from fieldvisit.cli.declaring import offers
from fieldvisit.fieldwork.terms import FACTS, MARKS
from fieldvisit.harmless import one_line
from fieldvisit.study.view import StudyView, viewing

Offer = tuple[str, str]
Found = Callable[[StudyView, typer.Context, str], Iterable[Offer]]
_ENOUGH = 60  # columns of a description
_PLAIN_NAME = r"[\w/-]+"
_HARMFUL = r"[^\w 、。・（）「」％～／：，．?%/,.-]"


def _offering(found: Found) -> Callable[..., list[Offer]]:
    """Return what typer asks: what fits, in letters that no shell and no markup acts on."""

    def offer(ctx: typer.Context, incomplete: str) -> list[Offer]:
        from rich.console import Console

        try:
            room = min(_ENOUGH, Console().width - 1)  # typer folds whatever is wider
            given = settings.load(
                os.environ, Path.cwd(), study=ctx.find_root().params.get("study") or ""
            )
            with viewing(given, given.audience_for("", "group", on_terminal=False)) as view:
                return [
                    (name, _beginning(re.sub(_HARMFUL, " ", one_line(words)), room))
                    for name, words in found(view, ctx, incomplete)
                    if name.startswith(incomplete) and re.fullmatch(_PLAIN_NAME, name)
                ]
        except Exception:  # noqa: BLE001 - a shell that completes must not be disturbed
            return []

    return offer


def _beginning(words: str, room: int) -> str:
    from rich.cells import chop_cells

    return (chop_cells(words, room) or [""])[0]


def _visits(view: StudyView, *_typed: object) -> list[Offer]:
    return [(visit.handle, view.cities[visit.city_code].name) for visit in view.visits]


def _cities(view: StudyView, *_typed: object) -> list[Offer]:
    from fieldvisit.study.references import all_cities

    return [(city.romaji, f"{city.prefecture}{city.name}") for city in all_cities(view)]


def _deleted(view: StudyView, *_typed: object) -> list[Offer]:
    from fieldvisit.storage import gate

    notes = gate.notes(view.connection, view.audience, gate.NotesAsked(deleted=True))
    return [(note.handle, note.body) for note in notes if note.deleted]


def _people(view: StudyView, ctx: typer.Context, _incomplete: str) -> list[Offer]:
    """Return the people; an option without its value leaves the arguments unread in `ctx.args`."""
    from fieldvisit.study.references import find_note, find_visit

    of_a_note = "note" in ctx.params
    typed = ctx.params["note" if of_a_note else "where"] or ctx.args[0]
    if of_a_note:
        visit = view.visits_by_id[find_note(view, typed).visit_id or ""]
    else:
        visit = find_visit(view, typed)
    return [(person.name or person.department, person.role) for person in visit.participants]


def _addresses(view: StudyView, _ctx: typer.Context, incomplete: str) -> list[Offer]:
    topics = view.crosswalk.topics
    if "/" not in incomplete:
        return [(topic.key, str(topic.label)) for topic in topics]
    return [
        (f"{topic.key}/{question.key}", str(question.ask))
        for topic in topics
        for question in topic.questions
    ]


visit = _offering(_visits)
city = _offering(_cities)
city_or_visit = _offering(lambda view, *_typed: [*_visits(view), *_cities(view)])
address = _offering(_addresses)
note = _offering(lambda view, *_typed: [(note.handle, note.body) for note in view.notes])
deleted_note = _offering(_deleted)
person = _offering(_people)
study_group = _offering(lambda view, *_typed: [(g.short, g.name) for g in view.groups])
guide = _offering(lambda view, *_typed: [(slug, "") for slug in view.guides.names()])
fact = offers(FACTS)


def address_or_state(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer what can be marked, and the marks."""
    return [*address(ctx, incomplete), *offers(MARKS)(incomplete)]
