"""What lies around a piece of text in a Word file: its box, and whether it is text at all."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct, field

from fieldvisit.exchange.word.names import Attributes, is_on, value
from fieldvisit.exchange.word.styles import SWITCHES, Styles
from fieldvisit.exchange.word.walk import Walk
from fieldvisit.fieldwork.sheets.tags import read_sheet_tag
from fieldvisit.fieldwork.sheets.word_carriers import box_number

NOTHING = "nothing"  # instead of a reason: no text of anybody's


class _Control(Struct):
    tag: str = ""
    shows_placeholder: bool = False


class _Run(Struct):
    style: str = ""
    switches: dict[str, bool] = field(default_factory=dict)


class Around:
    """Where the walk is: content controls, tables, deletions, fields, the look of the run.

    ``boxes`` are the tags of our boxes by the numbers of their bookmarks; ``sheet`` is the tag
    of a whole sheet that a control carried.
    """

    def __init__(self, walk: Walk, styles: Styles, boxes: Mapping[int, str]) -> None:
        self.sheet = ""
        self._walk, self._styles, self._boxes = walk, styles, boxes
        self._controls: list[_Control] = []
        self._tables: list[str] = []
        self._anchor = ""  # the tag of the box whose frame comes next
        self._is_anchor = False  # the present paragraph has that bookmark
        self._cut: list[str] = []
        self._deletions: list[str] = []
        self._fields: list[str] = []
        self._runs: list[_Run] = []
        walk.on("sdt", self._control, _popping(self._controls))
        walk.on("tag", self._tag)
        walk.on("showingPlcHdr", self._placeholder)
        walk.on("bookmarkStart", self._bookmark)
        walk.on("tbl", self._table, _popping(self._tables))
        walk.on("tr tc", self._row, _popping(self._cut))
        for kind in ("del", "moveFrom"):
            walk.on(kind, partial(self._deletion, kind), self._end_deletion)
        walk.on("hidden", self._hidden_row)
        walk.on("cellDel", self._deleted_cell)
        walk.on("fldChar", self._field)
        walk.on("r", self._run, _popping(self._runs))
        walk.on("rStyle", self._run_style)
        for switch in SWITCHES:
            walk.on(switch, partial(self._switch, switch))

    def box(self) -> str:
        """Return the tag of the innermost control that has one, else of the frame around."""
        controls = (control.tag for control in reversed(self._controls) if control.tag)
        return next(controls, "") or (self._tables[-1] if self._tables else "")

    def deletion(self) -> str:
        """Return how text here was taken out, `del` or `moveFrom`; empty if it was not."""
        return self._deletions[-1] if self._deletions else ""

    def paragraph_ended(self, *, has_text: bool) -> None:
        """Take note that a paragraph ended: text between parts a frame from its bookmark."""
        if has_text and not self._is_anchor:
            self._anchor = ""
        self._is_anchor = False

    def why_apart(self, paragraph_style: str) -> str:
        """Return why text here is set apart (one of APART, or NOTHING), empty if it is text."""
        if self._deletions or "deleted" in self._cut:
            return "deleted"
        run = self._runs[-1] if self._runs else _Run()
        on = self._styles.switched_on(paragraph_style, run.style)
        if run.switches:
            on = on.union(s for s, is_set in run.switches.items() if is_set).difference(
                s for s, is_set in run.switches.items() if not is_set
            )
        if "code" in self._fields or "hidden" in self._cut or "vanish" in on:
            return "hidden"
        return "struck" if on else self._placeholder_text(run)

    def _placeholder_text(self, run: _Run) -> str:
        if not self._controls:
            return ""
        shown = any(control.shows_placeholder for control in self._controls)
        styled = self._styles.is_placeholder(run.style)
        # A program may fill a control and leave it marked as empty: that text is kept.
        return NOTHING if shown and styled else "instruction" if shown or styled else ""

    def _control(self, _attributes: Attributes) -> None:
        self._controls.append(_Control())

    def _tag(self, attributes: Attributes) -> None:
        if self._walk.is_under("sdt", "sdtPr"):
            tag = value(attributes)
            if read_sheet_tag(tag):
                self.sheet = tag
            else:
                self._controls[-1].tag = tag

    def _placeholder(self, attributes: Attributes) -> None:
        if self._walk.is_under("sdt", "sdtPr"):
            self._controls[-1].shows_placeholder = is_on(attributes)

    def _bookmark(self, attributes: Attributes) -> None:
        if number := box_number(value(attributes, "name")):
            self._anchor = self._boxes.get(number, "")
            self._is_anchor = True

    def _table(self, _attributes: Attributes) -> None:
        around = self._tables[-1] if self._tables else ""
        self._tables.append(self._anchor or around)
        self._anchor = ""

    def _row(self, _attributes: Attributes) -> None:
        self._cut.append("")

    def _hidden_row(self, attributes: Attributes) -> None:
        if self._walk.is_under("tr", "trPr") and is_on(attributes):
            self._cut[-1] = "hidden"

    def _deleted_cell(self, _attributes: Attributes) -> None:
        if self._walk.is_under("tc", "tcPr"):
            self._cut[-1] = "deleted"

    def _deletion(self, kind: str, _attributes: Attributes) -> None:
        if self._walk.is_under("tr", "trPr"):
            self._cut[-1] = "deleted"
        elif not self._walk.is_under("rPr"):
            self._deletions.append(kind)

    def _end_deletion(self) -> None:
        if not (self._walk.is_under("tr", "trPr") or self._walk.is_under("rPr")):
            self._deletions.pop()

    def _field(self, attributes: Attributes) -> None:
        kind = value(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "separate":
            self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _run(self, _attributes: Attributes) -> None:
        self._runs.append(_Run())

    def _run_style(self, attributes: Attributes) -> None:
        if self._walk.is_under("r", "rPr"):
            self._runs[-1].style = value(attributes)

    def _switch(self, switch: str, attributes: Attributes) -> None:
        if self._walk.is_under("r", "rPr"):
            self._runs[-1].switches[switch] = is_on(attributes)


def _popping(stack: list[Any]) -> Callable[[], None]:
    def pop() -> None:
        stack.pop()

    return pop
