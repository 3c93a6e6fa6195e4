"""What a visit holds already, set against what came back: the same words twice change nothing."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.disclosure import level, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import WORDS_OF_OTHERS
from fieldvisit.fieldwork.visit import Participant, is_named
from fieldvisit.harmless import visible
from fieldvisit.review.item import Item
from fieldvisit.review.marks import MarkedText, doubts_about, hints_in, read_marks
from fieldvisit.text import settled

EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LAST_IN_ONE_PART = "\uffff"


class StoredTexts:
    """The notes and the items of a visit by place and words; a note answers for one text alone.

    Each of ``notes`` comes with all its versions, of which all words, places and levels are known.
    """

    def __init__(
        self,
        notes: Iterable[tuple[Note, Sequence[Note]]],
        items: Iterable[Item],
        now: Callable[[Address], Address],
    ) -> None:
        self._left: dict[tuple[Address | None, str], list[tuple[Note, set[str]]]] = defaultdict(
            list
        )
        for note, versions in notes:
            places = {p and now(p) for then in versions for p in then.places or (None,)}
            bodies = {settled(then.body) for then in versions}
            levels = {then.disclosure for then in versions}
            for said in ((place, body) for place in places for body in bodies):
                self._left[said].append((note, levels))
        self._items = tuple(items)

    def take(self, place: Address | None, text: str, wanted: str, who: Participant | None) -> bool:
        """Tell whether a note says this, and was as closed as ``wanted`` and by ``who``, if any."""
        left = self._left[place, settled(text)]
        for known in left:
            note, levels = known
            if who in (None, note.speaker) and _are_as_closed(levels, wanted):
                left.remove(known)
                return True
        return False

    def more_open(
        self, place: Address | None, text: str, wanted: str, who: Participant | None
    ) -> Note | None:
        """Return a note that says this by ``who`` and stands more open than ``wanted``, if any."""
        return next(
            (
                note
                for note, _levels in self._left[place, settled(text)]
                if who in (None, note.speaker)
                and not (note.deleted or _are_as_closed((note.disclosure,), wanted))
            ),
            None,
        )

    def was_item(
        self, slot: str, place: Address | None, text: str, wanted: str, sha256: str
    ) -> bool:
        """Tell whether another file said this in the same place, as closed as ``wanted``."""
        return any(
            one.sha256 != sha256
            and (one.slot == slot if slot else one.place == place)
            and settled(one.text) == settled(text)
            and _are_as_closed((one.disclosure,), wanted)
            for one in self._items
        )

    def is_second(self, slot: str, sha256: str, *, also_taken: bool) -> bool:
        """Tell whether another text for the slot waits, or was taken."""
        states = {"waiting", "taken"} if also_taken else {"waiting"}
        return bool(slot) and any(
            one.slot == slot and one.sha256 != sha256 and one.state in states for one in self._items
        )


def _are_as_closed(levels: Collection[str], wanted: str) -> bool:
    """Tell whether one of the levels is as closed as the one ``wanted``, if any."""
    return not wanted or strictest((wanted, *filter(None, levels))) in levels


def left_of(body: str) -> frozenset[str]:
    """Return what a file may have left of a body that nobody touched, each as ``bare``.

    A file keeps no hidden characters as such, and one in CP932 a question mark for each that it
    has not, or two.
    """
    return frozenset({bare(body), bare(_in_cp932(body, "?")), bare(_in_cp932(body, "??"))})


def bare(text: str) -> str:
    """Return a text as it is compared: without blanks at the ends of lines, nothing hidden."""
    return settled(visible(text))


def _in_cp932(text: str, beyond: str) -> str:
    """Return ``text`` as Excel may save it; ``beyond`` stands for what UTF-16 has in two parts.

    Blanks at the ends of lines are still there: some are beyond CP932 and become visible.
    """
    parted = "".join(beyond if one > _LAST_IN_ONE_PART else one for one in visible(text))
    return parted.encode("cp932", "replace").decode("cp932")


def correction(
    note: Note,
    shown: Note,
    text: str,
    beside: MarkedText,
    said_of: Callable[[MarkedText, MarkedText], MarkedText],
    person: Callable[[str], Participant | None],
) -> MarkedText | None:
    """Return what the box of a note changes of it, which read as ``shown``; None if nothing.

    What is empty stays. An empty box takes nothing away. ``beside`` is what stands in the cells of
    its row.
    """
    text, known = text.strip(), left_of(note.body) | left_of(shown.body)
    marked = read_marks(text) if text and bare(text) not in known else MarkedText(note.body)
    if marked.reasons == ("mark-alone",):  # it is about the text that was shown
        marked = replace(marked, text=note.body, reasons=())
    same = bare(marked.text) in known
    if same:
        marked = replace(marked, text=note.body)
    if is_named(shown.speaker, marked.speaker):
        marked = replace(marked, speaker="")
    said = said_of(_without_shown(beside, shown), marked)
    kind = said.kind if said.kind != shown.kind else ""
    wanted = said.disclosure if said.disclosure != level(shown.disclosure) else ""
    becomes = replace(
        note,
        kind=kind or note.kind,
        disclosure=wanted or note.disclosure,
        speaker=person(said.speaker) or note.speaker,
    )
    if same and not said.reasons and becomes == note:
        return None
    doubts = {
        "changed": note.deleted or _facts(shown) != _facts(note),
        "added": (wanted or note.disclosure) == "public"
        and len(EMPTY_LINE.split(said.text)) > len(EMPTY_LINE.split(shown.body)),
        "verbatim": not same and note.kind in WORDS_OF_OTHERS,
        "opens": bool(wanted) and strictest((wanted, note.disclosure)) != wanted,
        **({} if same else doubts_about(text)),
        "hint": not wanted and bool({*hints_in(said.text)} - {*hints_in(note.body)}),
    }
    found = (why for why, holds in doubts.items() if holds)
    return replace(said, kind=kind, disclosure=wanted, reasons=(*found, *said.reasons))


def _without_shown(beside: MarkedText, shown: Note) -> MarkedText:
    """Return what cells say that did not stand there already."""
    return replace(
        beside,
        kind="" if beside.kind == shown.kind else beside.kind,
        disclosure="" if beside.disclosure == level(shown.disclosure) else beside.disclosure,
    )


def without_marks(text: str, shown: str, note: Note) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a note's box without the marks ``shown`` before it, its level, reasons.

    Where they were taken away its level is that of an unmarked text, else empty; where a text
    stands before them a person must look.
    """
    rest = text.removeprefix(shown)
    if not (shown and rest) or rest != text:
        return rest, "", ()
    if f"\n{shown}" in text:
        return text.replace(f"\n{shown}", "\n"), "", ("mark-inside",)
    return text, "" if read_marks(text).disclosure else strictest((note.disclosure, "confirm")), ()


def is_of_another(note: Note, text: str, notes: Iterable[Note]) -> bool:
    """Tell whether a new text for a note is that of another one of ``notes``."""
    others = (one for one in notes if not (one.deleted or one.id == note.id))
    return bare(text) != bare(note.body) and any(bare(one.body) == bare(text) for one in others)


def _facts(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.body, note.kind, note.disclosure, speaker, note.deleted)
