"""A filled sheet, or a colleague's memo: whose it is, and what the study holds of that visit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from fieldvisit import language
from fieldvisit.actions.coverage import preparation
from fieldvisit.documents import city_sheet, field_sheet
from fieldvisit.documents.sheets import addressed
from fieldvisit.documents.wordings import number
from fieldvisit.errors import NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.crosswalk import usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note, default_disclosure
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.review.item import Arrival, Proposed
from fieldvisit.review.likely_places import LikelyPlaces
from fieldvisit.review.memos import MemoInputs, items_of
from fieldvisit.review.pieces import IGNORED, ReturnedFile
from fieldvisit.review.sheet_rows import QuestionTexts
from fieldvisit.review.sheets import SheetInputs, propose
from fieldvisit.review.stored_texts import StoredTexts
from fieldvisit.review.tags import box_tag, read_tag, tags_of
from fieldvisit.storage import gate, queries
from fieldvisit.study.references import find_visit, present_as, visits_named
from fieldvisit.study.view import StudyView, today


def propose_sheet(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return what a sheet would change; Refused if it is of no visit, or of another one."""
    visit, reader = _visit_and_reader(view, file, arrival)
    return propose(file, _inputs(view, visit, reader, file.shown), arrival)


def _visit_and_reader(view: StudyView, file: ReturnedFile, arrival: Arrival) -> tuple[Visit, str]:
    """Return the visit and who filled the sheet in, empty where nothing says."""
    asked = find_visit(view, arrival.visit) if arrival.visit else None
    if asked and file.shown:
        return asked, "interviewer"
    sheet = [tag] if (tag := read_tag(file.sheet)).what == "sheet" else []
    found = sheet or [tag for piece in file.pieces if (tag := read_tag(piece.slot)).what]
    named = visits_named(view, found)
    reader = next((tag.reader for tag in found), "")
    if asked and (not named or asked.id in named):
        return asked, reader
    known = next((visit for visit in view.visits if visit.id in named), None)
    if asked and named:
        raise Refused(
            _("{path} was made for another visit.").format(path=file.path)
            + (f" ({known.handle})" if known else ""),
            _("Read it without --visit. Nothing was changed."),
        )
    if known is None:
        raise NotFound(
            _("{path} belongs to no visit of this study.").format(path=file.path),
            _("Say for which visit it is, with --visit VISIT. Nothing was changed."),
        )
    return known, reader


def _inputs(view: StudyView, visit: Visit, reader: str, shown: Mapping[str, str]) -> SheetInputs:
    """Return what a sheet is set against."""
    connection, now = view.connection, view.crosswalk.now
    questions = dict(_questions(view, visit))
    notes = gate.notes(connection, "all", gate.NotesAsked(visit_id=visit.id, deleted=True))
    left_out = view.crosswalk.left_out(visit)
    asked = {place: question for place, question in questions.items() if question}
    topics = view.crosswalk.topics_of(view.guides.of(visit))

    def usual(place: Address | None) -> str:
        said = shown.get(box_tag(visit.id, place))
        return said or view.usual_level((place,) if place else (), visit)

    def name(place: Address) -> str:
        topic = topics.get(place.topic)
        question = topic.question(place.question) if topic and place.question else None
        return number(topic, question) if topic else str(place)

    return SheetInputs(
        visit=visit,
        reader=reader,
        tags=tags_of(visit.id, questions),
        notes={note.id: note for note in notes},
        stored=_texts_there(view, visit, notes) if shown else _stored_texts(view, visit, notes),
        texts=cache(lambda: _texts(view, visit)),
        name=name,
        shown=lambda note, revision: gate.note_at(connection, note.id, revision),
        usual=usual,
        person=cache(partial(present_as, visit)),
        marks={now(one.address): one for one in view.marks_by_visit.get(visit.id, ())},
        choices={
            place: "skip" if place in left_out else usual_choice(question)
            for place, question in asked.items()
        },
        unsendable=frozenset(place for place, question in asked.items() if question.sensitive),
        today=today(),
    )


def _stored_texts(view: StudyView, visit: Visit, notes: Sequence[Note]) -> StoredTexts:
    """Return the notes and items of a visit; an entry that was taken back never came in."""
    connection = view.connection
    taken_back = queries.entries_taken_back(connection, "note")

    def versions(note: Note) -> Sequence[Note]:
        """Return a note as it stands and as it ever stood."""
        past = gate.revisions(connection, "all", note.id) if note.number > 1 else ()
        return (note, *(then for revision, then in past if revision.object == note.id))

    came_in = (note for note in notes if not (note.deleted and note.id in taken_back))
    return StoredTexts(
        ((note, versions(note)) for note in came_in),
        [one for one in queries.items(connection) if one.visit_id == visit.id],
        view.crosswalk.now,
    )


def _texts_there(view: StudyView, visit: Visit, notes: Sequence[Note]) -> StoredTexts:
    """Return the notes that stand and the items that wait: what was taken out may be typed anew."""
    waiting = queries.items(view.connection, state="waiting")
    return StoredTexts(
        ((note, (note,)) for note in notes if not (note.deleted or note.replaced_by)),
        [one for one in waiting if one.visit_id == visit.id],
        view.crosswalk.now,
    )


def _questions(view: StudyView, visit: Visit) -> Iterator[tuple[Address, Question | None]]:
    """Yield every place of the visit's guides, as it is called today, topics too."""
    for key, topic in view.crosswalk.topics_of(view.guides.of(visit)).items():
        yield Address(key), None
        for question in topic.questions:
            yield Address(key, question.key), question


def _texts(view: StudyView, visit: Visit) -> QuestionTexts:
    """Return the questions as they may stand on a sheet, in both languages."""
    found, texts, labels, topics = preparation(view, visit), [], [], []
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            labels.append(city_sheet.answer_label())
            topics.append(field_sheet.unsorted())
            for topic in found.coverage.topics:
                topics.append(str(topic.topic.title))
                for question, standing in zip(topic.topic.questions, topic.questions, strict=True):
                    texts.append((addressed(found, question.ask), standing.address))
                    texts.append((city_sheet.asked_as(found, question), standing.address))
    return QuestionTexts(texts, labels, topics)


def propose_memo(view: StudyView, file: ReturnedFile, arrival: Arrival) -> Proposed:
    """Return an item for each part of a memo; WrongUsage if nobody said which visit it is about."""
    if not arrival.visit:
        raise WrongUsage(
            _("A memo does not say which visit it is about."), _("Name it with --visit VISIT.")
        )
    visit = find_visit(view, arrival.visit)
    materials = gate.materials(view.connection, "all")
    notes = gate.notes(view.connection, "all", gate.NotesAsked(visit_id=visit.id))

    @cache
    def usual(kind: str, place: Address | None) -> str:
        places = (place,) if place else ()
        return default_disclosure(kind, view.usual_level(places, visit))

    found = queries.items(view.connection, state="dropped")
    dropped = [o for o in found if o.visit_id == visit.id and o.sha256 != file.sha256]
    inputs = MemoInputs(
        visit,
        LikelyPlaces(view.guides.of(visit)),
        usual,
        frozenset(found.label for found in materials if found.visit_id == visit.id),
        frozenset([note.body for note in notes] + [one.text for one in dropped]),
    )
    ignored = tuple(piece for piece in file.pieces if piece.look in IGNORED)
    return Proposed("memo", visit.handle, items_of(file, inputs, arrival), 0, ignored)
