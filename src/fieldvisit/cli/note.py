"""`note …`: single notes."""

from msgspec.structs import replace

from fieldvisit.cli import completion, options
from fieldvisit.cli.afterwards import offer_withheld, tell_voided
from fieldvisit.cli.declaring import Noun, argument, made_of, option, verb
from fieldvisit.cli.options import ASKED_FOR, BY, GIVEN, NOTE, TEXT
from fieldvisit.cli.session import Session, Wish
from fieldvisit.cli.typed_text import (
    AS_WRITTEN,
    Writing,
    rewriting,
    said_of,
    typed_text,
)
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.language import _, enumerated
from fieldvisit.study.fields import NoteFields, NoteFilter

note_app = Noun()

NARROWED = made_of(
    NoteFilter,
    visit=options.ONLY_VISIT,
    city=options.ONLY_CITY,
    topic=options.ONLY_TOPIC,
    kind=options.KIND,
    tag=option("-t --tag TAG", "Only with this tag."),
    written_by=option("--written-by NAME", "Only notes written by this person."),
    unsorted=option("--unsorted", "Only notes without a topic."),
    study_group=options.FOR_GROUP,
    replaced=option("--replaced", "Also those in whose place a correction stands."),
)


@verb(note_app, "Store one note; prints its handle alone.")
def add(
    session: Session,
    given: NoteFields = GIVEN,
    where: str = argument(
        "VISIT|CITY", "The visit; a city for desk research and remarks.", completion.city_or_visit
    ),
    place: str = argument(
        "TOPIC[/QUESTION]", "Where it belongs, by key or number; or: unsorted.", completion.address
    ),
    text: str | None = TEXT,
    as_written: bool = AS_WRITTEN,
    by: str = BY,
) -> None:
    from fieldvisit.actions.write_note import add_note, purpose_of_note

    fields, settings = replace(given, place=place), session.settings(by)
    with typed_text(
        session, text, lambda: Writing(purpose_of_note(settings, where, fields))
    ) as typed:
        text, fields = said_of(session, typed, fields, as_written=as_written)
        note = add_note(settings, where, text, fields, typed.change)
    session.answer(note.handle)
    offer_withheld(session, where, [note.id], by)


@verb(note_app, "Change a note; what it was stays in its history.")
def edit(
    session: Session,
    given: NoteFields = GIVEN,
    note: str = NOTE,
    text: str | None = argument(
        "[TEXT]",
        "The new text, @FILE, or -. Default: the editor, if nothing else changes.",
        default=None,
    ),
    place: str | None = option("--topic TOPIC[/QUESTION]", "File it there instead."),
    reason: str = option(
        "TEXT", "Reason (to open an off-record note, to edit a quote or desk research)."
    ),
    as_written: bool = AS_WRITTEN,
    by: str = BY,
) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.actions.write_note import edit_note

    fields, settings = replace(given, place=place), session.settings(by)

    def writing() -> Writing:
        before = read_note(settings, note, session.audience(Wish(), "work"))[0]
        return rewriting("note edit", before, fields.disclosure or "")

    if text is None and fields != NoteFields():
        changed = edit_note(settings, note, None, fields, reason)
    else:
        with typed_text(session, text, writing) as typed:
            before = read_note(settings, note, "all")[0].body
            text, fields = said_of(session, typed, fields, as_written=as_written, before=before)
            changed = edit_note(settings, note, text, fields, reason, seen=typed.seen or "")
    session.answer(changed.handle)
    tell_voided(session, [changed.handle])


@verb(note_app, "List notes by date of the visit.")
def list_(session: Session, wish: Wish = ASKED_FOR, wanted: NoteFilter = NARROWED) -> None:
    from fieldvisit.actions.show import notes as read_notes
    from fieldvisit.documents.notes import note_list

    seen_by = session.audience(wish, "work")
    notes, register, held_back = read_notes(session.settings(), wanted, seen_by)
    session.deliver(note_list(notes, register, seen_by), wish, held_back)


