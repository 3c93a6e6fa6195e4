"""`note …`: single notes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace

from fieldvisit.cli.agreements import tell_still_void, tell_voided
from fieldvisit.cli.completion import (
    complete_address,
    complete_city_or_visit,
    complete_deleted_note,
    complete_note,
)
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.fixed_values import kind
from fieldvisit.cli.mark import offer_withheld
from fieldvisit.cli.note_options import Given, Kind, NoteName
from fieldvisit.cli.options import (
    AskedFor,
    By,
    ForGroup,
    Here,
    OnlyCity,
    OnlyTopic,
    OnlyVisit,
    Text,
)
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_marks import AsWritten, Said, refuse_new_marks, said_of
from fieldvisit.cli.typed_text import Typed, Writing, rewriting, typed_text
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import N_, _, enumerated
from fieldvisit.study.fields import NoteFields, NoteFilter

if TYPE_CHECKING:
    from fieldvisit.actions.combine_notes import Together


def _wanted(
    visit: OnlyVisit = "",
    city: OnlyCity = "",
    topic: OnlyTopic = "",
    kind_: Kind = None,
    tag: Annotated[str, option("-t --tag TAG", N_("Only with this tag."))] = "",
    written_by: Annotated[
        str, option("--written-by NAME", N_("Only notes written by this person."))
    ] = "",
    unsorted: Annotated[bool, option("--unsorted", N_("Only notes without a topic."))] = False,
    study_group: ForGroup = "",
    replaced: Annotated[
        bool, option("--replaced", N_("Also those in whose place a correction stands."))
    ] = False,
) -> NoteFilter:
    return NoteFilter(
        visit, city, topic, kind(kind_) or "", tag, written_by, unsorted, study_group, replaced
    )


Narrowed = Annotated[NoteFilter, From(_wanted)]


@contextmanager
def _combined_text(session: Session, typed: str | None, together: "Together") -> Iterator[Typed]:
    if typed is None and not session.on_terminal:
        yield Typed(together.text)
        return
    purpose = Purpose(
        "note combine",
        "-".join(note.handle for note in together.notes),
        level=strictest(note.disclosure for note in together.notes),
        seen=" ".join(note.revision for note in together.notes),
    )
    # With the line end, a text that is left as it is counts as the one that is wanted.
    writing = Writing(purpose, f"{together.text}\n", closes=False)
    with typed_text(session, typed, lambda: writing) as given:
        yield given


def _marked(
    session: Session, text: str, fields: NoteFields, *, as_written: bool, before: str = ""
) -> tuple[str, NoteFields]:
    """Return the text and the fields with what its marks say."""
    given = Said(text, fields.disclosure, fields.kind, fields.said_by)
    said = said_of(session, given, as_written=as_written, before=before)
    return said.text, replace(
        fields, disclosure=said.disclosure, kind=said.kind, said_by=said.said_by
    )


def _tell(session: Session, together: "Together", made: Note) -> None:
    first, *others = together.notes
    session.tell(
        _("Taken into it and deleted: {handles}").format(
            handles=enumerated(note.handle for note in others)
        ),
        _("Take back all of it with: fieldvisit undo"),
    )
    if made.disclosure != first.disclosure:
        level = DISCLOSURES.word(made.disclosure)
        session.tell(_("Its level is that of the most closed one: {level}").format(level=level))
    if first.speaker and not made.speaker:
        session.tell(_("Not all of them name the same speaker, so that it names none."))
    if together.differ:
        session.tell(
            _("As-of, source and material are those of {handle}.").format(handle=first.handle),
            _("Those of the others stand in its history: fieldvisit note history {handle}").format(
                handle=first.handle
            ),
        )


def say_it(session: Session, one: str, other: str, why: str, by: str) -> None:
    """Store that two notes contradict each other."""
    if not why:
        raise WrongUsage(
            _("Missing: {names}").format(names="--why"),
            _("Say why both cannot be right: --why TEXT. --clear takes it back."),
        )
    from fieldvisit.actions.combine_notes import set_conflict

    first, second = set_conflict(session.settings(by), one, other, why)
    session.tell(
        _("{one} ⇔ {other} stand as contradicting each other.").format(
            one=first.handle, other=second.handle
        ),
        _("Take it back with: fieldvisit note conflicts {one} {other} --clear").format(
            one=first.handle, other=second.handle
        ),
    )


def clear_it(session: Session, one: str, other: str, why: str, by: str) -> None:
    """Take it back."""
    if why:
        raise WrongUsage(_("--clear and --why are at odds."), _("Give one of them."))
    from fieldvisit.actions.combine_notes import clear_conflict

    first, second = clear_conflict(session.settings(by), one, other)
    session.tell(
        _("{one} and {other} no longer stand as contradicting each other.").format(
            one=first.handle, other=second.handle
        ),
        _("Bring it back with: fieldvisit undo"),
    )


def _closed(fields: NoteFields, typed: Typed) -> NoteFields:
    """Return the fields with the level that the text has to keep, if it is more closed."""
    return replace(fields, disclosure=typed.level) if typed.level else fields


note_app = Noun()


@command(note_app, N_("Store one note; prints its handle alone."), "add")
def add(
    session: Here,
    given: Given,
    where: Annotated[
        str,
        argument(
            "VISIT|CITY",
            N_("The visit; a city for desk research and remarks."),
            complete_city_or_visit,
        ),
    ],
    place: Annotated[
        str,
        argument(
            "TOPIC[/QUESTION]",
            N_("Where it belongs, by key or number; or: unsorted."),
            complete_address,
        ),
    ],
    text: Text = None,
    as_written: AsWritten = False,
    by: By = "",
) -> None:
    from fieldvisit.actions.write_note import add_note, purpose_of_note

    fields, settings = replace(given, place=place), session.settings(by)
    with typed_text(
        session, text, lambda: Writing(purpose_of_note(settings, where, fields))
    ) as typed:
        fields = _closed(fields, typed)
        text, fields = _marked(session, typed.text, fields, as_written=as_written)
        note = add_note(settings, where, text, fields, typed.change)
    session.answer(note.handle)
    offer_withheld(session, where, [note], by)


@command(note_app, N_("Change a note; what it was stays in its history."), "edit")
def edit(
    session: Here,
    given: Given,
    note: NoteName,
    text: Annotated[
        str | None,
        argument(
            "[TEXT]", N_("The new text, @FILE, or -. Default: the editor, if nothing else changes.")
        ),
    ] = None,
    place: Annotated[
        str | None, option("--topic TOPIC[/QUESTION]", N_("File it there instead."))
    ] = None,
    reason: Annotated[
        str,
        option(
            "--reason TEXT",
            N_("Reason (to open an off-record note, to edit a quote or desk research)."),
        ),
    ] = "",
    as_written: AsWritten = False,
    by: By = "",
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.actions.write_note import edit_note

    fields = replace(given, place=place)
    settings = session.settings(by)
    if text is None and fields != NoteFields():
        changed = edit_note(settings, note, None, fields, reason)
    else:

        def writing() -> Writing:
            seen_by = session.audience(Wish(), "work")
            before = read_note(settings, note, seen_by)[0]
            return rewriting("note edit", before, fields.disclosure or "")

        with typed_text(session, text, writing) as typed:
            fields, text = _closed(fields, typed), typed.text
            if text != typed.start:
                before = read_note(settings, note, "all")[0].body
                text, fields = _marked(session, text, fields, as_written=as_written, before=before)
            changed = edit_note(settings, note, text, fields, reason, seen=typed.seen or "")
    session.answer(changed.handle)
    tell_voided(session, [changed.handle])


@command(note_app, N_("List notes by date of the visit."), "list")
def list_(session: Here, wish: AskedFor, wanted: Narrowed) -> None:
    from fieldvisit.actions.show import notes as read_notes
    from fieldvisit.documents.notes import note_list

    seen_by = session.audience(wish, "work")
    notes, register, held_back = read_notes(session.settings(), wanted, seen_by)
    session.deliver(note_list(notes, register, seen_by), wish)
    session.tell_held_back(held_back)


@command(note_app, N_("Show everything that is known of a note."), "show")
def show(session: Here, wish: AskedFor, note: NoteName) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.documents.notes import note_page

    seen_by = session.audience(wish, "work")
    found, register, asked = read_note(session.settings(), note, seen_by)
    session.deliver(note_page(found, register, seen_by, asked), wish)


@command(note_app, N_("Show how a note came to stand as it does."), "history")
def history(session: Here, wish: AskedFor, note: NoteName) -> None:
    from fieldvisit.actions.show import history as read_history
    from fieldvisit.documents.notes import history as history_document

    seen_by = session.audience(wish, "work")
    revisions, register = read_history(session.settings(), note, seen_by)
    session.deliver(history_document(revisions, register, seen_by), wish)


@command(note_app, N_("Take a note out of every output."), "delete")
def delete(session: Here, note: NoteName, by: By = "") -> None:
    from fieldvisit.actions.write_note import delete_note

    gone = delete_note(session.settings(by), note)
    session.tell(
        _("Note {handle} was deleted.").format(handle=gone.handle),
        _("Bring it back with: fieldvisit note restore {handle}").format(handle=gone.handle),
    )
    tell_voided(session, [gone.handle])


@command(note_app, N_("Bring a deleted note back."), "restore")
def restore(
    session: Here,
    note: Annotated[
        str,
        argument(
            "NOTE", N_("A note's handle, or its first 4 or more characters."), complete_deleted_note
        ),
    ],
    by: By = "",
) -> None:
    from fieldvisit.actions.write_note import restore_note

    found = restore_note(session.settings(by), note)
    session.tell(_("Note {handle} is back.").format(handle=found.handle))
    tell_still_void(session, found.handle)


@command(note_app, N_("Make one note of several that say the same; the first stays."), "combine")
def combine(
    session: Here,
    notes: Annotated[list[str], argument("NOTE...", N_("Two or more."), complete_note)],
    text: Annotated[
        str | None,
        option("TEXT", N_("The text, @FILE, or -. Default: the editor, elsewhere all the texts.")),
    ] = None,
    reason: Annotated[
        str, option("--reason TEXT", N_("Reason to edit the words of others in the first one."))
    ] = "",
    by: By = "",
) -> None:
    from fieldvisit.actions.combine_notes import combine_notes, notes_together

    settings = session.settings(by)
    together = notes_together(settings, notes)
    with _combined_text(session, text, together) as typed:
        closed = strictest(note.disclosure for note in together.notes) == OFF_RECORD
        before = "\n\n".join(note.body for note in together.notes)
        refuse_new_marks(typed.text, before, closed=closed)
        made = combine_notes(settings, together.notes, typed.text, reason)
    session.answer(made.handle)
    _tell(session, together, made)
    tell_voided(session, [note.handle for note in together.notes])


@command(
    note_app,
    N_("Say that two notes contradict each other, of one city or of two. Both stay."),
    "conflicts",
)
def conflicts(
    session: Here,
    one: NoteName,
    other: NoteName,
    why: Annotated[str, option("TEXT", N_("Why both cannot be right."))] = "",
    clear: Annotated[bool, option("--clear", N_("Take it back."))] = False,
    by: By = "",
) -> None:
    if clear:
        clear_it(session, one, other, why, by)
    else:
        say_it(session, one, other, why, by)
