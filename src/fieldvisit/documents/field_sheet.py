"""The field sheet (ヒアリングシート・聞き手用): what the interviewer carries."""

from collections.abc import Iterable, Iterator, Sequence

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.fieldwork.coverage import TopicCoverage
from fieldvisit.fieldwork.guide import Address, Question, Words
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.fieldwork.terms import ATTRIBUTES, MODES
from fieldvisit.language import _, enumerated


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    return Document("field-sheet", lambda: Page(tuple(_blocks(found, only_open=only_open))))


def _blocks(found: Preparation, *, only_open: bool) -> Iterator[Block]:
    city = wordings.city(found.coverage.city, found.day)
    title = _("Field sheet: {city}").format(city=city)
    yield Heading(1, title)
    yield Paragraph(wordings.audience_line(found.audience), quiet=True)
    yield Facts.known(_particulars(found))
    for topic in found.coverage.topics:
        yield from _topic(found, topic, only_open=only_open)
    yield from _unsorted(found)
    yield from _left_out(found.coverage.topics)


def _particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    visit, study = found.visit, found.study
    known = {group.short: group.name for group in found.groups}
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("study groups"), enumerated(known.get(s, s) for s in visit.study_groups)),
        (_("visit"), f"{visit.handle} {MODES.word(visit.mode)}"),
        (_("date"), wordings.days(visit)),
        (_("place"), visit.place),
        (_("interviewers"), enumerated(map(str, visit.interviewers))),
        (_("respondents"), enumerated(map(str, visit.respondents))),
        (_("contact"), visit.contact),
        (_("consent"), visit.consent or _("(recording, names, quotes: ask at the beginning)")),
    )


def _topic(found: Preparation, topic: TopicCoverage, *, only_open: bool) -> Iterator[Block]:
    chosen = [
        (question, standing)
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
        if standing.in_scope and (not only_open or standing.state in STILL_TO_ASK)
    ]
    if only_open and not chosen:
        return
    yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
    own = found.notes_on(Address(topic.topic.key))
    if own:
        yield Paragraph(_("Known so far:"))
        yield Bullets(tuple(_known(found, note) for note in own))
    for question, standing in chosen:
        yield from _question(found, topic, question, standing)
    if not topic.topic.questions:
        yield Box("", 6)


def _question(
    found: Preparation, topic: TopicCoverage, question: Question, standing: Standing
) -> Iterator[Block]:
    yield Heading(3, f"{topic.topic.number}/{question.number} {_said(found, question.ask)}")
    labels = [
        _("[common question]") if question.common else "",
        _("[sent ahead]") if question.send else "",
        _("[orally only: agree on disclosure first]") if question.sensitive else "",
    ]
    if line := " ".join(label for label in labels if label):
        yield Paragraph(line, quiet=True)
    if question.gate:
        yield Paragraph(_("Ask {gate}.").format(gate=_said(found, question.gate)))
    probes = [_said(found, probe.ask) for probe in question.probes if found.is_for_this_city(probe)]
    if probes:
        yield Bullets(tuple(f"→ {probe}" for probe in probes))
    if standing.state != "open":
        yield Paragraph(_("State: {state}").format(state=wordings.state(standing)))
    notes = found.notes_on(standing.address)
    if notes:
        yield Paragraph(_("Known so far:"))
        yield Bullets(tuple(_known(found, note) for note in notes))
    yield Box("", 4)


def _said(found: Preparation, words: Words) -> str:
    return wordings.addressed(words, found.coverage.city, found.day)


def _known(found: Preparation, note: Note) -> str:
    """Return a note; one from another visit says which."""
    elsewhere = "" if note.visit_id in (None, found.visit.id) else _("(earlier visit) ")
    return elsewhere + wordings.statement(note)


def _unsorted(found: Preparation) -> Iterator[Block]:
    if found.unsorted:
        yield Heading(2, _("Not filed under a topic yet"))
        yield Bullets(tuple(_known(found, note) for note in found.unsorted))


def _left_out(topics: Sequence[TopicCoverage]) -> Iterator[Block]:
    items = [
        f"{topic.topic.number}/{question.number} {question.ask}"
        + wordings.bracketed(
            _("for: {classes}").format(classes=enumerated(map(ATTRIBUTES.word, question.classes)))
        )
        for topic in topics
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
        if not standing.in_scope
    ]
    if items:
        yield Heading(2, _("Out of scope for this city"))
        yield Bullets(tuple(items))
