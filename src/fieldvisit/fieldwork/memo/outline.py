"""Under which headings a paragraph of a memo stands, and what they say of it."""

from msgspec import Struct

from fieldvisit.fieldwork.disclosure import OFF_RECORD
from fieldvisit.fieldwork.memo.marks import NO_MARKS, MemoMarks
from fieldvisit.fieldwork.memo.signs import Sign, outranks


class Section(Struct):
    """What stands under one heading or point of a list; ``sign`` is None for the whole memo.

    ``begun`` are marks that stood alone on a line, ``closed`` tells that words closed the rest,
    ``at`` is the place of a heading among the blocks.
    """

    sign: Sign | None = None
    marks: MemoMarks = NO_MARKS
    title: str = ""
    is_item: bool = False
    begun: MemoMarks = NO_MARKS
    closed: bool = False
    at: int | None = None


class Outline:
    """The sections in which the reader stands, the outermost first.

    Where it cannot be told whether a heading ends a section, the section goes on: what was
    closed stays closed.
    """

    def __init__(self) -> None:
        self._open = [Section()]

    def enter(self, section: Section) -> None:
        """Go on under a new heading or point."""
        if section.sign is None:
            raise TypeError
        ended = len(self._open)
        for at in range(len(self._open) - 1, 0, -1):
            holds = outranks(self._open[at].sign or section.sign, section.sign)
            if holds:
                break
            if holds is False:
                ended = at
        del self._open[ended:]
        self._open.append(section)

    def leave_items(self, indent: int) -> None:
        """Go on with a paragraph; points of a list hold it only if it is indented deeper."""
        while (last := self._open[-1]).is_item and last.sign and indent <= last.sign.indent:
            self._open.pop()

    @property
    def section(self) -> Section:
        """Return the innermost section under a heading."""
        return next(section for section in reversed(self._open) if not section.is_item)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings under which the reader stands, the outermost first."""
        return tuple(dict.fromkeys(section.title for section in self._open if section.title))

    @property
    def places(self) -> tuple[int, ...]:
        """Return where the headings stand under which the reader is, the outermost first."""
        return tuple(section.at for section in self._open if section.at is not None)

    @property
    def closed_by_words(self) -> bool:
        """Tell whether words, and no mark or heading, closed what follows."""
        return any(section.closed for section in self._open)

    @property
    def closed_by_marks(self) -> bool:
        """Tell whether a mark or a heading closed what follows."""
        said = (section.marks.with_(section.begun) for section in self._open)
        return any(OFF_RECORD in marks.disclosures for marks in said)

    @property
    def is_closed(self) -> bool:
        """Tell whether what follows is off the record, for whatever reason."""
        return self.closed_by_words or self.closed_by_marks

    def filled_in(self, own: MemoMarks) -> MemoMarks:
        """Return the marks of a paragraph with those of its sections, the nearest first."""
        found = own
        for section in reversed(self._open):
            for marks in (section.begun, section.marks):
                found = found.completed_by(marks) if marks else found
        if self.closed_by_words:
            return found.with_(MemoMarks(disclosures=frozenset({OFF_RECORD})))
        return found
