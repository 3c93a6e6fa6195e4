"""`summary set`, `edit`, `list`, `history`, `delete`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions import editor_sheets
from fieldvisit.actions.read_files import ReadFile
from fieldvisit.actions.review import seen_in
from fieldvisit.actions.summaries import WantedSummaries, summaries, summary_to_write
from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, made_of, option, verb
from fieldvisit.cli.editor import stored_sheet
from fieldvisit.cli.options import ASKED_FOR, BY
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_text import AS_WRITTEN, Typed, Writing, said_of, typed_text
from fieldvisit.documents import wordings
from fieldvisit.documents.items import told
from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.summary import StandingSummary, Summary
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, counted, together
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields


class Which(Struct, frozen=True):
    """Whose cell: of one city, or across the cities."""

    city: str
    across: bool


class Given(Struct, frozen=True):
    """What it is to say: TEXT as typed, ``notes`` as typed, ``level`` a fixed value or nothing."""

    text: str | None
    notes: tuple[str, ...]
    level: str | None
    unchanged: bool
    as_written: bool = False


summary_app = Noun()

CELL = made_of(
    Which,
    city=option("--city CITY", "Of this city.", completion.city),
    across=option("--across", "Across the cities."),
)
PLACE = argument("TOPIC[/QUESTION]", "The topic or question, by key or number.", completion.address)
SAID = made_of(
    Given,
    text=options.TEXT,
    notes=option(
        "--notes NOTE",
        "A note on which it rests. Repeat for several. Default: those named before, else "
        "all in the cell but remarks and off-record ones.",
        completion.note,
    ),
    level=option(
        "-d --disclosure DISCLOSURE",
        "public, confirm, anonymous, group or off-record. Default: that of the most closed "
        "note under it; a summary that is written again stays at least as closed as it was.",
        DISCLOSURES,
    ),
    unchanged=option("--unchanged", "The text stays: it rests on the notes as they are now."),
    as_written=AS_WRITTEN,
)


@verb(summary_app, "Write the summary of one cell; what it was stays in its history.")
def set_(
    session: Session, which: Which = CELL, place: str = PLACE, given: Given = SAID, by: str = BY
) -> None:
    from fieldvisit.actions.summaries import set_summary

    settings = session.settings(by)
    with _summary_text(session, settings, which, place, given) as typed:
        text, said = typed.text, NoteFields(disclosure=given.level)
        if not given.unchanged:
            before = typed.start or ""
            text, said = said_of(session, typed, said, as_written=given.as_written, before=before)
        if said.kind or said.said_by:
            raise WrongUsage(
                _("A summary has no kind and no speaker."),
                _("Take the mark out, or keep it as text: --as-written."),
            )
        stored = set_summary(
            settings,
            place,
            text,
            city=which.city,
            across=which.across,
            notes=given.notes,
            level=said.disclosure or "",
            seen=typed.seen,
        )
    resting = counted("It rests on {n} note.", "It rests on {n} notes.", len(stored.notes))
    level = wordings.summary_level(stored)
    session.tell(_("The summary was stored: {level}.").format(level=level), resting)
    if not given.notes and any(not one.rests for one in stored.summary.seen):
        session.tell(_("These were chosen for it before. Choose others with --notes."))
    if not said.disclosure:
        session.tell("\n".join(_how_to_open(stored, wordings.whose(which.city))))


def _how_to_open(stored: StandingSummary, whose: str) -> Iterator[str]:
    """Yield what a summary stays that its notes would not keep so closed, and how to open it."""
    allowed = strictest(note.disclosure for note in stored.notes)
    if strictest([allowed, stored.summary.disclosure]) == allowed:
        return
    stays = _("It stays as closed as it was; its notes would allow: {level}").format(
        level=DISCLOSURES.word(allowed)
    )
    how = _("Open it with: fieldvisit summary set {place} {whose} --unchanged -d {level}").format(
        place=stored.address, whose=whose, level=allowed
    )
    yield together(stays, how)


@contextmanager
def _summary_text(
    session: Session, settings: Settings, which: Which, place: str, given: Given
) -> Iterator[Typed]:
    def known() -> tuple[Purpose, Summary | None]:
        seen_by = session.audience(Wish(), "work")
        return summary_to_write(settings, place, seen_by, city=which.city, across=which.across)

    def writing() -> Writing:
        purpose, summary = known()
        level = given.level or purpose.level
        return Writing(replace(purpose, level=level), summary.body if summary else "")

    if not given.unchanged:
        with typed_text(session, given.text, writing) as typed:
            yield typed
        return
    if given.text is not None:
        raise WrongUsage(_("--unchanged and a text are at odds."), _("Give one of them."))
    purpose, summary = known()
    if summary is None:
        raise NotFound(_("There is no summary there."), _("See them with: fieldvisit summary list"))
    yield Typed(summary.body, seen=purpose.seen)


@verb(summary_app, "Write summaries on one sheet in the editor, below the notes.")
def edit(
    session: Session,
    topics: tuple[str, ...] = argument(
        "[TOPIC[/QUESTION]]...", "The topics to summarise. Default: all.", completion.address, None
    ),
    city: tuple[str, ...] = options.ONLY_CITIES,
    audience: str = options.AUDIENCE,
    yes: bool = options.YES,
    by: str = BY,
) -> None:
    given, seen_by = session.settings(by), session.audience(Wish(audience=audience), "work")
    stored = stored_sheet(
        session,
        editor_sheets.kept_summary_sheets(given, topics, city, seen_by),
        editor_sheets.open_summary_sheet(given, topics, city, seen_by),
        partial(editor_sheets.store_summary_sheet, given),
        _("Store single summaries with: fieldvisit summary set"),
        yes=yes,
    )
    if stored is None:
        return
    session.tell("\n".join(_told(given, stored)))
    if any(item.state == "taken" for item in stored.items):
        session.tell(_("Stored."))
    waiting = [item for item in stored.items if item.state == "waiting"]
    if waiting:
        from fieldvisit.cli.review_walk import offer_review

        offer_review(session, given, waiting, seen_by, yes=yes)


def _told(given: Settings, found: ReadFile) -> Iterator[str]:
    """Yield each summary that was stored, and how many of each kind there are."""
    stored = {item.stored for item in found.items if item.state == "taken"}
    standing, register, _held = summaries(given, WantedSummaries(), "all")
    for one in standing:
        if one.summary.id in stored:
            city = register.cities.get(one.summary.city_code or "")
            name = city.name if city else _("across the cities")
            yield wordings.labelled(f"{one.address} {name}", wordings.summary(one))
            yield from _how_to_open(one, wordings.whose(name if city else ""))
    left = [item for item in found.items if item.state == "waiting"]
    yield from told(seen_in(given, left))
    yield _("Summaries: stored {stored}, unchanged {unchanged}, waiting {waiting}.").format(
        stored=len(stored), unchanged=found.reading.proposed.unchanged, waiting=len(left)
    )


@verb(summary_app, "List summaries, their notes, and what is to be looked at again.")
def list_(
    session: Session,
    wish: Wish = ASKED_FOR,
    wanted: WantedSummaries = made_of(
        WantedSummaries,
        topic=options.ONLY_TOPIC,
        city=options.ONLY_CITY,
        study_group=options.FOR_GROUP,
        across=option("--across", "Only those across the cities."),
        stale=option("--stale", "Only what is to be looked at again."),
    ),
) -> None:
    from fieldvisit.documents.summaries import summary_list

    seen_by = session.audience(wish, "group")
    found, register, held_back = summaries(session.settings(), wanted, seen_by)
    narrowed = wanted != WantedSummaries()
    session.deliver(summary_list(found, register.cities, seen_by, narrowed=narrowed), wish)
    told = counted(
        "{n} summary is not for this audience and was held back.",
        "{n} summaries are not for this audience and were held back.",
        held_back,
    )
    session.tell(told if held_back else "")


@verb(summary_app, "Show how a summary came to stand as it does.")
def history(
    session: Session, wish: Wish = ASKED_FOR, which: Which = CELL, place: str = PLACE
) -> None:
    from fieldvisit.actions.summaries import summary_history
    from fieldvisit.documents.summaries import summary_history as document

    seen_by = session.audience(wish, "work")
    found, register, handles = summary_history(
        session.settings(), place, seen_by, city=which.city, across=which.across
    )
    session.deliver(document(found, register.cities, handles, seen_by), wish)


@verb(summary_app, "Take a summary out of every output.")
def delete(session: Session, which: Which = CELL, place: str = PLACE, by: str = BY) -> None:
    from fieldvisit.actions.summaries import delete_summary

    delete_summary(session.settings(by), place, city=which.city, across=which.across)
    session.tell(_("The summary was deleted."), _("Take it back with: fieldvisit undo"))
