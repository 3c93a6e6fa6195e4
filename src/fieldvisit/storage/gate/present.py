"""Notes as they stand, and the materials on which they rest, for an audience.

What is asked for goes into the SQL. So does what the audience can never see, or sees in any case:
that chooses more rows than are wanted, never fewer, and `fieldwork.disclosure` decides on each.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldvisit.dates import first_day
from fieldvisit.fieldwork.disclosure import (
    OFF_RECORD,
    certain_levels,
    level,
    material_for,
    may_see,
    note_for,
    possible_levels,
    while_waiting,
)
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Material
from fieldvisit.storage.gate.past import with_seen_past
from fieldvisit.storage.kinds import MATERIAL, NOTE, REPLACED
from fieldvisit.storage.rows import in_lots, read, read_more
from fieldvisit.text import normal

_UNDATED = "9999"
_AT_ONCE = 500  # hits that are read together
# A visit that does not serve the study group brings none of its notes.
_OF_VISITS_OF_GROUP = """(note.visit_id IS NULL
 OR note.visit_id IN (SELECT visit_id FROM visit_group WHERE short = ?))"""
_FOR_GROUP = """(note.id NOT IN (SELECT note_id FROM note_group)
 OR note.id IN (SELECT note_id FROM note_group WHERE short = ?))"""
_GOES_BY = """note.id IN (SELECT id FROM note WHERE handle >= ? AND handle < ?
 UNION SELECT id FROM note WHERE id = ?)"""
_WITH_PLACES = "LEFT JOIN note_place ON note_place.note_id = note.id"
_WITH_CONFIRMATION = (
    "LEFT JOIN confirmation ON confirmation.note_id = note.id"
    " AND confirmation.note_revision = note.revision AND confirmation.deleted = 0"
)
_CONFIRMED, _WAITS = NOTE.joined["confirmed"], NOTE.joined["waits"]


_OF_LEVEL = ("note.disclosure", _CONFIRMED, _WAITS)


class NotesAsked(msgspec.Struct, frozen=True):
    """Which notes are asked for; None and empty = all.

    ``places`` are addresses as they were filed, of which a note has one; ``handle`` is a handle,
    the beginning of one, or an id. With ``study_group`` only those that this group may use, with
    ``deleted`` also those that were deleted. Those in whose place another note stands are found by
    their handle, with ``deleted`` and ``replaced``. ``anonymised`` tells that no name will stand in
    the output: then more may be seen.
    """

    ids: Collection[str] | None = None
    handle: str = ""
    visit_id: str | None = None
    city_code: str | None = None
    places: Collection[Address] | None = None
    study_group: str = ""
    deleted: bool = False
    replaced: bool = False
    anonymised: bool = False


EVERYTHING = NotesAsked()
Where = tuple[str, list[Any]]


class Occasion(msgspec.Struct, frozen=True):
    """Where notes come from: a visit, or the desk and the as-of date of the note."""

    city_code: str
    visit_id: str | None
    as_of: str


def notes(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> tuple[Note, ...]:
    """Return the notes that ``audience`` may see, by date of the visit (else as-of), then entry."""
    found: list[tuple[str, Note]] = []
    for where in _wheres(asked, _possible(audience)):
        found += _read(connection, where, audience, anonymised=asked.anonymised)
    when = {note.id: visited for visited, note in found}
    seen = with_seen_past(connection, audience, [note for _when, note in found])
    return tuple(sorted(seen, key=lambda note: (when[note.id], note.created_at, note.seq)))


def note(connection: sqlite3.Connection, audience: str, note_id: str) -> Note | None:
    """Return one note, deleted or not, if ``audience`` may see it."""
    found = notes(connection, audience, NotesAsked(ids=[note_id], deleted=True))
    return found[0] if found else None


def search(
    connection: sqlite3.Connection,
    audience: str,
    phrases: Sequence[str],
    asked: NotesAsked = EVERYTHING,
    *,
    limit: int = 0,
) -> tuple[Note, ...]:
    """Return the notes whose body holds every phrase in the normal form, newest first.

    Of these at most ``limit`` (0 = all); no more bodies are read than that takes.
    """
    moved = _once_closed(connection) if audience != "all" else frozenset()
    hits = _holding(connection, replace(asked, ids=moved), _possible(audience), phrases)
    opened = notes(connection, audience, replace(asked, ids=list(hits))) if moved else ()
    found: list[Note] = []
    matching = (
        id_ for id_ in _holding(connection, asked, _possible(audience), phrases) if id_ not in moved
    )
    while lot := [id_ for _at, id_ in zip(range(limit or _AT_ONCE), matching, strict=False)]:
        found += notes(connection, audience, replace(asked, ids=lot))
        if limit and len(found) >= limit:
            break
    newest = sorted((*found, *opened), key=lambda note: (note.created_at, note.seq), reverse=True)
    return tuple(newest[: limit or None])


def _once_closed(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the notes that were off the record: they count from when they were opened.

    Others among them do no harm.
    """
    rows = connection.execute(
        "SELECT DISTINCT object FROM revision WHERE kind = 'note' AND body LIKE"
        """ '%"disclosure":"off-record"%' AND object IN (SELECT id FROM note WHERE number > 1)"""
    )
    return frozenset(id_ for (id_,) in rows)


