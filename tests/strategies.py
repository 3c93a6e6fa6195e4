"""Hypothesis strategies for the subject: whatever a person may type, and objects made of it."""

from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH, Note, Source
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.study import Study, StudyGroup
from fieldvisit.fieldwork.terms import (
    ATTRIBUTES,
    CHOICES,
    DISCLOSURES,
    KINDS,
    MARKS,
    MODES,
    STATUSES,
)
from fieldvisit.fieldwork.visit import ChosenQuestion, Material, Participant, UsedGuide, Visit

HARD = (
    "𠮷野家", "か\u3099", "é", "e\u0301", "葛\U000e0100城", "👩‍👩‍👧", "\ufeff", "\u202e",
    "\x1b[2J", "\x9b", "\x01", "\x7f", "\r\n", "\u2028", "\ufffe", "ﾊﾝｶｸ", "～〜",
    "'; DROP TABLE note; --", "%s {x} \\", "=1+1", "[/foo]", ":smile:", " ", "\t", "?",
    "\U0010ffff",
)  # fmt: skip

# Any text that a database and a file can hold: all but NUL and lone surrogates.
storable = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(sorted(set("".join(HARD)))),
    max_size=20,
) | st.sampled_from(HARD)
# What `text.checked` lets pass.
bodies = storable.filter(lambda text: bool("".join(text.split()).strip("?")))
ids = st.uuids(version=4).map(str)
handles = st.text(ALPHABET, min_size=HANDLE_LENGTH, max_size=HANDLE_LENGTH)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
addresses = st.builds(Address, slugs, st.none() | slugs)
days = st.dates().map(lambda day: day.isoformat())
marks_set = st.sampled_from([mark for mark in MARKS if mark != "clear"])

studies = st.builds(
    Study,
    *[storable] * 4,
    *[st.lists(storable, max_size=3).map(tuple)] * 3,
)
groups = st.builds(StudyGroup, bodies, bodies, st.booleans())
attributes = st.builds(
    CityAttribute, st.sampled_from(list(ATTRIBUTES)), st.none() | days, st.none() | days
)
cities = st.builds(
    City,
    code=storable,
    prefecture=storable,
    name=storable,
    kana=storable,
    romaji=storable,
    prefecture_en=storable,
    attributes=st.lists(attributes, max_size=3).map(tuple),
    since=st.none() | days,
    until=st.none() | days,
    successor=st.none() | storable,
    deleted=st.booleans(),
)
people = st.builds(
    Participant, ids, st.sampled_from(["respondent", "interviewer"]), storable, storable, storable
)


def visits(city_code: str, shorts: tuple[str, ...] = ()) -> st.SearchStrategy[Visit]:
    """Visits to that city, which may serve the study groups ``shorts``."""
    return st.builds(
        Visit,
        id=ids,
        handle=storable,
        city_code=st.just(city_code),
        first_day=st.just("") | days,
        last_day=st.just("") | days,
        time=storable,
        place=storable,
        mode=st.sampled_from(list(MODES)),
        status=st.sampled_from(list(STATUSES)),
        sent=storable,
        consent=storable,
        contact=storable,
        guides=st.lists(st.builds(UsedGuide, storable, storable), max_size=2).map(tuple),
        study_groups=st.lists(st.sampled_from(shorts), max_size=2).map(tuple)
        if shorts
        else st.just(()),
        participants=st.lists(people, max_size=3, unique_by=lambda p: p.person_id).map(tuple),
        questions=st.lists(
            st.builds(ChosenQuestion, addresses, st.sampled_from(list(CHOICES)), storable),
            max_size=2,
        ).map(tuple),
        deleted=st.booleans(),
    )


def notes(
    city_code: str, visit: Visit | None = None, shorts: tuple[str, ...] = ()
) -> st.SearchStrategy[Note]:
    """Notes of a city or of a visit to it, said by anybody who was there."""
    speakers = st.sampled_from(visit.participants) if visit and visit.participants else st.none()
    return st.builds(
        Note,
        id=ids,
        handle=handles,
        city_code=st.just(city_code),
        visit_id=st.just(visit.id if visit else None),
        kind=st.sampled_from(list(KINDS)),
        body=storable,
        disclosure=st.sampled_from(list(DISCLOSURES)),
        by=storable,
        places=st.lists(addresses, max_size=3).map(tuple),
        speaker=st.none() | speakers,
        as_of=st.sampled_from(["", "2019", "2019年度", "令和元年10月"]),
        source=st.builds(Source, storable, storable, storable),
        tags=st.lists(storable, max_size=3).map(tuple),
        only_for=st.lists(st.sampled_from(shorts), max_size=2).map(tuple)
        if shorts
        else st.just(()),
        mode=st.sampled_from(["", *MODES]),
        on_day=st.just("") | days,
        page=storable,
        deleted=st.booleans(),
    )


def materials(visit_id: str) -> st.SearchStrategy[Material]:
    """Materials of that visit."""
    return st.builds(
        Material,
        st.just(visit_id),
        st.integers(1, 9),
        *[storable] * 2,
        st.just("") | days,
        st.sampled_from(list(DISCLOSURES)),
        *[storable] * 4,
        st.booleans(),
    )


def marks(visit_id: str) -> st.SearchStrategy[Mark]:
    """Marks on that visit."""
    return st.builds(
        Mark,
        st.just(visit_id),
        addresses,
        marks_set,
        storable,
        storable,
        storable,
        st.booleans(),
    )


def bare(note: Note) -> Note:
    """The note without what storing it adds."""
    return replace(note, seq=0, revision="", number=0, created_at="", updated_at="")
