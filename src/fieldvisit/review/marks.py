"""What a text says of itself on every way in: marks, words to heed, and answers that are none.

Marks are 【…】, and words of levels alone in （…）. Those at the start or the end of a text are
honoured if they are known. Anywhere else, unknown or at odds they make it a text that a person
must look at; none is ever kept silently.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

from fieldvisit import language
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.text import key, keys, normal

_BRACKET = r"【[^【】\n]*】|[（(][^（）()\n]*[）)]"
_AT_START = re.compile(rf"\s*({_BRACKET})")
_AT_END = re.compile(rf"({_BRACKET})\s*([。．.]?)\s*$")
_ANYWHERE, _IN_FULL = re.compile(_BRACKET), re.compile("【[^【】]*】")
_SPEAKER = re.compile(r"(?i)\s*(?:発言者|said by)\s*[:：]\s*(\S.*)")
_BETWEEN = re.compile("[・、,，/／]")
_POLITE = re.compile("(?:さん|氏|様)$")
_LONGEST = 200  # characters of a mark at the end


Marks = frozenset[tuple[str, str]]
"""Pairs of `kind`, `disclosure` or `speaker` and what it is: a fixed value, a name as typed."""


class MarkedText(Struct, frozen=True):
    """A text and what its marks say.

    ``text`` is without those that were honoured; with ``reasons`` to look (of
    ``review.item.REASONS``) it is whole. ``kind``, ``disclosure`` and ``speaker`` are empty where
    no mark says them; of several levels the most closed counts. ``is_bare`` tells that there is
    no text but marks, known or not: they may be meant for what stands around.
    """

    text: str
    kind: str = ""
    disclosure: str = ""
    speaker: str = ""
    reasons: tuple[str, ...] = ()
    is_bare: bool = False


def read_marks(text: str) -> MarkedText:
    """Return what the marks of a text say, and the text."""
    rest, marks = _without(text.strip())
    inside = {found[0]: _said(found[0]) for found in _ANYWHERE.finditer(rest)}
    strange = any(bracket[0] == "【" for bracket, said in inside.items() if not said)
    every = marks.union(*inside.values())
    kinds, levels, speakers = (
        sorted(value for name, value in every if name == what)
        for what in ("kind", "disclosure", "speaker")
    )
    doubts = {
        "unknown-mark": strange or re.search("[【】]", _ANYWHERE.sub("", rest)),
        "mark-alone": not rest,
        "mark-inside": any(inside.values()),
        "marks-at-odds": max(map(len, (kinds, levels, speakers))) > 1,
    }
    reasons = tuple(reason for reason, holds in doubts.items() if holds)
    return MarkedText(
        text.strip() if reasons else rest,
        min(kinds, default=""),
        strictest(levels) if levels else "",
        min(speakers, default=""),
        reasons,
        not _IN_FULL.sub("", rest).strip(),
    )


def _without(text: str) -> tuple[str, Marks]:
    """Return a text without the known marks at its two ends, and what they say."""
    marks: Marks = frozenset()
    while (found := _AT_START.match(text)) and (said := _said(found[1])):
        marks |= said
        text = text[found.end() :].lstrip()
    while (found := _AT_END.search(text, max(0, len(text) - _LONGEST))) and (
        said := _said(found[1])
    ):
        marks |= said
        text = text[: found.start()].rstrip() + found[2]
    return text, marks


def _said(bracket: str) -> Marks:
    """Return what one bracket says, nothing if any part of it is no mark."""
    inside = bracket[1:-1]
    if bracket[0] != "【":
        level = DISCLOSURES.exactly(inside)
        return frozenset({("disclosure", level)} if level else ())
    said = list(map(_part, _parts(inside)))
    return frozenset(filter(None, said)) if all(said) else frozenset()


def _parts(inside: str) -> Iterator[str]:
    """Yield the parts of a mark; a name of several words is one of them."""
    for part in (inside,) if _SPEAKER.fullmatch(inside) else _BETWEEN.split(inside):
        yield from (part,) if _part(part) or not part.split() else part.split()


def _part(part: str) -> tuple[str, str] | None:
    if speaker := _SPEAKER.fullmatch(part):
        return "speaker", " ".join(speaker[1].split())
    named = {"disclosure": DISCLOSURES.exactly(part), "kind": KINDS.exactly(part)}
    return next(((what, value) for what, value in named.items() if value), None)


def brackets_in(text: str) -> frozenset[str]:
    """Return what may be a mark in a text, known or not, as it stands there."""
    found = {one[0] for one in _ANYWHERE.finditer(text) if one[0][0] == "【" or _said(one[0])}
    return frozenset(found | set(re.findall("[【】]", _ANYWHERE.sub("", text))))


def named_among(people: Iterable[Participant], typed: str) -> Participant | None:
    """Return the one whom a name or a post means, be it nearly: 千葉課長; None if not just one."""
    wanted = key(_POLITE.sub("", typed))
    names = [
        (one, keys((one.name, one.role, one.position, one.department, str(one)))) for one in people
    ]
    exact = [person for person, known in names if wanted in known]
    found = exact or [person for person, _known in names if _is_nearly(person, wanted)]
    return found[0] if wanted and len(found) == 1 else None


def _is_nearly(person: Participant, wanted: str) -> bool:
    name, position = key(person.name), key(person.position)
    family = wanted.removesuffix(position) if position else ""
    called = bool(family) and family != wanted and name.startswith(family)
    return called or (len(wanted) > 1 and name.startswith(wanted))


def mark(vocabulary: Vocabulary, value: str) -> str:
    """Return the 【…】 of a kind or disclosure in the language in use; empty if unknown."""
    term = vocabulary.get(value)
    if term is None:
        return ""
    return f"【{term.mark if language.current() == 'ja' else term.en}】"


def speaker_mark(speaker: str) -> str:
    """Return the 【…】 that says who spoke; empty if nobody, or if the name cannot stand in it."""
    name = " ".join(speaker.split())
    if not name or "【" in name or "】" in name:
        return ""
    return f"【発言者：{name}】" if language.current() == "ja" else f"【said by: {name}】"


def marked(kind: str, disclosure: str, speaker: str, body: str = "") -> str:
    """Return a text with the marks 【…】 that say all that is stored of it."""
    kinds = "" if kind == "statement" else mark(KINDS, kind)
    return kinds + mark(DISCLOSURES, disclosure) + speaker_mark(speaker) + body


# Words that are often about who may read a text. They colour it and hold it back, and no more:
# nothing is stored, opened or closed for them. The list is not to grow.
HINTS = (
    "オフレコ", "ここだけ", "非公開", "非公表", "公表不可", "引用不可", "掲載不可", "使用不可",
    "は不可", "関係者限り", "匿名", "伏せ", "他言", "口外", "内密", "内緒", "部外秘",
    "研究会内限り", "差し控え", "書かないで", "載せないで", "出さないで",
    "off the record", "confidential", "anonymous", "not for publication", "off-record",
    "do not quote", "don't quote", "not be quoted",
)  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")


def hints_in(text: str) -> tuple[str, ...]:
    """Return the words of HINTS that stand in a text, however they are spaced or written."""
    squeezed = _NO_LETTER.sub("", key(text))
    return tuple(word for word, bare in _squeezed_hints() if bare in squeezed)


@cache
def _squeezed_hints() -> tuple[tuple[str, str], ...]:
    return tuple(
        (word, _NO_LETTER.sub("", bare)) for word, bare in zip(HINTS, keys(HINTS), strict=True)
    )


_ERROR = re.compile(r"#(?:ref!|n/a|value!|div/0!|name\?|null!|num!)")
# The whole answer is one of these, which is none; the state that fits, if one does. Closed.
_NON_ANSWERS: Mapping[str, str] = {
    normal(text): state
    for state, texts in {
        "no-answer": ("－", "―", "ー", "-", "未回答", "無回答", "回答なし", "（回答なし）"),
        "not-asked": ("聞けず",),
        "not-applicable": ("N/A",),
        "": ("〃", "同上", "同じ"),
    }.items()
    for text in texts
}


def doubts_about(text: str) -> Mapping[str, bool]:
    """Return by reason whether a whole text is no answer."""
    alone = normal(text.strip())
    return {"non-answer": alone in _NON_ANSWERS, "error": bool(_ERROR.fullmatch(alone))}


def fitting_state(text: str) -> str:
    """Return the state that a whole text means, empty if it means none."""
    return _NON_ANSWERS.get(normal(text.strip()), "")
