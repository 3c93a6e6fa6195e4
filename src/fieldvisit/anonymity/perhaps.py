"""What may still tell who it is once the names are replaced: parts of names, and shapes.

None of these is replaced unasked, and none let through: 千葉 may be the city, its prefecture or a
university; a person says which, or ticks it off. The shapes only list.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from fieldvisit.anonymity.form import KANJI, bare, form
from fieldvisit.anonymity.names import (
    PREFECTURES,
    SHORTEST,
    Names,
    alone_in_kana,
    alternation,
    katakana,
    parts_of_name,
    whole,
)
from fieldvisit.fieldwork.city import KINDS, READINGS, City

_DEPARTMENT = re.compile(".*?(?:局|部|課|室|係|班|センター)")
_LONG = 3  # letters of a part of a department's name that tell something
_EXACT = 3  # digits of a figure, without the noughts at its ends, that tell whose it is
_K, _RUN = f"[{KANJI}]", f"{KANJI}ァ-ヺー・"
_CHIEF = "(?:[市町村区部課係局室次班所館校園院会社署団]|支店|センター)長|副?知事"
_POST = f"{_CHIEF}|主幹|主査|主任|主事|参事|参与|理事|補佐|専門[監官員]|委員|議員|教授|先生|担当者"
_ADDRESSED = f"{_POST}|氏|さん|さま|殿|君|くん|ちゃん|(?<![仕同多模異一])様(?!{_K})"
# Behind one letter at least; behind two where one makes an ordinary word (全部, 関係).
_PLACE = (
    "[都府県市区町村郡島川湖山岳峠岬浦駅港城寺]|丁目|番地|地区|神社|公園|空港|温泉|役所|役場|庁舎|会館"
    "|大学|高校|学校|学園|病院|銀行|新聞|組合|協会|協議会|公社|機構|研究所|会社|センター"
)
_OFFICE = f"(?<={_K}{_K})[部局課室係班]"
# Whatever city it is, it may say so.
_GENERAL = (
    f"(?<!{_K})(?:[本当同他各全両自]?(?:都道府県|市区?町村)|[本当同他各全両自][都道府県市区町村]"
    "|政令指定都市|政令市|中核市|(?:施行時)?特例市|一般市|特別区|都市)"
)
_DIGITS = r"\d(?:[\d,.]*\d)?(?:[十百千万億兆](?:\d[\d,.]*)?)*"
_KANJI_DIGITS = "(?:[〇一二三四五六七八九][十百千万億]?)"
_TENS = "[一二三四五六七八九十]"
_CAPITAL = "[A-Z][a-z][A-Za-z0-9'-]{0,30}"
_CAPITALS = f"{_CAPITAL}(?: {_CAPITAL}){{0,4}}"
_TITLE = "Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Mayor|Governor|Director|Manager|Chief|Councillor"
_HONORIFIC = "氏|さん|様|[ -](?:san|sama|sensei|kun)(?![a-z])"
_TITLED = "(?:" + "|".join(f"(?<={t} )|(?<={t}\\. )" for t in _TITLE.split("|")) + ")"
_KIND = (
    "City|Town|Village|Ward|Prefecture|County|Island|River|Lake|Station|Airport|Port|Park|Castle"
    "|Temple|Shrine|University|College|School|Hospital|Bank|Office|Division|Department|Section"
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_SHAPES = (
    f"(?P<general>{_GENERAL})",
    # addresses of the net, telephones, postal codes, numbers of houses
    r"(?a:(?<!\w)\w+://[!-~]+|(?<![\w.+-])[\w.+-]+@[\w.-]+|(?<!\w)@\w+)",
    r"(?ai:(?<!\w)(?:[\w-]{1,63}\.){1,6}(?:jp|com|net|org|info|biz|city|io)(?!\w)(?:/[!-~]*)?)",
    r"〒\d{3}-?\d{4}|(?<![\d-])\d{3}-\d{4}(?![\d-])|[+(]?\d{1,4}[()ー-]{1,2}\d{1,4}[()ー-]\d{3,4}",
    r"0\d{9,10}|内線\d+|[Ee]xt(?:\.|ension)? ?\d+|\d+(?:-\d+){2,}",
    # days, figures
    rf"(?:{_K}{{2}}(?:元|\d+)年|\d+[年/.-])?\d{{1,2}}[月/]\d{{1,2}}日?|\d{{4}}\.\d\d?\.\d\d?",
    rf"{_MONTH}\.? \d+|\d+(?:st|nd|rd|th)? {_MONTH}|{_TENS}+月{_TENS}+日",
    rf"(?P<figure>{_DIGITS}|{_KANJI_DIGITS}{{3,}}) ?(?P<unit>%|[{KANJI}]{{1,2}}|[A-Za-z]+)?",
    # people, places, bodies, offices
    rf"[{_RUN}]{{1,20}}(?:{_ADDRESSED}|{_PLACE}|{_OFFICE})[{_RUN}]{{0,20}}|(?:{_CHIEF}){_K}{{2,4}}",
    "(?<![ぁ-ゖ])[ぁ-ゖ]{2,7}(?:氏|(?<!たく)さん|さま|くん|ちゃん|[県市区町村郡駅])",
    rf"{_CAPITAL}(?:{_HONORIFIC})",
    rf"{_CAPITALS}-(?:shi|ku|cho|machi|mura|son|ken|gun)(?![a-z])",
    rf"{_CAPITALS} (?:{_KIND})(?![a-z])",
    rf"(?:(?:{_TITLE})\.?|(?:{_KIND}) of|Mount|Mt\.?|Lake) {_CAPITALS}|(?<=[a-z,;] ){_CAPITALS}",
)
_SHAPE = re.compile("|".join(_SHAPES))
_YEAR = re.compile("(?:19|20)[0-9]{2}|[一二][〇九].{2}")


_CODE = re.compile(
    "(?<![a-z0-9])[a-z2-7]{10}(?![a-z0-9])|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    "|(?<![0-9])[0-9]{6}(?![0-9])"
)
Part = tuple[str, str]  # a part of a name in its bare form, and how it is found


class Left(Struct, frozen=True):
    """A text that may tell who it is, and where it stands: a note, a summary, a place in a guide.

    ``known`` tells that there is no doubt (a handle, an id, a code, a name), ``ticked_off`` that
    somebody said it may stand.
    """

    text: str
    where: object = None
    known: bool = False
    ticked_off: bool = False


class Search(Struct, frozen=True, dict=True):
    """Looks for what is left of ``names``; ``codes`` are handles and ids that must not be left.

    Where only those ``addressed`` count, a family or a given name alone names nobody: Will, 千葉.
    """

    names: Names
    codes: Collection[str] = ()
    addressed: bool = False

    def left(self, text: str, where: object = None, *, shapes: bool = True) -> Iterator[Left]:
        """Yield what is left in a text once the names are gone: codes, parts of names, shapes."""
        rest = self.names.taken_out(text)
        read = form(rest)
        yield from (Left(code, where, known=True) for code in self._codes_in(read.text))
        ignored = (span for word in self.names.ignored for span in _spans(word, read.text.lower()))
        within, taken = _reach(ignored, len(read.text)), bytearray(len(read.text))
        for start, end in (*self._parts_in(read.text), *self._shaped(read.text, shapes)):
            ticked_off = within[start] >= end
            if ticked_off or not any(taken[start:end]):
                taken[start:end] = bytes([not ticked_off]) * (end - start)
                first, last = read.span(start, end)
                shown = " ".join(rest[first:last].split())
                yield Left(shown, where, ticked_off=ticked_off)

    def named_in(self, text: str) -> Iterator[str]:
        """Yield the names in a text, and what is left of them, as they stand there."""
        read = form(text)
        for start, end, subject in self.names.find(read.text):
            if subject:
                first, last = read.span(start, end)
                yield text[first:last]
        yield from (one.text for one in self.left(text, shapes=False))

    def known_in(self, texts: Iterable[str], keys: Collection[str]) -> Iterator[Left]:
        """Yield the names and codes in the texts of an output that is made.

        One of ``keys`` (`ai-rpa`) names no system, but may name a city.
        """
        for text in dict.fromkeys(texts):
            read = form(text).text
            for start, end, subject in self.names.find(read):
                if subject and (subject.kind == "city" or text not in keys):
                    yield Left(read[start:end], known=True)
            yield from (Left(code, known=True) for code in self._codes_in(read))

    def _codes_in(self, text: str) -> Iterator[str]:
        cities = {city.code for city in self.names.cities}
        found = _CODE.findall(text)
        yield from (word for word in found if word in self.codes or word in cities)

    def _parts_in(self, text: str) -> Iterator[tuple[int, int]]:
        others = ((start, end) for start, end, whose in self.names.find(text) if whose is None)
        within = _reach(others, len(text))
        spans = (match.span() for match in self._parts.finditer(text))
        yield from ((start, end) for start, end in spans if within[start] < end)

    def _shaped(self, text: str, wanted: bool) -> Iterator[tuple[int, int]]:
        pattern, stems = self._elsewhere
        for match in _SHAPE.finditer(text) if wanted else ():
            if not match["general"] and (not match["figure"] or _is_exact(match)):
                yield match.span()
        for match in pattern.finditer(text) if wanted else ():
            if match.group() in stems:
                yield match.span()

    @cached_property
    def _parts(self) -> re.Pattern[str]:
        parts = [part for city in self.names.cities for part in _stems(city)]
        parts += [part for city in self.names.cities for part in _prefecture(city)]
        found = _addressed if self.addressed else _alone
        parts += [part for own in self.names.own_names for part in _parts_of(*own, found)]
        return alternation(parts)

    @cached_property
    def _elsewhere(self) -> tuple[re.Pattern[str], frozenset[str]]:
        """Places that the study knows nothing of, also without 市, where these stand alone."""
        places = {form(name).text for name in (*self.names.others, *PREFECTURES)}
        places |= {name[:-1] for name in places if len(name) > SHORTEST}
        with_kana = (name for name in places if not re.fullmatch(f"{_K}+", name))
        words = (alone_in_kana(name) for name in sorted(with_kana, key=lambda name: -len(name)))
        return re.compile("|".join((*words, f"{_K}+"))), frozenset(places)


def _spans(word: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _reach(spans: Iterable[tuple[int, int]], length: int) -> list[int]:
    """Return for each place how far the spans reach that begin there or before."""
    found = [0] * (length + 1)
    for start, end in spans:
        found[start] = max(found[start], end)
    return list(accumulate(found, max))


def _is_exact(found: re.Match[str]) -> bool:
    """Tell whether a figure is neither round nor a year."""
    figure, unit = found["figure"], found["unit"] or "年"
    if _YEAR.fullmatch(figure) and unit.startswith("年"):
        return False
    digits = re.sub("[^0-9〇一二三四五六七八九]", "", figure)
    return len(digits.strip("0〇")) >= _EXACT


def _stems(city: City) -> Iterator[Part]:
    kind, named = city.name[-1:], city.name
    if kind not in KINDS:
        return
    stem = named[:-1] if len(named) > SHORTEST else named
    yield bare(stem), whole(stem)
    for end in READINGS[kind]:
        short = city.kana.removesuffix(end)
        if short != city.kana and len(short) >= SHORTEST:
            yield bare(katakana(short)), whole(katakana(short))
            if len(short) >= _LONG:
                yield bare(short), alone_in_kana(short)


def _prefecture(city: City) -> Iterator[Part]:
    stem = city.prefecture[:-1]
    if len(stem) >= SHORTEST and city.prefecture != "北海道":
        yield bare(stem), whole(stem)


def _parts_of(kind: str, name: str, found: Callable[[str], str]) -> Iterator[Part]:
    """Yield parts of a name alone or before how one is addressed, and parts of a department's."""
    if kind == "person":
        for word in parts_of_name(name):
            yield bare(word), (_alone if bare(word) == bare(name) else found)(word)
    if kind != "department":
        return
    # A word of an English name, such as Section, names no department by itself.
    offices = [word for word in name.split() if not word.isascii()]
    parts = [part for word in offices for part in _DEPARTMENT.findall(word) or [word]]
    for part in parts if len(parts) > 1 else ():
        if len(bare(part)) >= _LONG:
            yield bare(part), whole(part)


def _addressed(word: str) -> str:
    """Return how a name is found by which somebody is addressed: 山田課長, Smith-san, Ms. Smith."""
    if word.isascii():
        return f"(?:{whole(word)}(?={_HONORIFIC})|{_TITLED}{whole(word)})"
    before = f"(?<!{_K})" if len(word) == 1 else ""
    return f"{before}{whole(word)}(?=(?:{_ADDRESSED}))"


def _alone(word: str) -> str:
    found = whole(word)
    if word.isascii():
        return found if len(word) >= _LONG else "(?!)"
    in_kanji = re.fullmatch(f"{_K}{{{SHORTEST},}}", word)
    return f"(?:{_addressed(word)}|(?<!{_K}){found}(?!{_K}))" if in_kanji else _addressed(word)
