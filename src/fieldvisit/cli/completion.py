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
from fieldvisit.actions.looking import Look, looking
from fieldvisit.harmless import one_line

Offer = tuple[str, str]
_ENOUGH = 60  # columns of a description
_PLAIN_NAME = re.compile(r"[A-Za-z0-9/_-]+")
_HARMFUL = re.compile(r"[^\w 、。・（）「」％～／：，．?%/,.-]")


def complete_visit(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the handles of visits."""
    return _offers(ctx, incomplete, _visits)


def complete_city_or_visit(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer visits and cities by romaji."""
    return _offers(ctx, incomplete, lambda look: [*_visits(look), *_cities(look)])


def complete_city(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer cities by romaji."""
    return _offers(ctx, incomplete, _cities)


def complete_address(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer topics, and the questions of a topic once it is typed."""
    return _offers(ctx, incomplete, lambda look: _addresses(look, incomplete))


def complete_note(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the handles of notes that may be seen in a file or pipe."""
    return _offers(ctx, incomplete, lambda look: [(n.handle, n.body) for n in look.notes])


def complete_guide(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the guides that have a file."""
    return _offers(ctx, incomplete, lambda look: [(slug, "") for slug in look.shelf.names()])


def _offers(
    ctx: typer.Context, incomplete: str, found: Callable[[Look], Iterable[Offer]]
) -> list[Offer]:
    """Return what fits, in letters that no shell and no markup acts on."""
    from rich.console import Console

    try:
        room = min(_ENOUGH, Console().width - 1)  # typer folds whatever is wider
        given = settings.load(
            os.environ, Path.cwd(), study=ctx.find_root().params.get("study") or ""
        )
        with looking(given, given.audience_for("", "group", on_terminal=False)) as look:
            return [
                (name, _beginning(_HARMFUL.sub(" ", one_line(words)), room))
                for name, words in found(look)
                if name.startswith(incomplete) and _PLAIN_NAME.fullmatch(name)
            ]
    except Exception:  # noqa: BLE001 - a shell that completes must not be disturbed
        return []


def _beginning(words: str, room: int) -> str:
    from rich.cells import chop_cells

    return (chop_cells(words, room) or [""])[0]


def _visits(look: Look) -> list[Offer]:
    return [(visit.handle, look.cities[visit.city_code].name) for visit in look.visits]


def _cities(look: Look) -> list[Offer]:
    from fieldvisit.actions.references import all_cities

    return [(city.romaji, f"{city.prefecture}{city.name}") for city in all_cities(look)]


def _addresses(look: Look, incomplete: str) -> list[Offer]:
    topics = look.lineup.topics
    if "/" not in incomplete:
        return [(topic.key, str(topic.label)) for topic in topics]
    return [
        (f"{topic.key}/{question.key}", str(question.ask))
        for topic in topics
        for question in topic.questions
    ]