def held_back(
    connection: sqlite3.Connection,
    audience: str,
    asked: NotesAsked = EVERYTHING,
    fits: Callable[[Note], bool] | None = None,
    *,
    phrases: Sequence[str] = (),
) -> int:
    """Return how many notes that stand ``audience`` may not see. For the person at the keyboard.

    ``fits`` tells which of those asked for count, if not all, ``phrases`` what their bodies hold.
    """
    if audience == "all":
        return 0
    hidden = _not_certain(audience)
    if phrases:
        asked = replace(asked, ids=list(_holding(connection, asked, hidden, phrases)))
    if fits is None:
        return sum(
            many
            for *level_, many in _outlines(connection, asked, hidden, _OF_LEVEL, count=True)
            if not _sees(audience, *level_, anonymised=asked.anonymised)
        )
    return sum(
        note_for(note, audience, anonymised=asked.anonymised) is None and fits(note)
        for where in _wheres(asked, hidden)
        for note, _more in _stored(connection, where)
    )


def seen_ids(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> frozenset[str]:
    """Return the ids of the notes that ``audience`` may see."""
    rows = _seen(connection, audience, asked, ("note.id",))
    return frozenset(id_ for (id_,) in rows)


def occasions(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> frozenset[Occasion]:
    """Return where the notes come from that ``audience`` may see."""
    columns = ("note.city_code", "note.visit_id", "note.as_of")
    rows = _seen(connection, audience, asked, columns)
    return frozenset(Occasion(*row) for row in rows)


def places_seen(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked = EVERYTHING
) -> frozenset[Address]:
    """Return the addresses under which the notes are filed that ``audience`` may see."""
    columns = ("note_place.topic", "note_place.question")
    rows = _seen(connection, audience, asked, columns)
    return frozenset(Address(topic, question) for topic, question in rows if topic)


def cities_on_record(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the codes of the cities of which any note tells that is not off the record."""
    rows = connection.execute("SELECT DISTINCT city_code, disclosure FROM note")
    return frozenset(code for code, disclosure in rows if level(disclosure) != OFF_RECORD)


def places_filed(connection: sqlite3.Connection) -> frozenset[Address]:
    """Return every address under which any note was ever filed, to ask for those wanted by it.

    It tells of notes that nobody may see, and is never printed.
    """
    rows = connection.execute("SELECT DISTINCT topic, question FROM note_place")
    return frozenset(Address(topic, question) for topic, question in rows)


def handles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the handle of every note by its id, for the log that the keyboard reads."""
    return dict(connection.execute("SELECT id, handle FROM note"))


def handle_taken(connection: sqlite3.Connection, handle: str) -> bool:
    """Tell whether a note, seen or not, has that handle."""
    return bool(connection.execute("SELECT 1 FROM note WHERE handle = ?", (handle,)).fetchone())


def materials(
    connection: sqlite3.Connection, audience: str, *, deleted: bool = False
) -> tuple[Material, ...]:
    """Return the materials that ``audience`` may see, by visit and number."""
    found = read(connection, MATERIAL, "deleted <= ?", (int(deleted),), order="visit_id, label")
    return tuple(seen for material in found if (seen := material_for(material, audience)))


def _possible(audience: str) -> Where:
    """The condition that whatever the audience may see fulfils."""
    levels = possible_levels(audience)
    if OFF_RECORD in levels:  # and with it what has no known level
        return "", []
    return _among("note.disclosure", sorted(levels))


def _not_certain(audience: str) -> Where:
    """The condition that whatever the audience may not see fulfils."""
    levels = certain_levels(audience)
    text, values = _among("note.disclosure", sorted(levels))
    return f"(NOT {text} OR {_WAITS})", values


def _among(column: str, values: Sequence[str]) -> Where:
    """The condition that a column holds one of the values; nothing is among none."""
    places = ", ".join("?" * len(values))
    return f"({column} IN ({places}))" if values else "(1 = 0)", list(values)


def _wheres(asked: NotesAsked, level_condition: Where) -> Iterator[Where]:
    """Yield conditions that together choose what is asked for, each note once."""
    known = [level_condition, *_conditions(asked)]
    if asked.ids is None:
        yield _all_of(known)
        return
    for places, lot in in_lots(list(dict.fromkeys(asked.ids))):
        yield _all_of([*known, (f"note.id IN ({places})", list(lot))])


def _conditions(asked: NotesAsked) -> Iterator[Where]:
    if not asked.deleted:
        yield "note.deleted = 0", []
    if not (asked.deleted or asked.replaced or asked.handle):
        yield f"{REPLACED} IS NULL", []
    if asked.handle:
        # A handle is made of letters and digits, which come before "~".
        yield _GOES_BY, [asked.handle, f"{asked.handle}~", asked.handle]
    if asked.visit_id is not None:
        yield "note.visit_id = ?", [asked.visit_id]
    if asked.city_code is not None:
        yield "note.city_code = ?", [asked.city_code]
    if asked.places is not None:
        yield _filed_at(asked.places)
    if asked.study_group:
        yield _OF_VISITS_OF_GROUP, [asked.study_group]
        yield _FOR_GROUP, [asked.study_group]


def _filed_at(places: Collection[Address]) -> Where:
    if not places:
        return "1 = 0", []
    questions: dict[str, list[str]] = defaultdict(list)
    for place in places:
        questions[place.topic].append(place.question or "")
    one, values = [], []
    for topic, keys in questions.items():
        text, of_topic = _among("COALESCE(question, '')", keys)
        one.append(f"(topic = ? AND {text})")
        values += [topic, *of_topic]
    chosen = f"SELECT note_id FROM note_place WHERE {' OR '.join(one)}"  # noqa: S608 - marks
    return f"note.id IN ({chosen})", values


def _all_of(conditions: Iterable[Where]) -> Where:
    told = [(text, values) for text, values in conditions if text]
    return (
        " AND ".join(text for text, _values in told),
        [value for _text, values in told for value in values],
    )


def _stored(connection: sqlite3.Connection, where: Where) -> list[tuple[Note, tuple[Any, ...]]]:
    return read_more(connection, NOTE, ("material.disclosure", "visit.first_day"), *where)


def _read(
    connection: sqlite3.Connection, where: Where, audience: str, *, anonymised: bool
) -> Iterator[tuple[str, Note]]:
    for stored, (of_material, visited) in _stored(connection, where):
        told = not stored.material or may_see(of_material, audience)
        # Else it would tell that there is a material.
        whole = stored if told else replace(stored, material=0, page="")
        if seen := note_for(whole, audience, anonymised=anonymised):
            yield _when(visited, seen), seen


def _when(visited: str | None, note: Note) -> str:
    if visited:
        return visited
    return first_day(note.as_of).isoformat() if note.as_of else _UNDATED


def _outlines(
    connection: sqlite3.Connection,
    asked: NotesAsked,
    level_condition: Where,
    columns: Sequence[str],
    *,
    count: bool = False,
) -> Iterator[Any]:
    """Yield different values of a few columns of the notes, if asked with the number of each."""
    chosen = ", ".join(columns)
    places = _WITH_PLACES if "note_place" in chosen else ""
    for text, values in _wheres(asked, level_condition):
        condition = f" WHERE {text}" if text else ""
        yield from connection.execute(
            f"SELECT {chosen}{', COUNT(*)' if count else ''}"  # noqa: S608 - fixed names
            f" FROM note {_WITH_CONFIRMATION} {places}{condition} GROUP BY {chosen}",
            values,
        )


def _seen(
    connection: sqlite3.Connection, audience: str, asked: NotesAsked, columns: tuple[str, ...]
) -> Iterator[Any]:
    wanted = (*_OF_LEVEL, *columns)
    for disclosure, confirmed, waits, *rest in _outlines(
        connection, asked, _possible(audience), wanted
    ):
        if _sees(audience, disclosure, confirmed, waits, anonymised=asked.anonymised):
            yield rest


def _sees(audience: str, level: str, confirmed: Any, waits: Any, *, anonymised: bool) -> bool:  # noqa: ANN401 - of SQL
    agreed = bool(confirmed and not waits)
    level = while_waiting(level) if waits else level
    return may_see(level, audience, confirmed=agreed, anonymised=anonymised)


def _holding(
    connection: sqlite3.Connection, asked: NotesAsked, levels: Where, phrases: Sequence[str]
) -> Iterator[str]:
    """Yield the ids of the notes whose body holds every phrase, the newest first."""
    wanted = [normal(phrase) for phrase in phrases]
    for text, values in _wheres(asked, levels):
        condition = f" WHERE {text}" if text else ""
        for id_, body in connection.execute(
            f"SELECT note.id, note.body FROM note{condition} ORDER BY note.seq DESC",  # noqa: S608 - ours
            values,
        ):
            folded = normal(body)
            if all(phrase in folded for phrase in wanted):
                yield id_
