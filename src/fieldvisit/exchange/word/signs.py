"""What is text in a Word file: words, signs, readings above them, the answers of form fields."""

from functools import partial

from fieldvisit.exchange.word.names import Attributes, is_on, value
from fieldvisit.exchange.word.paragraphs import Paragraphs
from fieldvisit.exchange.word.walk import Walk
from fieldvisit.language import _

_SINGLE = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_TEXTS = ("t", "delText")
# Where Word allows no bare text, but a careless program may have put it.
_HOLDERS = ("r", "p", "tc", "body", "sdtContent")
# Fractions and powers lose their layout here, not their meaning.
_MATHS = {"math-den": "/", "math-sup": "^", "math-sub": "_"}
# Signs of Wingdings that stand for ticks; Word writes them by their place in the font.
_TICKS = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "☐", 0xF06F: "□", 0xF0FC: "✓", 0xF0FB: "✗"}


class Signs:
    """Whatever reads as text, put where the walk is."""

    def __init__(self, walk: Walk, paragraphs: Paragraphs) -> None:
        self._walk, self._paragraphs = walk, paragraphs
        self._words: list[str] = []
        self._readings: list[str] = []
        self._above = 0  # depth of readings in which the walk is
        self._drawings: list[int] = []
        self._ticked = False
        self._choices: list[str] = []
        self._chosen = 0
        walk.on_characters(self._characters)
        walk.on("t delText", self._begin)
        walk.on("t", end=self._end)
        walk.on("delText", end=self._end_deleted)
        for name, sign in _SINGLE.items():
            walk.on(name, partial(self._in_run, sign))
        for name, sign in _MATHS.items():
            walk.on(name, partial(self._put_sign, sign))
        walk.on("drawn-br", partial(self._put_sign, "\n"))
        walk.on("sym", self._symbol)
        walk.on("rt", self._reading, self._end_reading)
        walk.on("ruby", end=self._put_reading)
        self._on_forms(walk)
        self._on_drawings(walk)

    def _on_forms(self, walk: Walk) -> None:
        walk.on("checkBox", lambda _attributes: self._tick(on=False), self._put_tick)
        walk.on("default checked", self._check)
        walk.on("ddList", lambda _attributes: self._choices.clear(), self._put_choice)
        walk.on("result", self._choose)
        walk.on("listEntry", lambda attributes: self._choices.append(value(attributes)))

    def _on_drawings(self, walk: Walk) -> None:
        walk.on("drawing pict object", self._drawing, self._end_drawing)
        walk.on("textpath", lambda attributes: self._put(value(attributes, "string")))
        walk.on("rect", self._rectangle)
        walk.on("altChunk", self._inserted)

    def _put(self, text: str, apart: str | None = None) -> None:
        if self._above:
            self._readings.append(text)
        else:
            self._paragraphs.add(text, apart)

    def _put_sign(self, sign: str, _attributes: Attributes) -> None:
        self._put(sign)

    def _in_run(self, sign: str, _attributes: Attributes) -> None:
        # In the description of a paragraph the same names stand for stops and the like.
        if self._walk.is_under("r"):
            self._put(sign)

    def _begin(self, _attributes: Attributes) -> None:
        self._put("".join(self._words))
        self._words.clear()

    def _characters(self, text: str) -> None:
        around = self._walk.stack[-1]
        if around in _TEXTS:
            self._words.append(text)
        elif around in _HOLDERS and text.strip():
            self._put(text)

    def _end(self) -> None:
        self._put("".join(self._words))
        self._words.clear()

    def _end_deleted(self) -> None:
        self._put("".join(self._words), "deleted")
        self._words.clear()

    def _symbol(self, attributes: Attributes) -> None:
        try:
            code = int(value(attributes, "char"), 16)
            self._put(_TICKS.get(code) or chr(code))
        except (ValueError, OverflowError):
            self._put("\ufffd")

    def _reading(self, _attributes: Attributes) -> None:
        self._above += self._walk.is_under("ruby")

    def _end_reading(self) -> None:
        self._above -= self._walk.is_under("ruby")

    def _put_reading(self) -> None:
        reading = "".join(self._readings)
        self._readings.clear()
        if reading:
            self._put(f"（{reading}）")

    def _tick(self, *, on: bool) -> None:
        self._ticked = on

    def _check(self, attributes: Attributes) -> None:
        if self._walk.is_under("checkBox"):
            self._tick(on=is_on(attributes))
        elif self._walk.is_under("ddList"):
            self._choose(attributes)

    def _put_tick(self) -> None:
        self._paragraphs.add("☑" if self._ticked else "☐", "")

    def _choose(self, attributes: Attributes) -> None:
        chosen = value(attributes)
        self._chosen = int(chosen) if chosen.isascii() and chosen.isdigit() else 0

    def _put_choice(self) -> None:
        self._paragraphs.add("".join(self._choices[self._chosen : self._chosen + 1]), "")
        self._chosen = 0

    def _drawing(self, _attributes: Attributes) -> None:
        self._drawings.append(self._walk.found)

    def _end_drawing(self) -> None:
        if self._drawings.pop() == self._walk.found:
            self._put(_("(picture)"), "comment")

    def _rectangle(self, attributes: Attributes) -> None:
        if value(attributes, "hr"):
            self._walk.found += 1  # a line across the page is no picture

    def _inserted(self, _attributes: Attributes) -> None:
        self._put(_("(an inserted file that cannot be read)"), "comment")
