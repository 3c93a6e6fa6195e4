"""What a person types to name a city, a visit, somebody there, a topic, a question or a note."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from msgspec.structs import replace

from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.fieldwork.city import City, find_city, matching
from fieldvisit.fieldwork.guide import Address, Guide, Topic
from fieldvisit.fieldwork.note import HANDLE_LENGTH, SHORTEST_PREFIX, Note
from fieldvisit.fieldwork.visit import OURS, Participant, Visit
from fieldvisit.language import _, enumerated, numbered
from fieldvisit.shipped_cities import shipped
from fieldvisit.storage import ids
from fieldvisit.study.view import StudyView
from fieldvisit.text import as_name, key, keys

_HANDLE_OF_VISIT = r"[a-z][a-z0-9-]*-[0-9]+"


def find_any_city(view: StudyView, typed: str) -> City:
    """Return the one city of the study or of the shipped list that ``typed`` names."""
    return find_city(typed, all_cities(view))


def all_cities(view: StudyView) -> tuple[City, ...]:
    """Return the study's cities and the shipped ones that it has not taken over, by code."""
    known = {city.code: city for city in shipped()} | dict(view.cities_on_record)
    return tuple(known[code] for code in sorted(known))


def find_visit(view: StudyView, typed: str) -> Visit:
    """Return the visit with that handle, or the only visit to that city."""
    wanted = as_name(typed)
    for visit in view.visits:
        if wanted in (visit.handle, visit.id):
            return visit
    others = view.every_visit if view.study_group else ()
    for visit in others:
        if wanted in (visit.handle, visit.id) and not visit.deleted:
            raise NotFound(
                _("{visit} does not serve the study group “{group}”.").format(
                    visit=visit.handle, group=view.study_group
                ),
                _there_are(v.handle for v in view.visits),
            )
    if re.fullmatch(_HANDLE_OF_VISIT, wanted) and not matching(typed, all_cities(view)):
        raise NotFound(
            _("There is no visit “{typed}”.").format(typed=typed),
            _there_are(v.handle for v in view.visits),
        )
    city = find_any_city(view, typed)
    found = [visit for visit in view.visits if visit.city_code == city.code]
    if not found:
        raise NotFound(
            _("There is no visit to {city}.").format(city=city.name),
            _("Plan one with: fieldvisit visit add {city}").format(city=city.name),
        )
    if len(found) > 1:
        raise Ambiguous(
            _("There are several visits to {city}.").format(city=city.name),
            _("Name one of them: {names}").format(names=enumerated(v.handle for v in found)),
        )
    return found[0]


def find_visit_or_city(view: StudyView, typed: str) -> tuple[City, Visit | None]:
    """Return the city that ``typed`` names, and the visit if it is a visit's handle."""
    wanted = as_name(typed)
    for visit in view.visits:
        if wanted in (visit.handle, visit.id):
            return view.cities[visit.city_code], visit
    if re.fullmatch(_HANDLE_OF_VISIT, wanted):
        find_visit(view, typed)
    return find_any_city(view, typed), None


def find_note(view: StudyView, typed: str, *, deleted: bool = False) -> Note:
    """Return the note with that handle, beginning of a handle or id."""
    from fieldvisit.storage import gate

    wanted = as_name(typed)
    asked = gate.NotesAsked(handle=wanted, deleted=deleted)
    notes = gate.notes(view.connection, view.audience, asked) if deleted else view.some_notes(asked)
    found = [note for note in notes if wanted in (note.handle, note.id)]
    if not found and SHORTEST_PREFIX <= len(wanted) < HANDLE_LENGTH:
        found = [note for note in notes if note.handle.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            _("“{typed}” is the beginning of several notes.").format(typed=typed),
            _("Name one of them: {names}").format(names=enumerated(n.handle for n in found)),
        )
    raise NotFound(
        _("There is no note “{typed}”.").format(typed=typed),
        _("A note goes by its handle, or by the first {n} characters or more of it.").format(
            n=SHORTEST_PREFIX
        ),
    )


