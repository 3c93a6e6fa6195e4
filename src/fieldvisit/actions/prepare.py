"""`prepare`, `visit ask`: which questions a visit has, and what its sheets rest on."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.actions.coverage import cover_visit, known_attributes
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.coverage import AskedBefore, Preparation, asked_before
from fieldvisit.fieldwork.crosswalk import decided, next_extra
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import ChosenQuestion, Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import StudyView, today, viewing
from fieldvisit.text import checked


def visits_asked_before(
    given: Settings, visits: Sequence[str], audience: str, study_group: str = ""
) -> tuple[tuple[AskedBefore, ...], Mapping[str, str]]:
    """Return what was asked before of what these visits ask, as ``audience`` may see it.

    The second value names the study groups by their short names.
    """
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
        usable,
        view.crosswalk,
    )


def prepare(
    given: Settings,
    visits: Sequence[str],
    audience: str,
    reply_by: str = "",
    study_group: str = "",
) -> tuple[tuple[Preparation, ...], int]:
    """Return what the sheets of these visits rest on, and how many of their notes are held back.

    With ``study_group`` they rest on what this group may use.
    """
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
    )


def questions_of(given: Settings, typed: str, audience: str) -> Preparation:
    """Return the visit with its questions, as they are fitted to the city and decided."""
    with viewing(given, audience) as view:
        return preparation(view, find_visit(view, typed))


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
        changed = replace(visit, questions=decided(visit.questions, meant))
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
    for at, question in found:
        if choice == "send" and question.sensitive:
            _refuse_to_send(at, question)
    return [at for at, _question in found]


def _refuse_to_send(address: Address, question: Question) -> None:
    raise Refused(
        _("{address} is sensitive and is never sent ahead.").format(address=address),
        _("Nothing was changed. It is asked orally: agree on disclosure first. “{ask}”").format(
            ask=question.ask
        ),
    )


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
