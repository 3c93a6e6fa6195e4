"""`compare --anonymise` and `trace`: outputs without names, whose key stays in the study."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import stored
from fieldvisit.actions.compare import Choice, compared
from fieldvisit.actions.show import register
from fieldvisit.anonymity.nameless import LeftOut, Nameless, Published, left_out
from fieldvisit.anonymity.names import Names, Subject, in_letters, label
from fieldvisit.anonymity.perhaps import Left, Search
from fieldvisit.documents.comparison import document
from fieldvisit.documents.comparison_page import Arrangement
from fieldvisit.documents.document import Document, texts
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.note import Note, Register, Traced
from fieldvisit.fieldwork.summary import StandingSummary
from fieldvisit.fieldwork.visit import day_of_last_visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import ids, queries, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import all_cities
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import key

_MARK = re.compile(r"\[?([0-9]{1,9})-(.{1,99}?)\]?")


class Anonymised(Struct, frozen=True):
    """A comparison without names, the output of its number, which is kept.

    ``replaced`` tells how often each name was in a text, ``ticked_off`` what stands because
    somebody said so; ``held_back`` is how many notes were, ``left_out`` says which notes and
    summaries stand under a name elsewhere.
    """

    document: Document
    replaced: Mapping[str, int]
    ticked_off: Sequence[str]
    held_back: int
    left_out: LeftOut
    facts_left_out: bool


def compare_anonymised(
    given: Settings, choice: Choice, audience: str, arrangement: Arrangement
) -> Anonymised:
    """Return the comparison without names, its key kept.

    What stands for a name or a note is drawn for this output alone. Raises Refused while a name is
    left, or what may tell one and was not ticked off.
    """
    with viewing(given, audience, choice.study_group, anonymised=True) as view:
        whole, held_back = compared(view, choice)
        columns = {city.city.code: city for topic in whole.topics for city in topic.cities}
        classes = {code: columns[code].class_on_visit(today()) for code in columns}
        search = Search(known_names(view, columns), _codes(view))
        named = replace(view, audience="public", study_group="", anonymised=False)
        published = Published(search.names.taken_out, named.notes, named.summaries)
        out = left_out(whole, published)
        found = whole, register(view), classes
    tried = Nameless(search, out.ids)
    tried.shown(*found)
    _refuse([one for one in tried.left if not one.ticked_off], search.names)
    drawn = _drawn(search.names, tried.subjects)
    names = {label: (one.kind, one.id) for one, (_letters, label) in drawn.items()}
    with stored.not_yet(), changing(given, "compare --anonymise") as (_view, change):
        made = Nameless(search, out.ids, drawn, records.next_output(change))
        done = document(*made.shown(*found), today(), arrangement)
        _refuse(_still_known(search, whole, done), search.names)
        records.keep_output(change, tuple(made.lines), names)
    called = search.names.called
    replaced = {called.get(one, one.id): many for one, many in made.subjects.items()}
    ticked_off = sorted({one.text for one in made.left if one.ticked_off})
    facts = any(whole.facts.values())
    return Anonymised(done, replaced, ticked_off, held_back, out, facts)


def _codes(view: StudyView) -> frozenset[str]:
    """Return the handles and ids that lead to a note or a visit."""
    words = {word for note in view.every_note.values() for word in (note.handle, note.id)}
    return frozenset(words | {visit.id for visit in view.every_visit})


def _drawn(names: Names, subjects: Collection[Subject]) -> dict[Subject, tuple[str, str]]:
    """Draw letters for subjects, those of one sort of label apart; all cities have others."""
    words = {subject: names.word(subject, subjects) for subject in subjects}
    sorts: dict[str, list[Subject]] = {}
    for subject in subjects:
        is_city = subject.kind == "city" and subject.id.isdigit()
        sorts.setdefault("" if is_city else words[subject], []).append(subject)
    return {
        subject: (letters, label(words[subject], letters))
        for alike in sorts.values()
        for subject, letters in zip(ids.shuffled(alike), in_letters(), strict=False)
    }


def _still_known(search: Search, found: Comparison, done: Document) -> Iterator[Left]:
    """Yield the names that stand in the output as it is to be printed, in every form it may have.

    A key of a guide (`ai-rpa`) names no system.
    """
    forms = [form() for form in (done.page, done.grid, done.shape) if form]
    topics = [topic.topic for topic in found.topics]
    keys = {topic.key for topic in topics} | {q.key for topic in topics for q in topic.questions}
    return search.known_in(texts(forms), keys)


def trace(given: Settings, typed: str, audience: str) -> tuple[Traced, Register]:
    """Return what a mark of an anonymised output means: `7-12`, or `7-A市` for a name of output 7.

    Raises NotFound where nothing goes by it, or nothing that the audience may see, and Refused
    for the public: it would be told who said what anonymously.
    """
    if audience == "public":
        raise Refused(
            _("What stands behind an anonymised output is not for the public."),
            _("Ask for the study's own people: --audience group"),
        )
    with viewing(given, audience, anonymised=True) as view:
        match = _MARK.fullmatch(key(typed))
        found = _meant(view, int(match[1]), match[2]) if match else None
        if found is None:
            raise NotFound(
                _("Nothing stands for “{mark}” in an anonymised output.").format(mark=typed),
                _("Give the mark behind a line (7-12), or number and name (7-{name}).").format(
                    name=label("市", "A")
                ),
            )
        return found, register(view)


def _meant(view: StudyView, number: int, wanted: str) -> Traced | None:
    """Return what line, or what label as it was printed, means; empty if the audience sees none."""
    lines, names = queries.output_made(view.connection, number)
    if wanted.isdecimal():
        at = int(wanted) - 1
        note = view.every_note.get(lines[at]) if 0 <= at < len(lines) else None
        return Traced(wanted, note) if note else None
    called = known_names(view, {id_ for _kind, id_ in names.values()}).called
    for shown, (kind, id_) in names.items():
        name = called.get(Subject(kind, id_))
        if key(shown) == wanted and name:
            return Traced(shown, None, kind, name)
    return None


def known_names(view: StudyView, also: Collection[str] = ()) -> Names:
    """Return the names of the cities that were visited, have notes, facts or an alias, or are ours.

    ``also`` are codes of more. Which these are rests on nothing that the view's audience may not
    see.
    """
    visits = view.every_visit
    aliases = queries.name_aliases(view.connection)
    known = {city.code: city for city in all_cities(view)}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in view.notes}
    codes |= {*also, *view.facts}
    codes |= {alias.stands_for for alias in aliases if alias.kind == "city"}
    codes |= {city.code for city in view.cities.values() if city.is_ours}
    cities = tuple(known[code] for code in sorted(codes & set(known)))
    others = tuple(city.name for code, city in known.items() if code not in codes)
    kinds = {city.code: city.kind_on(_last_day(view, city)) for city in cities}
    return Names(cities, visits, aliases, others, kinds)


def _last_day(view: StudyView, city: City) -> date:
    visits = (visit for visit in view.taking_place if visit.city_code == city.code)
    return day_of_last_visit(visits) or today()


def _refuse(left: Iterable[Left], names: Names) -> None:
    """Raise Refused if anything is left, naming each with every place, and what helps."""
    found = list(left)
    if not found:
        return
    cities = {city.code: city.name for city in names.cities}
    places: dict[str, dict[str, None]] = {}
    for one in found:
        places.setdefault(one.text, {})[_place(one.where, cities)] = None
    lines = [f"  {name}: {enumerated(where)}" for name, where in places.items()]
    raise Refused(
        _("This may tell which city or who it is; nothing was written:") + "\n" + "\n".join(lines),
        "\n".join(dict.fromkeys(line for one in found for line in _what_helps(one))),
    )


def _place(where: object, cities: Mapping[str, str]) -> str:
    if isinstance(where, Note):
        return _("note {handle}").format(handle=where.handle)
    if isinstance(where, StandingSummary):
        place = cities.get(where.summary.city_code or "", _("across the cities"))
        return _("summary of {city}, {place}").format(city=place, place=where.address)
    if where:
        return _("words of the guide at {place}").format(place=where)
    return _("the output")


def _what_helps(left: Left) -> Iterator[str]:
    if left.known:
        yield _("Take “{name}” out of the text: fieldvisit note edit NOTE").format(name=left.text)
        return
    yield _("What is a name: fieldvisit alias add NAME --for CITY|NAME, or with --kind KIND")
    yield _("What may stand as it is: fieldvisit alias ignore TEXT")
