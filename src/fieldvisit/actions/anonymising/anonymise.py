"""`compare --anonymise`: a comparison without names, refused while a name is left in it."""

import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from fieldvisit import stored
from fieldvisit.actions.compare import Choice, compared
from fieldvisit.actions.show import register
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.anonymity.leaks import Leak, Search
from fieldvisit.fieldwork.anonymity.names import Names, Subject, is_long_enough
from fieldvisit.fieldwork.anonymity.replacing import Replacer, ready
from fieldvisit.fieldwork.anonymity.traces import Trace
from fieldvisit.fieldwork.anonymity.transform import Anonymiser
from fieldvisit.fieldwork.anonymity.walking import Text, with_texts
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.guide import Question, Topic
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.register import Register
from fieldvisit.fieldwork.states import Standing
from fieldvisit.fieldwork.summary import StandingSummary
from fieldvisit.fieldwork.visit import day_of_last_visit
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.references import all_cities
from fieldvisit.study.view import StudyView, today, viewing


def known_names(view: StudyView, also: Collection[str] = ()) -> Names:
    """Return the names of the cities that were visited, have notes, facts or an alias, or are ours.

    ``also`` are codes of more. Which these are rests on nothing that the view's audience may not
    see.
    """
    visits = view.every_visit
    aliases = queries.name_aliases(view.connection)
    known = {city.code: city for city in all_cities(view)}
    codes = {visit.city_code for visit in visits} | {note.city_code for note in view.notes}
    codes |= (
        set(also)
        | set(view.facts)
        | {alias.stands_for for alias in aliases if alias.kind == "city"}
    )
    codes |= {city.code for city in view.cities.values() if city.is_ours}
    cities = tuple(known[code] for code in sorted(codes & set(known)))
    others = tuple(city.name for code, city in known.items() if code not in codes)
    kinds = {city.code: city.kind_on(_last_day(view, city)) for city in cities}
    return Names(cities, visits, aliases, others, kinds)


def _last_day(view: StudyView, city: City) -> date:
    visits = (visit for visit in view.taking_place if visit.city_code == city.code)
    return day_of_last_visit(visits) or today()


def aliases(given: Settings, audience: str) -> tuple[Sequence[NameAlias], Mapping[str, City]]:
    """Return the names entered, and the cities by code; no names of people for the public."""
    with viewing(given, audience) as view:
        found = queries.name_aliases(view.connection)
        cities = {city.code: city for city in all_cities(view)}
        return [a for a in found if audience != "public" or a.kind != "person"], cities


def refuse_leaks(leaks: Iterable[Leak], names: Names) -> None:
    """Raise Refused if there is any leak, naming each with its place and what helps."""
    found = list(leaks)
    if not found:
        return
    cities = {city.code: city.name for city in names.cities}
    places: dict[str, dict[str, None]] = {}
    for leak in found:
        where = _where(leak.text, cities)
        places.setdefault(where, {})[_("“{name}”").format(name=leak.trace.part)] = None
    lines = [f"  {where}: {enumerated(parts)}" for where, parts in places.items()]
    helps = dict.fromkeys(line for leak in found for line in _what_helps(leak.trace))
    raise Refused(
        _("A name is left; nothing was written:") + "\n" + "\n".join(lines),
        _("What to do:") + "\n" + "\n".join(f"  {line}" for line in helps),
    )


def _where(text: Text, cities: dict[str, str]) -> str:
    for thing in reversed(text.within):
        if isinstance(thing, Note | Contradiction):
            return _("note {handle}").format(handle=thing.handle)
        if isinstance(thing, StandingSummary):
            code = (thing.summary.city_code or "").rpartition("-")[2]
            place = cities.get(code, _("across the cities"))
            return _("summary of {city}, {place}").format(city=place, place=thing.address)
        if isinstance(thing, Standing):
            return _("mark at {place}").format(place=thing.address)
        if isinstance(thing, Topic | Question):
            return _("words of the guide at {place}").format(place=thing.key)
    return _("the output")