def find_standing_note(view: StudyView, typed: str) -> Note:
    """Return the note that ``typed`` names; Refused if it is deleted."""
    note = find_note(view, typed, deleted=True)
    if note.deleted:
        raise Refused(
            _("Note {handle} is deleted already.").format(handle=note.handle),
            _("Bring it back with: fieldvisit note restore {handle}").format(handle=note.handle),
        )
    return note


def find_address(view: StudyView, typed: str, visit: Visit | None = None) -> Address:
    """Return the topic or question that ``typed`` names, by key, number or title.

    Numbers are those of the visit's guides; without a visit they are refused where several
    guides are in use, and what was renamed is returned under its name of today.
    """
    guides = view.guides.of(visit) if visit else view.guides_in_use
    spaced = as_name(typed)
    whole = "/" not in spaced or bool(_topics_called(spaced, guides))  # titles may hold a slash
    topic_word, _slash, question_word = (spaced, "", "") if whole else spaced.rpartition("/")
    numbers = visit is not None or len({guide.slug for guide in guides}) == 1
    topics = _find_topics(view, typed, topic_word.strip(), guides, numbers=numbers)
    if whole:
        found = Address(topics[0].key)
    else:
        found = _find_question(view, typed, question_word.strip(), topics, moved=visit is None)
    return found if visit else view.crosswalk.now(found)


def _find_question(
    view: StudyView, typed: str, wanted: str, topics: Sequence[Topic], *, moved: bool
) -> Address:
    """Return the question of one of the topics; one that ``moved`` away is followed if asked."""
    for topic in topics:
        for question in topic.questions:
            earlier = (Address.read(was) for was in question.was)
            former = {old.question for old in earlier if old.topic in (topic.key, *topic.was)}
            if wanted in (question.key, str(question.number), *former):
                return Address(topic.key, question.key)
    for topic in topics if moved else ():
        address = Address(topic.key, wanted)
        if view.crosswalk.now(address).topic != view.crosswalk.now(Address(topic.key)).topic:
            return address
    for topic in topics:
        merged = view.crosswalk.topic(topic.key)
        if merged and merged.question(wanted):  # a question that only a single visit has
            return Address(merged.key, wanted)
    raise NotFound(
        _("There is no question “{typed}”.").format(typed=typed),
        _("Questions of {topic}: {names}").format(
            topic=topics[0].key,
            names=enumerated(numbered(q.number, q.key) for q in topics[0].questions) or "-",
        ),
    )


def _find_topics(
    view: StudyView, typed: str, wanted: str, guides: Sequence[Guide], *, numbers: bool
) -> Sequence[Topic]:
    """Return the one topic named, in each version of it under another key, the newest first."""
    found = _topics_called(wanted, guides)
    if not found and not wanted.isdigit():
        others = (view.guides.current(slug) for slug in view.guides.names())
        found = _topics_called(wanted, tuple(others))
    today = {view.crosswalk.now(Address(topic.key)) for topic in found}
    if len(today) == 1 and (numbers or not wanted.isdigit()):
        return found
    if found:
        spaced = as_name(typed)
        question = "" if spaced == wanted else f"/{spaced.rpartition('/')[2].strip()}"
        raise Ambiguous(
            _("“{typed}” is a number in several guides.").format(typed=typed)
            if wanted.isdigit()
            else _("“{typed}” is the name of several topics.").format(typed=typed),
            _("Use the key: {names}").format(
                names=enumerated(f"{topic.key}{question}" for topic in found)
            ),
        )
    raise NotFound(_("There is no topic “{typed}”.").format(typed=typed), topics_there_are(guides))


def topics_there_are(guides: Sequence[Guide]) -> str:
    """Return the sentence that lists the topics of ``guides``, each once, the newest number."""
    newest: dict[str, Topic] = {}
    for topic in (topic for guide in guides for topic in guide.topics):
        newest.setdefault(topic.key, topic)
    return _there_are(numbered(topic.number, topic.key) for topic in newest.values())


