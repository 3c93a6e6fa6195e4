"""`coverage`, `status`, `prepare`, `visit ask`: how visits stand, and what their sheets rest on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from fieldvisit.documents.status import Status
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.confirmation import SentPassage
from fieldvisit.fieldwork.coverage import (
    AskedBefore,
    CoverageInputs,
    Preparation,
    VisitCoverage,
    asked_before,
    cover,
)
from fieldvisit.fieldwork.crosswalk import decided, next_extra
from fieldvisit.fieldwork.guide import Address, Guide
from fieldvisit.fieldwork.letter import waits_for_word
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.visit import ChosenQuestion, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.drafts import drafts
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import checked


def coverage(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[VisitCoverage, ...], int]:
    """Return the coverage of visits (none = all but cancelled), how many notes are held back."""
    with viewing(given, audience, study_group) as view:
        chosen = [find_visit(view, typed) for typed in visits] or view.taking_place
        return tuple(cover_whole(view, visit) for visit in chosen), view.held_back_at(chosen)


def visit_and_coverage(
    given: Settings, typed: str, audience: str, study_group: str = ""
) -> tuple[VisitCoverage, tuple[Guide, ...], int]:
    """Return how one visit stands, its guides, and how many of its notes were held back."""
    with viewing(given, audience, study_group) as view:
        visit = find_visit(view, typed)
        return cover_visit(view, visit), view.guides.of(visit), view.held_back_at([visit])


def cover_visit(
    view: StudyView,
    visit: Visit,
    notes: Sequence[Note] | None = None,
    audience: str = "",
    topics: Collection[str] | None = None,
) -> VisitCoverage:
    """Return how a visit stands for ``audience`` (the view's); of its city's ``notes``, or all."""
    own = view.notes_for(visit) if notes is None else notes
    city = view.cities[visit.city_code]
    inputs = CoverageInputs(
        visit,
        city,
        view.guides.of(visit),
        known_attributes(city, visit.day or today()),
        tuple(note for note in own if note.visit_id in (None, visit.id)),
        _marks(view, visit),
    )
    return cover(inputs, view.crosswalk, audience or view.audience, topics)


def cover_whole(view: StudyView, visit: Visit) -> VisitCoverage:
    """Return the same with the passages on which the city was asked for its word."""
    sent = tuple(
        SentPassage(note, request)
        for note in view.notes_by_city.get(visit.city_code, ())
        if (request := view.confirmations.get(note.id))
        and (request.visit_id, request.state) == (visit.id, "sent")
    )
    return replace(cover_visit(view, visit), unconfirmed=sent)


def known_attributes(city: City, day: date) -> frozenset[str]:
    """Return class and attributes; none without a class, so that no question is left out for it."""
    return city.attributes_on(day) if city.class_on(day) else frozenset()


def _marks(view: StudyView, visit: Visit) -> tuple[Mark, ...]:
    """Return the marks of a visit; what was left out beforehand counts as not asked."""
    marks = view.marks_by_visit.get(visit.id, ())
    left_out = view.crosswalk.left_out(visit) - {view.crosswalk.now(m.address) for m in marks}
    why = _("left out beforehand")
    return (*marks, *(Mark(visit.id, address, "not-asked", why) for address in left_out))


def status(given: Settings, audience: str, study_group: str = "") -> tuple[Status, int]:
    """Return how the study stands, and how many notes are held back; drafts are of no group."""
    with viewing(given, audience, study_group) as view:
        known = (draft for draft in drafts(view.place) if draft.purpose.may_be_told(view.audience))
        told = tuple(draft.name for draft in known)
        found = Status(
            view.study,
            tuple(cover_whole(view, visit) for visit in view.taking_place),
            tuple(filter(waits_for_word, view.notes)),
            sum(not note.places for note in view.notes),
            0 if study_group else len(view.items),
            () if study_group else told,
            today(),
        )
        return found, view.held_back()


def visits_asked_before(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[AskedBefore, ...], Mapping[str, str]]:
    """Return what was asked before of what these visits ask, and the study groups' names."""
    with viewing(given, audience, study_group) as view:
        found = dict.fromkeys(find_visit(view, typed) for typed in visits)
        names = {group.short: group.name for group in view.groups}
        return tuple(one for visit in found for one in _asked_before(view, visit)), names


def _asked_before(view: StudyView, visit: Visit) -> tuple[AskedBefore, ...]:
    others = [other for other in view.taking_place if other.city_code == visit.city_code]
    if not any(other.id != visit.id for other in others):
        return ()
    usable = view.notes_for(visit)
    return asked_before(
        cover_visit(view, visit),
        [cover_visit(view, other, usable) for other in others],
    )


def prepare(
    given: Settings,
    visits: Sequence[str],
    audience: str,
    reply_by: str = "",
    study_group: str = "",
) -> tuple[tuple[Preparation, ...], int]:
    """Return what the sheets of these visits rest on, and how many of their notes are held back."""
    with viewing(given, audience, study_group) as view:
        found = dict.fromkeys(find_visit(view, typed) for typed in visits)
        prepared = (replace(preparation(view, visit), reply_by=reply_by) for visit in found)
        return tuple(prepared), view.held_back_at(found)


def preparation(view: StudyView, visit: Visit) -> Preparation:
    """Return what the sheets of one visit rest on."""
    city, day = view.cities[visit.city_code], visit.day or today()
    notes = view.notes_for(visit)
    placed: dict[Address, tuple[Note, ...]] = {}
    for note in notes:
        for address in dict.fromkeys(view.crosswalk.now(place) for place in note.places):
            placed[address] = (*placed.get(address, ()), note)
    return Preparation(
        view.study,
        view.groups,
        cover_visit(view, visit),
        day,
        known_attributes(city, day),
        placed,
        tuple(note for note in notes if not note.places),
        view.audience,
        elsewhere=view.visits_by_id,
        left_out=view.crosswalk.left_out(visit),
    )


def ask_questions(
    given: Settings,
    typed: str,
    choices: Mapping[str, str | None],
    new: Sequence[tuple[str, str]] = (),
) -> tuple[Visit, tuple[Address, ...]]:
    """Decide on questions of a visit; return it and the addresses of questions that are new.

    ``choices`` maps a question or a topic, as typed, to one of CHOICES, or to None for the
    guide's own; ``new`` are pairs of topic and text, asked at this visit only.
    """
    with changing(given, "visit ask") as (view, change):
        visit = find_visit(view, typed)
        meant = {
            address: choice
            for words, choice in choices.items()
            for address in _questions(view, visit, words, choice)
        }
        changed = replace(visit, questions=decided(visit.questions, meant, view.crosswalk.now))
        added = []
        for topic, text in new:
            extra = _extra(view, changed, topic, text)
            added.append(extra.address)
            changed = replace(changed, questions=(*changed.questions, extra))
        stored = visit if changed == visit else records.save(change, changed)
        return stored, tuple(added)


def _questions(view: StudyView, visit: Visit, words: str, choice: str | None) -> list[Address]:
    """Return the question named, or all questions of the topic named."""
    address = find_address(view, words, visit)
    found = [
        (Address(topic.key, question.key), question)
        for guide in view.guides.of(visit)
        for topic in guide.topics
        for question in topic.questions
        if address.covers(Address(topic.key, question.key))
    ]
    if not found:
        raise NotFound(
            _("{address} has no questions at {visit}.").format(address=address, visit=visit.handle),
            _("See them with: fieldvisit visit ask {visit}").format(visit=visit.handle),
        )
    for at, question in found if choice == "send" else ():
        if question.sensitive:
            raise Refused(
                _("{address} is sensitive and is never sent ahead.").format(address=at),
                _(
                    "Nothing was changed. It is asked orally: agree on disclosure first. “{ask}”"
                ).format(ask=question.ask),
            )
    return [at for at, _question in found]


def _extra(view: StudyView, visit: Visit, topic: str, text: str) -> ChosenQuestion:
    address = find_address(view, topic, visit)
    others = [other for other in view.every_visit if other.id != visit.id]
    own = any(guide.topic(address.topic) for guide in view.guides.of(visit))
    if address.question is not None or not own:
        raise NotFound(
            _("“{topic}” is no topic of {visit}.").format(topic=topic, visit=visit.handle),
            _("Name a topic, then the text of the question."),
        )
    at = next_extra([*others, visit], address.topic)
    return ChosenQuestion(at, "ask", checked(text, _("question")).strip())
