"""Lines that fit a terminal: by cells, between phrases, by the rules of Japanese line breaking."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux.parser import Parser

_BLANKS = " \t\u3000"
# Patterns are compiled at first use, by re itself.
_JAPANESE = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NO_BREAK = "\u00a0"
_BULLET = "•"
_MARK = "(【[^【】]*】)"
_NEVER_FIRST = frozenset(
    _NO_BREAK + "、。，．・：；？！゛゜ヽヾゝゞ々〻ー―…‥〜～’”）〕］｝〉》」』】〙〗〟»‰°℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡､･｣ｰﾞﾟｧｨｩｪｫｬｭｮｯ),.:;!?]}%"
)
_NEVER_LAST = frozenset(_NO_BREAK + "（〔［｛〈《「『【〘〖〝‘“«｢([{￥＄")
_JOINER = "\u200d"


def wrap(text: str, width: int, *, whole_words: bool = False) -> list[str]:
    """Return the lines of ``text``, each at most ``width`` terminal cells wide.

    Line breaks are kept. Lines are broken between phrases, and inside a phrase only if it is
    wider than the column; only blanks at a break are dropped. A mark 【…】 stays whole where it
    fits, and a bullet with what follows it. A sign wider than the column
    still gets a line of its own. With ``whole_words`` an overlong word of ASCII, such as a path,
    is left for the terminal to break, so that it can be copied.
    """
    folded = partial(_folded, width=max(width, 1), whole_words=whole_words)
    return [part for line in text.split("\n") for part in folded(line)]


def cells(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _folded(line: str, width: int, *, whole_words: bool) -> list[str]:
    def chopped(phrase: str) -> list[str]:
        if whole_words and phrase.isascii():
            return [phrase]
        return _filled(_clusters(phrase, width), width, lambda cluster: [cluster])

    if cells(line) <= width:
        return [line]
    trimmed = [part.rstrip(_BLANKS) for part in _filled(_phrases(line), width, chopped)]
    return [part for part in trimmed if part] or [""]


def _filled(pieces: Iterable[str], width: int, chopped: Callable[[str], list[str]]) -> list[str]:
    """Return pieces on lines as they fit, blanks hanging over; a wider one is ``chopped``."""
    lines, current = [], ""
    for piece in pieces:
        if cells((current + piece).rstrip(_BLANKS)) <= width:
            current += piece
        else:
            *full, last = chopped(piece)
            lines += [current, *full]
            current = last
    return [*lines, current]


def _clusters(phrase: str, width: int) -> list[str]:
    """Return ``phrase`` in whole signs; those that stick are together as far as they fit."""
    clusters = [""]
    for unit in _whole_marks(phrase, width):
        whole = clusters[-1] + unit
        if clusters[-1] and not (_sticks(clusters[-1], unit[0]) and cells(whole) <= width):
            clusters.append(unit)
        else:
            clusters[-1] = whole
    return clusters


def _sticks(left: str, right: str) -> bool:
    """Tell whether no line may end between what stands ``left`` and the sign ``right``."""
    if left.rstrip(_BLANKS).endswith(_BULLET):
        return True
    return right in _NEVER_FIRST or left[-1] in _NEVER_LAST


def _whole_marks(text: str, width: int) -> Iterator[str]:
    """Yield the signs of ``text``; a mark that fits a line is one of them."""
    for part in re.split(_MARK, text):
        yield from [part] if re.fullmatch(_MARK, part) and cells(part) <= width else units(part)


@lru_cache(maxsize=1024)
def _phrases(line: str) -> tuple[str, ...]:
    """Return ``line`` cut wherever it may be broken; blanks stay with the phrase before them."""
    starts = set(_after_blanks(line))
    if re.search(_JAPANESE, line):
        starts |= set(_between_phrases(line))
    starts &= set(_unit_starts(line))
    for mark in re.finditer(_MARK, line):
        starts -= set(range(mark.start() + 1, mark.end()))
    free = (i for i in starts if not _sticks(line[max(i - 2, 0) : i], line[i]))
    cuts = [0, *sorted(free), len(line)]
    return tuple(line[start:end] for start, end in pairwise(cuts))


def _after_blanks(line: str) -> Iterator[int]:
    for found in re.finditer(f"(?<=[^{_BLANKS}])[{_BLANKS}]+(?=[^{_BLANKS}])", line):
        yield found.end()


def _between_phrases(line: str) -> Iterator[int]:
    position = 0
    for phrase in _parser().parse(line):
        # Breaks at blanks are found elsewhere; BudouX sometimes cuts Latin words and numbers.
        around = line[max(position - 1, 0) : position + 1]
        if position and not any(c in _BLANKS for c in around) and not _is_latin(around):
            yield position
        position += len(phrase)


def _is_latin(pair: str) -> bool:
    return pair.isascii() and pair.replace("_", "0").isalnum()


@cache
def _parser() -> "Parser":
    import budoux

    return budoux.load_default_japanese_parser()


def units(text: str) -> list[str]:
    """Return ``text`` cut into signs that must not be torn apart.

    Marks, variation selectors and skin tones stay with their base, joined emoji and the two
    letters of a flag together.
    """
    starts = [*_unit_starts(text), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def _unit_starts(text: str) -> Iterator[int]:
    flag_letters = 0
    for position, character in enumerate(text):
        before = text[position - 1] if position else ""
        is_flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        pairs = is_flag and flag_letters % 2 == 1
        flag_letters = flag_letters + 1 if is_flag else 0
        if not before or not (before == _JOINER or pairs or _hangs_on(character)):
            yield position


@lru_cache(maxsize=4096)
def _hangs_on(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    if character.isascii():
        return False
    from rich.cells import get_character_cell_size

    return (
        "\U0001f3fb" <= character <= "\U0001f3ff"
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or get_character_cell_size(character) == 0
    )