def _there_are(names: Iterable[str]) -> str:
    return _("There are: {names}").format(names=enumerated(names) or "-")


def _topics_called(wanted: str, guides: Sequence[Guide]) -> list[Topic]:
    found: dict[str, Topic] = {}
    asked = key(wanted)
    for guide in guides:
        for topic, titles in zip(guide.topics, _titles(guide), strict=True):
            names = {topic.key, str(topic.number), *topic.was}
            if wanted in names or (asked and asked in titles):
                found.setdefault(topic.key, topic)
    return list(found.values())


def _titles(guide: Guide) -> Iterator[Sequence[str]]:
    """Yield for each topic its titles in the form in which they are matched."""
    both = (words for topic in guide.topics for words in (topic.title, topic.short))
    titles = keys([title for words in both for title in (words.ja, words.en)])
    for at in range(len(guide.topics)):
        yield titles[4 * at : 4 * at + 4]


def find_participant(visit: Visit, typed: str) -> Participant:
    """Return the one person at the visit whom ``typed`` names: by name, post, or both."""
    wanted = key(typed.replace("/", "").replace("／", ""))
    found = [person for person in visit.participants if wanted and wanted in keys(_names(person))]
    found = found or [p for p in visit.participants if len(wanted) > 1 and wanted in key(p.name)]
    # A department that answered as such goes by its name alone.
    found = [p for p in found if key(str(p)) == wanted] or found
    if len(found) == 1:
        return found[0]
    present = enumerated(str(person) for person in visit.participants) or "-"
    raise (Ambiguous if found else NotFound)(
        _("“{typed}” fits several people at {visit}.").format(typed=typed, visit=visit.handle)
        if found
        else _("“{typed}” was not at {visit}.").format(typed=typed, visit=visit.handle),
        _(
            "Present: {people}. Add somebody with: fieldvisit visit edit {visit} "
            "--respondent department/position/name"
        ).format(people=present, visit=visit.handle),
    )


def _names(one: Participant) -> tuple[str, ...]:
    return one.name, one.role, one.position, one.department, str(one)


def present_as(visit: Visit, typed: str) -> Participant | None:
    """Return the one person at the visit whom ``typed`` names, None if it names no single one."""
    with suppress(NotFound, Ambiguous):
        return find_participant(visit, typed)
    return None


def participant(
    view: StudyView, visit: Visit, wanted: Participant, *, taken: Collection[str] = ()
) -> Participant:
    """Return a person at a visit; whoever came before is known again by name or, unnamed, by post.

    Names are compared among our people, and among those of the same city. At one visit, two of
    one name from two departments are two people, and nobody whose id is ``taken`` is meant.
    """
    here = [person for person in visit.participants if _same_here(person, wanted)]
    present = {person.person_id for person in visit.participants}
    elsewhere = (
        person
        for other in view.visits
        if other.id != visit.id and (wanted.side == OURS or other.city_code == visit.city_code)
        for person in other.participants
        if person.person_id not in present and _same_elsewhere(person, wanted)
    )
    for person in (*here, *elsewhere):
        if person.person_id not in taken:
            return replace(
                wanted,
                person_id=person.person_id,
                department=wanted.department or person.department,
                position=wanted.position or person.position,
            )
    return replace(wanted, person_id=ids.new_id())


def _same_here(one: Participant, other: Participant) -> bool:
    """Tell whether two entries of one visit mean one person, who may have got another position."""
    if not one.name:
        return _same_elsewhere(one, other)
    departments = {one.department, other.department} - {""}
    return (one.side, one.name) == (other.side, other.name) and len(departments) <= 1


def _same_elsewhere(one: Participant, other: Participant) -> bool:
    same_post = (one.department, one.position) == (other.department, other.position)
    return one.side == other.side and one.name == other.name and bool(one.name or same_post)
