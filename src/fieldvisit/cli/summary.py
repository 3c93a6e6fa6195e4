"""`summary set`, `edit`, `list`, `history`, `delete`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.editor_sheets import (
    kept_summary_sheets,
    open_summary_sheet,
    store_summary_sheet,
)
from fieldvisit.actions.read_files import ReadFile
from fieldvisit.actions.summaries import (
    WantedSummaries,
    summaries,
    summary_to_write,
)
from fieldvisit.cli.completion import (
    complete_address,
    complete_city,
    complete_disclosure,
    complete_note,
)
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.editor import edited_sheet, tell_if_left
from fieldvisit.cli.fixed_values import disclosure
from fieldvisit.cli.options import (
    AskedFor,
    Audience,
    By,
    ForGroup,
    Here,
    OnlyCities,
    OnlyCity,
    OnlyTopic,
    Text,
    Yes,
)
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_marks import AsWritten, Said, said_of
from fieldvisit.cli.typed_text import Typed, Writing, typed_text
from fieldvisit.documents import wordings
from fieldvisit.documents.record_sheet import told_items
from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.summary import StandingSummary, Summary
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import N_, _, counted, together
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close


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


Place = Annotated[
    str,
    argument("TOPIC[/QUESTION]", N_("The topic or question, by key or number."), complete_address),
]


Level = Annotated[
    str | None,
    option(
        "-d --disclosure DISCLOSURE",
        N_(
            "public, confirm, anonymous, group or off-record. Default: that of the most closed "
            "note under it; a summary that is written again stays at least as closed as it was."
        ),
        complete_disclosure,
    ),
]


def _which(
    city: Annotated[str, option("--city CITY", N_("Of this city."), complete_city)] = "",
    across: Annotated[bool, option("--across", N_("Across the cities."))] = False,
) -> Which:
    return Which(city, across)


Cell = Annotated[Which, From(_which)]


def set_one(session: Session, which: Which, place: str, given: Given, by: str) -> None:
    """Store the summary of one cell, with the text that is given, or from the editor."""
    from fieldvisit.actions.summaries import set_summary

    settings = session.settings(by)
    with _summary_text(session, settings, which, place, given) as typed:
        level = typed.level or given.level
        said = Said(typed.text, level)
        if not given.unchanged:
            before = typed.start or ""
            said = said_of(session, said, as_written=given.as_written, before=before)
        if said.kind or said.said_by:
            raise WrongUsage(
                _("A summary has no kind and no speaker."),
                _("Take the mark out, or keep it as text: --as-written."),
            )
        stored = set_summary(
            settings,
            place,
            said.text,
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
        whose = "--across" if which.across else f"--city {_typed_again(which.city)}"
        session.tell("\n".join(_how_to_open(stored, whose)))


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


def _typed_again(name: str) -> str:
    return f"'{name}'" if " " in name else name


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


def edit_summaries(
    session: Session,
    topics: Sequence[str],
    cities: Sequence[str],
    seen_by: str,
    *,
    yes: bool,
    by: str,
) -> None:
    """Let a person write the summaries of cells, as ``seen_by`` may see these."""
    given = session.settings(by)
    kept = kept_summary_sheets(given, topics, cities, seen_by)
    fresh = open_summary_sheet(given, topics, cities, seen_by)
    otherwise = _("Store single summaries with: fieldvisit summary set")
    with edited_sheet(session, kept, fresh, otherwise, yes=yes) as opened:
        if opened.was_left_alone():
            close(opened.draft)
            session.tell(_("Nothing was changed."))
            return
        stored = store_summary_sheet(given, opened)
        tell_if_left(opened.draft)
    session.tell("\n".join(_told(given, stored)))
    session.tell(_("Stored.") if stored.items else _("Nothing was changed."))
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
            yield from _how_to_open(one, f"--city {_typed_again(name)}" if city else "--across")
    left = [item for item in found.items if item.state == "waiting"]
    yield from told_items(left, {})
    yield _("Summaries: stored {stored}, unchanged {unchanged}, waiting {waiting}.").format(
        stored=len(stored), unchanged=found.reading.proposed.unchanged, waiting=len(left)
    )


summary_app = Noun()


@command(summary_app, N_("Write the summary of one cell; what it was stays in its history."), "set")
def set_(
    session: Here,
    which: Cell,
    place: Place,
    text: Text = None,
    notes: Annotated[
        list[str] | None,
        option(
            "--notes NOTE",
            N_(
                "A note on which it rests. Repeat for several. Default: those named before, else "
                "all in the cell but remarks and off-record ones."
            ),
            complete_note,
        ),
    ] = None,
    disclosure_: Level = None,
    unchanged: Annotated[
        bool, option("--unchanged", N_("The text stays: it rests on the notes as they are now."))
    ] = False,
    as_written: AsWritten = False,
    by: By = "",
) -> None:
    given = Given(text, tuple(notes or ()), disclosure(disclosure_), unchanged, as_written)
    set_one(session, which, place, given, by)


@command(summary_app, N_("Write summaries on one sheet in the editor, below the notes."), "edit")
def edit(
    session: Here,
    topics: Annotated[
        list[str] | None,
        argument(
            "[TOPIC[/QUESTION]]...", N_("The topics to summarise. Default: all."), complete_address
        ),
    ] = None,
    city: OnlyCities = None,
    audience: Audience = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    seen_by = session.audience(Wish(audience=audience), "work")
    edit_summaries(session, topics or (), city or (), seen_by, yes=yes, by=by)


@command(summary_app, N_("List summaries, their notes, and what is to be looked at again."), "list")
def list_(
    session: Here,
    wish: AskedFor,
    topic: OnlyTopic = "",
    city: OnlyCity = "",
    study_group: ForGroup = "",
    across: Annotated[bool, option("--across", N_("Only those across the cities."))] = False,
    stale: Annotated[bool, option("--stale", N_("Only what is to be looked at again."))] = False,
) -> None:
    from fieldvisit.documents.summaries import summary_list

    seen_by = session.audience(wish, "group")
    wanted = WantedSummaries(topic, city, study_group, across, stale)
    found, register, held_back = summaries(session.settings(), wanted, seen_by)
    narrowed = wanted != WantedSummaries()
    session.deliver(summary_list(found, register.cities, seen_by, narrowed=narrowed), wish)
    if held_back:
        session.tell(
            counted(
                "{n} summary is not for this audience and was held back.",
                "{n} summaries are not for this audience and were held back.",
                held_back,
            )
        )


@command(summary_app, N_("Show how a summary came to stand as it does."), "history")
def history(session: Here, wish: AskedFor, which: Cell, place: Place) -> None:
    from fieldvisit.actions.summaries import summary_history
    from fieldvisit.documents.summaries import summary_history as document

    seen_by = session.audience(wish, "work")
    found, register, handles = summary_history(
        session.settings(), place, seen_by, city=which.city, across=which.across
    )
    session.deliver(document(found, register.cities, handles, seen_by), wish)


@command(summary_app, N_("Take a summary out of every output."), "delete")
def delete(session: Here, which: Cell, place: Place, by: By = "") -> None:
    from fieldvisit.actions.summaries import delete_summary

    delete_summary(session.settings(by), place, city=which.city, across=which.across)
    session.tell(_("The summary was deleted."), _("Take it back with: fieldvisit undo"))
