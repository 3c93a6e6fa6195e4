"""TEXT as the contract reads it: the argument, `-`, `@FILE`, else the editor; and its marks."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.cli.declaring import option
from fieldvisit.cli.editor import edited, goes_on_with, tell_if_left
from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import ask, say
from fieldvisit.doors import inputs
from fieldvisit.errors import BadText, Refused, WrongUsage
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _, enumerated
from fieldvisit.review.item import REASONS
from fieldvisit.review.marks import MarkedText, brackets_in, hints_in, read_marks
from fieldvisit.study import drafts
from fieldvisit.study.fields import NoteFields

AS_WRITTEN = option("--as-written", "Keep 【…】 in the text as it stands, none of it a mark.")


class Typed(Struct, frozen=True):
    """Text as typed.

    ``level`` is a disclosure that it has to keep, empty if none in particular; ``seen`` the
    revision and ``start`` the text that the person had before the eyes, None if there was none.
    ``change`` is the id of the change that is to store it, empty for any.
    """

    text: str
    level: str = ""
    seen: str | None = None
    start: str | None = None
    change: str = ""


class Writing(Struct, frozen=True):
    """What the text is for, and what the editor opens with.

    ``closes`` tells that whoever stores the text can make it as closed as the draft was.
    """

    purpose: Purpose
    start: str = ""
    closes: bool = True


def rewriting(command: str, note: Note, level: str = "", *, closes: bool = True) -> Writing:
    """Return what new words for a note are for; they begin with those it has.

    ``level`` is the one that the note is to get with them, if any.
    """
    place = str(note.places[0]) if note.places else ""
    purpose = Purpose(
        command, note.handle, place, note.disclosure, note.kind, note.only_for, note.revision
    )
    return Writing(purpose.closed_as(replace(purpose, level=level)), note.body, closes)


def typed_text(
    session: Session, typed: str | None, writing: Callable[[], Writing]
) -> AbstractContextManager[Typed]:
    """Give the text that is meant to a block that stores it; a draft goes only when that is done.

    ``writing`` is asked where a person types: the editor opens with its start, or with what was
    left unstored for the same. One line end at the very end of a file, of standard input or of
    the editor's text is not part of the text.
    """
    if typed is None:
        return _from_editor(session, writing)
    if typed == "-":
        return _from_standard_input(session, writing)
    if typed.startswith("@"):
        typed = _without_last_line_end(inputs.text_of(inputs.expanded(typed[1:])))
    return nullcontext(Typed(typed))


@contextmanager
def _from_standard_input(session: Session, writing: Callable[[], Writing]) -> Iterator[Typed]:
    """Read standard input; what was typed there by hand exists nowhere else, so it is kept."""
    purpose = writing().purpose if sys.stdin.isatty() else None
    data = inputs.standard_input()
    if purpose is None or not data.strip():
        yield _decoded(data)
        return
    place = session.settings().study()
    with drafts.new_draft(place, purpose, ".txt", data) as draft, _kept_until_stored(draft):
        yield _decoded(data)


def _decoded(data: bytes) -> Typed:
    return Typed(_without_last_line_end(inputs.as_text(data, _("standard input"))))


@contextmanager
def _kept_until_stored(draft: drafts.Draft) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if draft.path.exists():
            say(_("Your text is kept in {path}.").format(path=draft.path))
        raise
    tell_if_left(draft)


def _without_last_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


@contextmanager
def _from_editor(session: Session, writing: Callable[[], Writing]) -> Iterator[Typed]:
    if not session.on_terminal:
        raise WrongUsage(
            _("There is no text."),
            _(
                "Give it as an argument (behind “--” if it begins with a dash), as @FILE, or as "
                "“-” for standard input."
            ),
        )
    wanted = writing()
    with _opened(session, wanted) as draft:
        text = _without_last_line_end(edited(draft, wanted.start))
        if not text.strip() or text == wanted.start:
            drafts.drop(draft)
            raise BadText(_("The editor left no new text."), _("Nothing was stored."))
        level = draft.purpose.keeps_closed(wanted.purpose)
        if level:
            words = _("It stays as closed as it was typed: {level}")
            session.tell(words.format(level=DISCLOSURES.word(level)))
        with _kept_until_stored(draft):
            change = drafts.change_of(draft, text)
            yield Typed(text, level, wanted.purpose.seen, wanted.start, change)


@contextmanager
def _opened(session: Session, wanted: Writing) -> Iterator[drafts.Draft]:
    """Hold the draft to edit: one that was not stored before, if the person wants it."""
    place = session.settings().study()
    with closing(drafts.offered(place, wanted.purpose)) as kept:
        for draft in kept:
            if draft.is_text() and drafts.is_stored(
                place, draft, _without_last_line_end(draft.text())
            ):
                tell_if_left(draft)
            elif _fits(session, draft, wanted) and _goes_on(session, draft, wanted):
                # Whatever becomes of the editor, what is typed now stays as closed as it is meant.
                yield drafts.belongs_now(draft, draft.purpose.closed_as(wanted.purpose))
                return
    with drafts.new_draft(place, wanted.purpose, ".txt", wanted.start.encode()) as draft:
        yield draft


def _fits(session: Session, draft: drafts.Draft, wanted: Writing) -> bool:
    seen = draft.purpose.may_be_seen(session.keyboard_audience())
    return seen and (wanted.closes or not draft.purpose.keeps_closed(wanted.purpose))


def _goes_on(session: Session, draft: drafts.Draft, wanted: Writing) -> bool:
    if draft.purpose.seen != wanted.purpose.seen:
        session.tell(_("It was changed meanwhile. By now it says:"), wanted.start)
    return goes_on_with(session, draft, wanted.start)


def said_of(
    session: Session, typed: Typed, fields: NoteFields, *, as_written: bool, before: str = ""
) -> tuple[str, NoteFields]:
    """Return the text without its marks, and the fields with what these say.

    It stays as closed as it has to. Marks and words that stood in the text ``before`` are text.
    Refused where a mark must be looked at, and where a word is about who may read it and nobody
    says the level.
    """
    text, fields = typed.text, replace(fields, disclosure=typed.level or fields.disclosure)
    marked = read_marks(text)
    is_text = as_written or brackets_in(text) <= brackets_in(before)
    if marked.reasons and not is_text:
        raise WrongUsage(
            " ".join(REASONS.word(reason) for reason in marked.reasons),
            _("Say it with -d, -k or --said-by, or keep it as text: --as-written."),
        )
    if not is_text and (marked.disclosure or marked.kind or marked.speaker):
        text, fields = marked.text, _together(session, fields, marked)
    elif as_written and marked.disclosure and fields.disclosure is None:
        raise _no_level([DISCLOSURES.word(marked.disclosure)])
    words = [word for word in hints_in(text) if word not in hints_in(before)]
    if words and fields.disclosure is None:
        fields = replace(fields, disclosure=_asked_level(session, words))
    return text, fields


def _together(session: Session, fields: NoteFields, marked: MarkedText) -> NoteFields:
    """Return what options and marks say."""
    marks = {"disclosure": marked.disclosure, "kind": marked.kind, "said_by": marked.speaker}
    said = {name: value for name, value in marks.items() if value}
    if any(getattr(fields, name) not in (None, value) for name, value in said.items()):
        raise WrongUsage(
            _("The marks in the text and the options are at odds."), _("Say it in one way.")
        )
    told = DISCLOSURES.word(marked.disclosure), KINDS.word(marked.kind), marked.speaker
    session.tell(_("Read from its marks: {words}").format(words=enumerated(filter(None, told))))
    return replace(fields, **said)


def _asked_level(session: Session, words: Sequence[str]) -> str:
    """Ask the person on a terminal for the level of a text; refuse elsewhere."""
    if not session.on_terminal:
        raise _no_level(words)
    session.tell(_("It speaks of who may read it: {words}").format(words=enumerated(words)))
    while True:
        ask(_("Which level? {levels}:").format(levels=DISCLOSURES.listed()))
        line = sys.stdin.readline()
        if not line.strip():
            raise _no_level(words)
        try:
            return DISCLOSURES.read(line.strip())
        except Refused as error:
            session.tell(error.sentence, error.hint)


def _no_level(words: Sequence[str]) -> WrongUsage:
    return WrongUsage(
        _("It speaks of who may read it: {words}").format(words=enumerated(words)),
        _("Say how it may be used: -d off-record, or another level. Nothing was stored."),
    )
