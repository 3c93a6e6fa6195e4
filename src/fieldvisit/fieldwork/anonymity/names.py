"""The names that a study knows: of cities and prefectures, people and departments, and aliases."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from fieldvisit.fieldwork.anonymity.folding import bare
from fieldvisit.fieldwork.anonymity.patterns import Pattern, apart, katakana, reading, whole
from fieldvisit.fieldwork.city import KINDS, READINGS, City
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.visit import Participant, Visit

PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県",
    "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県",
    "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府",
    "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県",
    "鹿児島県", "沖縄県",
)  # fmt: skip


SHORTEST = 2  # letters of a name; one letter stands in too many words
PREFECTURE = "prefecture"
WORD = "word"


class Subject(Struct, frozen=True):
    """Whom or what a name means. ``kind`` is one of ``terms.NAMED``.

    ``id`` is a city's code, a prefecture's name, or the bare form of a name.
    """

    kind: str
    id: str


Meaning = Subject | None
"""None: letters that only look like a name, and stay."""


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

    @cached_property
    def wanted(self) -> tuple[tuple[Pattern, Meaning], ...]:
        """What is looked for in every text, and whom it means."""
        return (*self.places, *self._people(), *self._departments(), *self._more(), *self._plain())

    @cached_property
    def places(self) -> tuple[tuple[Pattern, Meaning], ...]:
        """The same of cities and prefectures alone."""
        named = [alias for alias in self.aliases if alias.kind == "city"]
        return (
            *(pair for city in self.cities for pair in self._city(city)),
            *((whole(alias.name), self.subject("city", alias.name)) for alias in named),
            *(pair for city in self.cities for pair in _prefecture(city)),
        )

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
    def called(self) -> Mapping[Subject, str]:
        """What everybody and everything goes by outside anonymised outputs."""
        cities = {Subject("city", city.code): city.name for city in self.cities}
        prefectures = {Subject("city", city.prefecture): city.prefecture for city in self.cities}
        people = self.participants
        own = [("person", p.name) for p in people] + [("department", p.department) for p in people]
        own += [(a.kind, a.name) for a in self.aliases if a.kind not in {"city", WORD}]
        names: dict[Subject, str] = {}
        for kind, name in own:
            names.setdefault(self.subject(kind, name), name)
        return cities | prefectures | names

    def is_prefecture(self, subject: Subject) -> bool:
        """Tell whether a subject is a prefecture, not a city."""
        return subject.kind == "city" and not subject.id.isdigit()

    def _city(self, city: City) -> Iterator[tuple[Pattern, Meaning]]:
        subject = Subject("city", city.code)
        stands_apart = len(city.name) == SHORTEST and city.name[-1] in KINDS
        if is_long_enough(city.name):
            yield (apart if stands_apart else whole)(city.name), subject
        if city.prefecture:
            yield whole(city.prefecture + city.name), subject
        for visit in self.visits:
            if visit.city_code == city.code:
                yield whole(visit.handle), subject
        if len(city.kana) > SHORTEST:
            yield reading(city.kana), subject
            yield whole(katakana(city.kana)), subject
        if len(city.romaji) >= SHORTEST:
            yield from ((whole(form), subject) for form in _romaji(city))

    def _people(self) -> Iterator[tuple[Pattern, Meaning]]:
        for person in self.participants:
            if is_long_enough(person.name):
                yield whole(person.name), self.subject("person", person.name)

    def _departments(self) -> Iterator[tuple[Pattern, Meaning]]:
        for person in self.participants:
            if is_long_enough(person.department):
                yield whole(person.department), self.subject("department", person.department)

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        """Everybody who was at a visit."""
        return tuple(person for visit in self.visits for person in visit.participants)

    def _more(self) -> Iterator[tuple[Pattern, Meaning]]:
        for alias in self.aliases:
            if alias.kind not in {"city", WORD}:
                yield whole(alias.name), self.subject(alias.kind, alias.name)

    def _plain(self) -> Iterator[tuple[Pattern, Meaning]]:
        words = (alias.name for alias in self.aliases if alias.kind == WORD)
        for name in (*words, *self.others, *PREFECTURES):
            yield whole(name), None


def is_long_enough(name: str) -> bool:
    """Tell whether a name can be told from the letters of other words."""
    return sum(map(str.isalnum, bare(name))) >= SHORTEST


def _romaji(city: City) -> Iterable[str]:
    romaji = city.romaji
    last = city.name[-1:]
    ends = [word for word in (*READINGS.get(last, ()), KINDS.get(last, "")) if word.isascii()]
    return [
        romaji,
        *(form for end in ends if end for form in (f"{romaji} {end}", f"{end} of {romaji}")),
    ]


def _prefecture(city: City) -> Iterator[tuple[Pattern, Meaning]]:
    if not city.prefecture:
        return
    subject = Subject("city", city.prefecture)
    yield whole(city.prefecture), subject
    if english := city.prefecture_en:
        for form in (english, f"{english} prefecture", f"prefecture of {english}"):
            yield whole(form), subject
        for end in ("ken", "to", "fu", "do"):
            yield _hyphened(english, end), subject


def _hyphened(english: str, end: str) -> Pattern:
    found = whole(english)
    return Pattern(f"{found.regex}-{end}(?![a-z])", found.first)
