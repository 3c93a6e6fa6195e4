"""The names that a study knows, found by one pattern, and what stands in their place: A市."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count, product
from string import ascii_uppercase

from msgspec import Struct, field

from fieldvisit.anonymity.form import KANJI, bare, form
from fieldvisit.fieldwork.city import KINDS, READINGS, City
from fieldvisit.fieldwork.study import IGNORED, NameAlias
from fieldvisit.fieldwork.visit import Participant, Visit
from fieldvisit.language import N_, _

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県",
    "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県",
    "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府",
    "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県",
    "鹿児島県", "沖縄県",
)  # fmt: skip
SHORTEST = 2  # letters of a name; one letter stands in too many words
SHARED = 3  # cities of an output that share what is told of one
_GONE = "\ufdd0"  # no text holds it; where a name was, it ends words as a name does
_PREFECTURE, _BODY = "prefecture", "団体"
_LABELS = {
    "市": N_("City {letters}"),
    "区": N_("Ward {letters}"),
    "町": N_("Town {letters}"),
    "村": N_("Village {letters}"),
    _BODY: N_("Body {letters}"),
    _PREFECTURE: N_("Prefecture {letters}"),
    "person": N_("Person {letters}"),
    "department": N_("Department {letters}"),
    "system": N_("System {letters}"),
    "vendor": N_("Vendor {letters}"),
}
# A name that stands in one of these would be found in what replaces the others.
_PLAIN = (
    "市", "区", "町", "村", "団体", "県", "担当者", "部署", "システム", "事業者",
    "city", "ward", "town", "village", "body", "prefecture", "person", "department", "system",
    "vendor",
)  # fmt: skip
_HIRAGANA, _KATAKANA = "ぁ-ゖー", "ァ-ヺー"
# What follows a word that is written in hiragana alone.
_PARTICLES = (
    "の|は|が|で|を|に|と|も|や|か(?![ぁ-ゖ])|へ|から|まで|より|など|なら|だけ|です|でし|さん"
)


class Subject(Struct, frozen=True):
    """Whom or what a name means. ``kind`` is one of ``terms.NAMED``.

    ``id`` is a city's code, a prefecture's name, or the bare form of a name.
    """

    kind: str
    id: str


Pattern = tuple[str, str, Subject | None]
"""The bare form of a name, how it is found, whom it means; None = a name that stays."""


class Names(Struct, frozen=True, dict=True):
    """What the names are taken from.

    ``cities`` are those that must not be known again; ``others`` the names of more, which may
    hold theirs. ``kinds`` says of each city by code what kind of body it is.
    """

    cities: tuple[City, ...]
    visits: tuple[Visit, ...] = ()
    aliases: tuple[NameAlias, ...] = ()
    others: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[tuple[int, int, Subject | None]]:
        """Yield where names stand in a text in the form, and whom they mean, from the left."""
        pattern, meanings = self._known
        for match in pattern.finditer(text):
            yield *match.span(), meanings.get(bare(match.group()))

    def pieces(self, text: str) -> tuple[str | Subject, ...]:
        """Return a text in pieces: what stays, and whom the names in it mean."""
        if text not in self._read:
            read, at, found = form(text), 0, list[str | Subject]()
            for first, last, subject in self.find(read.text):
                start, end = read.span(first, last)
                if subject and end > at:
                    found += (text[at:start], subject)
                    at = end
            self._read[text] = (*found, text[at:])
        return self._read[text]

    def taken_out(self, text: str) -> str:
        """Return what stays of a text where the names in it are not told."""
        return "".join(piece if isinstance(piece, str) else _GONE for piece in self.pieces(text))

    @cached_property
    def _read(self) -> dict[str, tuple[str | Subject, ...]]:
        return {}

    @cached_property
    def _known(self) -> tuple[re.Pattern[str], Mapping[str, Subject | None]]:
        """Every name, and what else begins like one and goes on; of equal ones the first holds."""
        own: list[Pattern] = [
            *(pattern for city in self.cities for pattern in self._city(city)),
            *self._called_so(self._entered),
            *(pattern for city in self.cities for pattern in _prefecture(city)),
            *self._called_so(self._met),
        ]
        keys = {key for key, _regex, _subject in own}
        stems = {key[:-1] if len(key) > SHORTEST else key for key in keys}
        people = (name for kind, name in self.own_names if kind == "person")
        stems |= {bare(part) for name in people for part in parts_of_name(name)}
        longer = {bare(name): name for name in (*self.others, *PREFECTURES)}
        held = (key for key in longer if key not in keys and any(stem in key for stem in stems))
        own += [(key, whole(longer[key]), None) for key in held]
        pattern = alternation((key, regex) for key, regex, _subject in own)
        return pattern, {key: subject for key, _regex, subject in reversed(own)}

    def subject(self, kind: str, name: str) -> Subject:
        """Return whom a name of that kind means, following what it is entered to stand for."""
        id_, seen = bare(name), set[str]()
        while (meant := self._stand_for.get((kind, id_))) and id_ not in seen:
            if kind == "city":
                return Subject(kind, meant)
            seen.add(id_)
            id_ = bare(meant)
        return Subject(kind, id_)

    @cached_property
    def _stand_for(self) -> Mapping[tuple[str, str], str]:
        return {(a.kind, bare(a.name)): a.stands_for for a in self.aliases if a.stands_for}

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The texts that were ticked off as none, in the form and in small letters."""
        return frozenset(form(a.name).text.lower() for a in self.aliases if a.kind == IGNORED)

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        """Everybody who was at a visit."""
        return tuple(person for visit in self.visits for person in visit.participants)

    @cached_property
    def called(self) -> Mapping[Subject, str]:
        """What everybody and everything goes by outside anonymised outputs."""
        own = [(kind, name) for kind, name in self.own_names if kind != "city"]
        places = {Subject("city", city.prefecture): city.prefecture for city in self.cities}
        places |= {Subject("city", city.code): city.name for city in self.cities}
        return {self.subject(kind, name): name for kind, name in reversed(own)} | places

    @property
    def own_names(self) -> list[tuple[str, str]]:
        """The names of people and departments and those that were entered, each with its kind."""
        return [*self._met, *self._entered]

    @property
    def _met(self) -> list[tuple[str, str]]:
        people = [("person", one.name) for one in self.participants]
        return people + [("department", one.department) for one in self.participants]

    @property
    def _entered(self) -> list[tuple[str, str]]:
        return [(a.kind, a.name) for a in self.aliases if a.kind != IGNORED]

    def _city(self, city: City) -> Iterator[Pattern]:
        subject = Subject("city", city.code)
        forms = [city.prefecture + city.name] if city.prefecture else []
        forms += [visit.handle for visit in self.visits if visit.city_code == city.code]
        if len(city.romaji) >= SHORTEST:
            forms += _romaji(city)
        if len(city.kana) > SHORTEST:
            yield bare(city.kana), alone_in_kana(city.kana), subject
            forms.append(katakana(city.kana))
        if is_long_enough(city.name):
            # 津市 ends many others; what a prefecture, a county or a city ends with may precede it.
            apart = len(city.name) == SHORTEST and city.name[-1] in KINDS
            before = f"(?:(?<![{KANJI}])|(?<=[都道府県市郡区町村]))" if apart else ""
            yield bare(city.name), before + whole(city.name), subject
        yield from ((bare(one), whole(one), subject) for one in forms)

    def _called_so(self, names: Iterable[tuple[str, str]]) -> Iterator[Pattern]:
        for kind, name in names:
            if is_long_enough(name) and not is_too_plain(name):
                yield bare(name), whole(name), self.subject(kind, name)

    def word(self, subject: Subject, told: Collection[Subject]) -> str:
        """Return what kind of thing a label says; ``told`` are all subjects of the output.

        市, 町 and the like are told only where three cities share each of them, or all share one.
        """
        if subject.kind != "city":
            return subject.kind
        if not subject.id.isdigit():
            return _PREFECTURE
        kinds = Counter(self.kinds.get(one.id, _BODY) for one in told if one.id.isdigit())
        shared = len(kinds) == 1 or min(kinds.values(), default=0) >= SHARED
        return self.kinds.get(subject.id, _BODY) if shared else _BODY