@verb(note_app, "Show everything that is known of a note.")
def show(session: Session, wish: Wish = ASKED_FOR, note: str = NOTE) -> None:
    from fieldvisit.actions.show import note as read_note
    from fieldvisit.documents.notes import note_page

    seen_by = session.audience(wish, "work")
    found, register, asked = read_note(session.settings(), note, seen_by)
    session.deliver(note_page(found, register, seen_by, asked), wish)


@verb(note_app, "Show how a note came to stand as it does.")
def history(session: Session, wish: Wish = ASKED_FOR, note: str = NOTE) -> None:
    from fieldvisit.actions.show import history as read_history
    from fieldvisit.documents.notes import history as history_document

    seen_by = session.audience(wish, "work")
    revisions, register = read_history(session.settings(), note, seen_by)
    session.deliver(history_document(revisions, register, seen_by), wish)


@verb(note_app, "Take a note out of every output.")
def delete(session: Session, note: str = NOTE, by: str = BY) -> None:
    from fieldvisit.actions.write_note import delete_note

    gone = delete_note(session.settings(by), note)
    session.tell(
        _("Note {handle} was deleted.").format(handle=gone.handle),
        _("Bring it back with: fieldvisit note restore {handle}").format(handle=gone.handle),
    )
    tell_voided(session, [gone.handle])


@verb(note_app, "Bring a deleted note back.")
def restore(
    session: Session,
    note: str = argument(
        "NOTE", "A note's handle, or its first 4 or more characters.", completion.deleted_note
    ),
    by: str = BY,
) -> None:
    from fieldvisit.actions.write_note import restore_note

    found = restore_note(session.settings(by), note)
    session.tell(_("Note {handle} is back.").format(handle=found.handle))
    tell_voided(session, [found.handle], restored=True)


@verb(note_app, "Make one note of several that say the same; the first stays.")
def combine(
    session: Session,
    notes: tuple[str, ...] = argument("NOTE...", "Two or more.", completion.note),
    reason: str = option("TEXT", "Reason to edit the words of others in the first one."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.combine_notes import combine_notes

    made, *others = combine_notes(session.settings(by), notes, reason)
    session.answer(made.handle)
    handles, level = enumerated(one.handle for one in others), DISCLOSURES.word(made.disclosure)
    session.tell(
        _("Taken into it and deleted: {handles}; the most closed level holds: {level}").format(
            handles=handles, level=level
        ),
        _("Take back all of it with: fieldvisit undo"),
    )
    tell_voided(session, [one.handle for one in (made, *others)])


@verb(note_app, "Say that two notes contradict each other, of one city or of two. Both stay.")
def conflicts(
    session: Session,
    one: str = NOTE,
    other: str = NOTE,
    why: str = option("TEXT", "Why both cannot be right."),
    clear: bool = option("--clear", "Take it back."),
    by: str = BY,
) -> None:
    from fieldvisit.actions.combine_notes import clear_conflict, set_conflict

    if clear and why:
        raise WrongUsage(_("--clear and --why are at odds."), _("Give one of them."))
    if not (clear or why):
        raise WrongUsage(
            _("Missing: {names}").format(names="--why"),
            _("Say why both cannot be right: --why TEXT. --clear takes it back."),
        )
    if clear:
        pair = clear_conflict(session.settings(by), one, other)
        told = _("{one} and {other} no longer stand as contradicting each other.")
        hint = _("Bring it back with: fieldvisit undo")
    else:
        pair = set_conflict(session.settings(by), one, other, why)
        told = _("{one} ⇔ {other} stand as contradicting each other.")
        hint = _("Take it back with: fieldvisit note conflicts {one} {other} --clear")
    names = {"one": pair[0].handle, "other": pair[1].handle}
    session.tell(told.format(**names), hint.format(**names))
