"""The field sheet (ヒアリングシート・聞き手用): what the interviewer carries."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from fieldvisit.documents import field_grid, wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.documents.sheet_parts import (
    addressed,
    group_names,
    number,
    running_head,
    study_groups,
)
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.fieldwork.terms import ANSWERING_KINDS, ATTRIBUTES, MODES
from fieldvisit.language import _, enumerated
from fieldvisit.review.tags import box_tag, note_tag, sheet_tag


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    return Document(
        "field-sheet",
        lambda: page(found, only_open=only_open),
        lambda: field_grid.grid(found, only_open=only_open),
        sheet=True,
    )


def page(found: Preparation, *, only_open: bool = False) -> Page:
    """Return the sheet as a page with boxes, one of them for each note of this visit."""
    blocks = tuple(_blocks(found, only_open=only_open))
    return Page(blocks, running_head(found), sheet_tag(found.visit.id, "interviewer"))


def _blocks(found: Preparation, *, only_open: bool) -> Iterator[Block]:
    city = wordings.city(found.coverage.city, found.day)
    title = _("Field sheet: {city}").format(city=city)
    yield Heading(1, title)
    yield Paragraph(wordings.audience_line(found.audience), quiet=True)
    yield Facts.known(_particulars(found))
    for topic in found.coverage.topics:
        yield from _topic(found, topic, only_open=only_open)
    yield from _unsorted(found)
    yield from _left_out(found)


def _particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    visit, study = found.visit, found.study
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("study groups"), study_groups(found)),
        (_("visit"), f"{visit.handle} {MODES.word(visit.mode)}"),
        (_("date"), wordings.days(visit)),
        (_("place"), visit.place),
        (_("interviewers"), enumerated(map(str, visit.interviewers))),
        (_("respondents"), enumerated(map(str, visit.respondents))),
        (_("contact"), visit.contact),
        (_("consent"), visit.consent or _("(recording, names, quotes: ask at the beginning)")),
    )


def _topic(found: Preparation, topic: TopicCoverage, *, only_open: bool) -> Iterator[Block]:
    chosen = to_ask(found, topic, only_open=only_open)
    if only_open and not chosen:
        return
    yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
    address = Address(topic.topic.key)
    yield from _noted(found, address)
    if not topic.topic.questions:
        yield Box("", 6, box_tag(found.visit.id, address))
    for question, standing in chosen:
        yield from asked(found, number(topic.topic, question), question, standing)
        yield from _noted(found, standing.address)
        yield Box("", 4, box_tag(found.visit.id, standing.address))


def to_ask(
    found: Preparation, topic: TopicCoverage, *, only_open: bool = False
) -> list[tuple[Question, Standing]]:
    """Return the questions of a topic that the sheet asks, in the guide's order."""
    return [
        (question, standing)
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
        if standing.in_scope
        and standing.address not in found.left_out
        and (not only_open or standing.state in STILL_TO_ASK)
    ]


def asked(
    found: Preparation, number: str, question: Question, standing: Standing
) -> Iterator[Block]:
    """Yield a question as the interviewer reads it: its words, how it is asked, how it stands."""
    yield Heading(3, f"{number} {addressed(found, question.ask)}")
    labels = [
        _("[common question]") if question.common else "",
        _("[sent ahead]") if question.send else "",
        _("[orally only: agree on disclosure first]") if question.sensitive else "",
    ]
    if line := " ".join(label for label in labels if label):
        yield Paragraph(line, quiet=True)
    if question.gate:
        yield Paragraph(_("Ask {gate}.").format(gate=addressed(found, question.gate)))
    fitting = (probe for probe in question.probes if found.is_for_this_city(probe))
    if probes := [addressed(found, probe.ask) for probe in fitting]:
        yield Bullets(tuple(probes))
    if standing.state != "open":
        yield Paragraph(state_line(wordings.state(standing)))


def state_line(state: str) -> str:
    """Return what is printed below a question that is not open; ``state`` is in words."""
    return _("State: {state}").format(state=state)


def _noted(found: Preparation, address: Address) -> Iterator[Block]:
    """Yield what is known from elsewhere, and a box for each note of this visit."""
    yield from from_elsewhere(found, address)
    for note in found.notes_on(address):
        if note.visit_id == found.visit.id:
            yield note_box(found, note)


def from_elsewhere(found: Preparation, address: Address) -> Iterator[Block]:
    """Yield what is known of a question or topic that was not said at this visit."""
    notes = [note for note in found.notes_on(address) if note.visit_id != found.visit.id]
    if notes:
        yield Paragraph(known_so_far())
        yield Bullets(tuple(known(found, note) for note in notes))


def known_so_far() -> str:
    """Return what stands above notes from elsewhere."""
    return _("Known so far:")


def note_box(found: Preparation, note: Note) -> Box:
    """Return the box that holds a note of this visit, to be corrected in its place."""
    label = f"{wordings.marks(note)}{wordings.origin(note)} [{note.handle}]".strip()
    return Box(label, 1, note_tag(found.visit.id, note.handle, note.revision), note.body)


def known(found: Preparation, note: Note) -> str:
    """Return a note from elsewhere; one from another visit says from which, and for whom."""
    return _earlier(found, note) + wordings.statement(note)


def _earlier(found: Preparation, note: Note) -> str:
    visit = found.elsewhere.get(note.visit_id or "")
    if visit is None or note.kind not in ANSWERING_KINDS:
        return _("(earlier visit) ") if note.visit_id else ""
    when = wordings.days(replace(visit, time="")) if visit.first_day else visit.handle
    if groups := group_names(found, visit):
        return _("(already said on {date} for {groups}) ").format(date=when, groups=groups)
    return _("(already said on {date}) ").format(date=when)


def headings_below() -> tuple[str, str, str]:
    """Return the headings below all topics: of what is not filed, left out, and out of scope."""
    return (
        _("Not filed under a topic yet"),
        _("Left out at this visit"),
        _("Out of scope for this city"),
    )


def _unsorted(found: Preparation) -> Iterator[Block]:
    if found.unsorted:
        yield Heading(2, headings_below()[0])
        if elsewhere := [note for note in found.unsorted if note.visit_id != found.visit.id]:
            yield Bullets(tuple(known(found, note) for note in elsewhere))
        for note in found.unsorted:
            if note.visit_id == found.visit.id:
                yield note_box(found, note)


def _left_out(found: Preparation) -> Iterator[Block]:
    questions = [
        (unasked(topic, question), standing)
        for topic in found.coverage.topics
        for question, standing in zip(topic.topic.questions, topic.questions, strict=True)
    ]
    left_out = tuple(text for text, standing in questions if standing.address in found.left_out)
    out_of_scope = tuple(text for text, standing in questions if not standing.in_scope)
    _unfiled, skipped, elsewhere = headings_below()
    if left_out:
        yield Heading(2, skipped)
        yield Bullets(left_out)
    if out_of_scope:
        yield Heading(2, elsewhere)
        yield Bullets(out_of_scope)


def unasked(topic: TopicCoverage, question: Question) -> str:
    """Return a question as it is listed where it is not asked."""
    return f"{topic.topic.number}/{question.number} {question.ask}{_for(question)}"


def _for(question: Question) -> str:
    if not question.classes:
        return ""
    classes = enumerated(map(ATTRIBUTES.word, question.classes))
    return wordings.bracketed(_("for: {classes}").format(classes=classes))
