"""A note: one statement about a city, filed under any number of addresses; lists of notes."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.visit import Participant, Visit

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
HANDLE_LENGTH = 10
SHORTEST_PREFIX = 4
OWN_TO_THE_CITY = frozenset({"desk", "remark"})
IN_WRITING = frozenset({"reply", "handout", "questionnaire"})  # may come without any visit


class Source(Struct, frozen=True):
    """Where a statement was published; ``date`` is an as-of date as typed."""

    title: str = ""
    url: str = ""
    date: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is known of the source."""
        return bool(self.title or self.url or self.date)


class Note(Kept, frozen=True):
    """A note as it stands. It hangs on an occasion: on the visit of ``visit_id``, or on the desk.

    ``speaker`` is the participant who said it; ``only_for`` the study groups that alone may use it
    (empty = all of the visit). ``mode`` and ``on_day`` (ISO date) tell how and when it came if not
    at the visit itself; ``material`` is the number of the visit's material on which it rests (0 =
    none), ``page`` the page there. ``attribution`` is how far the speaker may be named (empty = as
    the visit says), ``replaces`` the id of the note that it corrects, ``item`` that of the item it
    was taken from; ``edited_on`` the ISO date on which its words, which are another's, were changed
    by us. ``confirmed`` tells whether the city agreed to it as it stands, ``waits`` whether
    something about it waits for a decision, ``replaced_by`` is the id of the note that corrects it,
    ``city_name`` what its city is called, ``attributed`` how far its visit lets the speaker be
    named. Times are UTC ISO 8601 with Z.
    """

    id: str
    handle: str
    city_code: str
    visit_id: str | None
    kind: str
    body: str
    disclosure: str
    by: str
    places: tuple[Address, ...] = ()
    speaker: Participant | None = None
    as_of: str = ""
    source: Source = Source()
    tags: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    mode: str = ""
    on_day: str = ""
    material: int = 0
    page: str = ""
    attribution: str = ""
    replaces: str = ""
    item: str = ""
    edited_on: str = ""
    confirmed: bool = False
    waits: bool = False
    replaced_by: str = ""
    city_name: str = ""
    attributed: str = ""
    created_at: str = ""
    updated_at: str = ""

    @property
    def at_desk(self) -> bool:
        """Tell whether its occasion is the desk: it belongs to the city and to no visit."""
        return self.visit_id is None

    @property
    def origin(self) -> tuple[object, ...]:
        """Return as of when it held, its source or material, and how and when it came."""
        return (self.as_of, self.source, self.mode, self.on_day, self.material, self.page)


def is_for_visit(note: Note, visit: Visit) -> bool:
    """Tell whether a visit's sheets may hold the note: its own, or one that its groups may use."""
    own = note.visit_id == visit.id
    return own or not note.only_for or not set(visit.study_groups).isdisjoint(note.only_for)


def says_the_same(one: Note, other: Note) -> bool:
    """Tell whether a reader learns the same of two revisions of a note.

    Where it is filed, its tags, its level and who may use it are not what it says.
    """
    return _said(one) == _said(other)


def _said(note: Note) -> tuple[object, ...]:
    speaker = note.speaker and note.speaker.person_id
    return (note.kind, note.body, speaker, *note.origin)


def default_disclosure(kind: str, place_default: str) -> str:
    """Return the level of a note for which none was given.

    ``place_default`` is the guide's for that question or topic, empty if the guide has none.
    """
    return {"desk": "public", "remark": "group"}.get(kind) or place_default or "confirm"


class NoteConflict(Kept, frozen=True):
    """Two notes by id, the smaller first, and why they cannot both be right."""

    named_by = ("first", "second")

    first: str
    second: str
    why: str
    by: str = ""

    def other(self, note_id: str) -> str:
        """Return the id of the note that contradicts the one given."""
        return self.second if note_id == self.first else self.first


class Contradiction(Struct, frozen=True):
    """A note that contradicts another, by its handle and city, and why both cannot be right."""

    handle: str
    city_code: str
    why: str


def between(one: Note, other: Note, why: str, by: str) -> NoteConflict:
    """Return the conflict of two notes, whichever was named first."""
    first, second = sorted((one.id, other.id))
    return NoteConflict(first, second, why, by)


def contradictions(
    conflicts: Iterable[NoteConflict], notes: Mapping[str, Note]
) -> dict[str, tuple[Contradiction, ...]]:
    """Return by handle what contradicts each note; ``notes`` by id are those in the conflicts."""
    found: dict[str, tuple[Contradiction, ...]] = {}
    for conflict in conflicts:
        for note_id in (conflict.first, conflict.second):
            other = notes[conflict.other(note_id)]
            against = Contradiction(other.handle, other.city_code, conflict.why)
            handle = notes[note_id].handle
            found[handle] = (*found.get(handle, ()), against)
    return found


class Register(Struct, frozen=True):
    """Cities by code and visits by id, as the audience may see them.

    ``contradictions`` tells by the handle of a note what contradicts it.
    """

    cities: Mapping[str, City]
    visits: Mapping[str, Visit]
    contradictions: Mapping[str, tuple[Contradiction, ...]] = field(default_factory=dict)

    def city(self, note: Note) -> City:
        """Return the city that the note is about."""
        return self.cities[note.city_code]

    def name(self, city_code: str) -> str:
        """Return the name of a city by its code."""
        return self.cities[city_code].name

    def visit(self, note: Note) -> Visit | None:
        """Return the visit that the note is from, None for a note of the city itself."""
        return self.visits.get(note.visit_id or "")

    def against(self, note: Note) -> tuple[Contradiction, ...]:
        """Return what contradicts the note, in the order in which it was said."""
        return self.contradictions.get(note.handle, ())


class Traced(Struct, frozen=True):
    """What a mark stands for: a note, or else a name of that kind."""

    mark: str
    note: Note | None = None
    kind: str = ""
    name: str = ""