def _what_helps(trace: Trace) -> Iterator[str]:
    if not trace.kind or not is_long_enough(trace.part):
        yield _("Take “{name}” out of the text: fieldvisit note edit NOTE").format(name=trace.part)
        return
    if trace.name == trace.part:
        yield _("If it is another name: {command}").format(
            command=_command("alias", "add", f"…{trace.part}", "--kind", "word")
        )
        return
    kind = () if trace.kind == "city" else ("--kind", trace.kind)
    yield _command("alias", "add", trace.part, *kind, "--for", trace.name)
    yield _("If it is no name: {command}").format(
        command=_command("alias", "add", trace.part, "--kind", "word")
    )


def _command(*words: str) -> str:
    return " ".join(("fieldvisit", *map(_quoted, words)))


def _quoted(word: str) -> str:
    return word if word.replace("-", "").replace("…", "").isalnum() else shlex.quote(word)


NOTE = "note"
_Drawn = dict[tuple[str, str], str]


class Anonymised(Struct, frozen=True):
    """A comparison without names, and its register.

    ``held_back`` is how many notes were; ``facts_left_out`` tells that facts of its cities were,
    since these are as good as a name.
    """

    comparison: Comparison
    register: Register
    held_back: int
    facts_left_out: bool


def compare_anonymised(given: Settings, choice: Choice, audience: str) -> Anonymised:
    """Return the comparison without names.

    What stands for a name or a note is drawn the first time that it is printed, and kept. Raises
    Refused while a name is left.
    """
    with viewing(given, audience, choice.study_group, anonymised=True) as view:
        found, held_back = compared(view, choice)
        known = register(view)
        names, classes = _names(view, found)
        trial = _Trial({note.id: note.handle for note in view.every_note.values()})
        replacer = Replacer(names)
        tried = Anonymiser(names, replacer, trial.letters, trial.mark, classes)
        refuse_leaks(
            _search(view, names).leaks(tried.comparison(found), tried.register(found, known)), names
        )
        drawn = queries.pseudonyms(view.connection)
    if missing := [one for one in trial.needed if one not in drawn]:
        drawn = _draw(given, missing)
    final = Anonymiser(
        names,
        replacer,
        lambda subject: drawn[subject.kind, subject.id],
        lambda note_id: drawn[NOTE, note_id],
        classes,
    )
    shown = with_texts(final.comparison(found), ready)
    cities = with_texts(final.register(found, known), ready)
    return Anonymised(shown, cities, held_back, any(found.facts.values()))


def _names(view: StudyView, found: Comparison) -> tuple[Names, Mapping[str, str | None]]:
    """Return the names that the output must not hold, and the classes of its cities."""
    cities = {city.city.code: city for topic in found.topics for city in topic.cities}
    classes = {code: city.class_on_visit(today()) for code, city in cities.items()}
    return known_names(view, cities), classes


def _search(view: StudyView, names: Names) -> Search:
    handles = {word for note in view.every_note.values() for word in (note.handle, note.id)}
    return Search(names, handles | {visit.id for visit in view.every_visit})


class _Trial(Struct, frozen=True):
    """Takes down what an output needs; until then notes go by their handles."""

    handles: Mapping[str, str]
    needed: dict[tuple[str, str], None] = field(default_factory=dict)

    def letters(self, subject: Subject) -> str:
        self.needed[subject.kind, subject.id] = None
        return subject.id

    def mark(self, note_id: str) -> str:
        self.needed[NOTE, note_id] = None
        return self.handles[note_id]


def _draw(given: Settings, missing: Sequence[tuple[str, str]]) -> _Drawn:
    """Draw what is not drawn yet, in one change; somebody else may have drawn some meanwhile."""
    from fieldvisit.storage import ids, records
    from fieldvisit.study.change import changing

    with stored.not_yet(), changing(given, "compare --anonymise") as (view, change):
        drawn = queries.pseudonyms(view.connection)
        for kind, subject in missing:
            if (kind, subject) not in drawn:
                taken = {label for (of, _subject), label in drawn.items() if of == kind}
                draw = ids.new_mark if kind == NOTE else ids.new_letters
                drawn[kind, subject] = draw(taken)
                records.keep_pseudonym(change, kind, subject, drawn[kind, subject])
        return drawn