def in_letters() -> Iterator[str]:
    """Yield A to Z, then AA and so on."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def label(word: str, letters: str) -> str:
    """Return what stands for a subject to which ``letters`` were drawn: A市, 担当者B."""
    return _(_LABELS[word]).format(letters=letters)


def parts_of_name(name: str) -> list[str]:
    """Return a person's family and given name, as far as they can be told apart.

    A family name is what stands before a blank, else two letters.
    """
    words = [form(word).text for word in name.split()]
    if len(words) == 1 and not (words[0].isascii() or is_too_plain(name)):
        words = [words[0][:SHORTEST]]
    return [word for word in words if bare(word)]


def is_too_plain(name: str) -> bool:
    """Tell whether a name stands in the words that are to replace names."""
    letters = bare(name)
    return letters in _PLAIN or any(letters in word for word in _PLAIN if not word.isascii())


def is_long_enough(name: str) -> bool:
    """Tell whether a name can be told from the letters of other words."""
    return len(bare(name)) >= SHORTEST


def alternation(patterns: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    """Return one pattern for all of these, by their bare forms, of which the longest wins."""
    once = {regex: key for key, regex in patterns if key}
    ordered = sorted(once, key=lambda regex: -len(once[regex]))
    # Where none of them can begin, none is tried.
    first = "".join(sorted({re.escape(key[0]) for key in once.values()}))
    return re.compile(f"(?=[{first}])(?:{'|'.join(ordered)})" if once else "(?!)", re.IGNORECASE)


def whole(name: str) -> str:
    """Return how a name is found in the form: in no longer word of its letters.

    Roman letters, digits and katakana end at others of their kind, two letters of hiragana at any
    but a particle; kanji and longer hiragana are found anywhere. Roman letters may be set apart.
    """
    text = form(name).text
    pieces = [piece for piece in re.split(r"[\W_]+", text) if piece]
    apart = (re.sub("[A-Za-z0-9]+", lambda found: " ?".join(found.group()), p) for p in pieces)
    joined = r"[\W_]{0,3}".join(apart)
    letters = "".join(pieces)
    if re.fullmatch(f"[{_KATAKANA}]+", letters):
        return f"(?<![{_KATAKANA}]){joined}(?![{_KATAKANA}])"
    if re.fullmatch(f"[{_HIRAGANA}]{{1,{SHORTEST}}}", letters):
        return alone_in_kana(name)
    return _edge(letters[0], "(?<!{})") + joined + _edge(letters[-1], "(?!{})")


def katakana(kana: str) -> str:
    """Return hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in kana)


def alone_in_kana(kana: str) -> str:
    """Return how a name is found of which hiragana ends make words: a particle may follow."""
    text = form(kana).text
    before = f"(?<![{_HIRAGANA}])" if re.match(f"[{_HIRAGANA}]", text) else ""
    after = f"(?=$|[^{_HIRAGANA}]|{_PARTICLES})" if re.search(f"[{_HIRAGANA}]$", text) else ""
    return before + re.escape(text) + after


def _edge(letter: str, around: str) -> str:
    if not letter.isascii():
        return ""
    return around.format("[0-9]" if letter.isdigit() else "[a-z]")


def _romaji(city: City) -> Iterable[str]:
    romaji, last = city.romaji, city.name[-1:]
    ends = [word for word in (*READINGS.get(last, ()), KINDS.get(last, "")) if word.isascii()]
    forms = [form for end in ends if end for form in (f"{romaji} {end}", f"{end} of {romaji}")]
    return [romaji, *forms]


def _prefecture(city: City) -> Iterator[Pattern]:
    subject = Subject("city", city.prefecture)
    forms = [city.prefecture] if city.prefecture else []
    if english := city.prefecture_en:
        forms += [english, f"{english} prefecture", f"prefecture of {english}"]
        for end in ("ken", "to", "fu", "do"):  # with its hyphen: “Kyoto to Nara” is none
            yield bare(english + end), f"{whole(english)}-{end}(?![a-z])", subject
    yield from ((bare(one), whole(one), subject) for one in forms)
