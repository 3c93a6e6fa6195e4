"""The field sheet (ヒアリングシート・聞き手用): what the interviewer carries.

As a page it has boxes, as a table rows, for every question that may be asked and each note.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from fieldvisit.documents import sheets, wordings
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.page import Block, Box, Bullets, Facts, Heading, Page, Paragraph
from fieldvisit.documents.sheets import AnswerRow, addressed
from fieldvisit.documents.wordings import number
from fieldvisit.fieldwork import terms
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.crosswalk import usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _, enumerated
from fieldvisit.review.tags import box_tag, note_tag, sheet_tag


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    tag = sheet_tag(found.visit.id, "interviewer")

    def page() -> Page:
        blocks = tuple(_blocks(found, only_open=only_open))
        return Page(blocks, sheets.running_head(found), tag)

    def grid() -> Grid:
        title = _("Field sheet: {city}").format(city=found.coverage.city.name)
        about = (title, wordings.days(found.visit), wordings.audience_line(found.audience))
        return sheets.answer_table(
            "interviewer",
            _rows(found, only_open=only_open),
            title=title,
            instructions=tuple(filter(None, about)),
            sheet=tag,
        )

    return Document("field-sheet", page, grid, sheet=True)


def _blocks(found: Preparation, *, only_open: bool) -> Iterator[Block]:
    city = wordings.city(found.coverage.city, found.day)
    yield Heading(1, _("Field sheet: {city}").format(city=city))
    yield Paragraph(wordings.audience_line(found.audience), quiet=True)
    yield Facts.known(_particulars(found))
    for topic in found.coverage.topics:
        yield from _topic(found, topic, only_open=only_open)
    if found.unsorted:
        yield Heading(2, not_filed())
        yield from _known(found, found.unsorted)
        yield from _boxes(found, found.unsorted)


def _particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    visit, study = found.visit, found.study
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("study groups"), sheets.group_names(found, visit)),
        (_("visit"), f"{visit.handle} {terms.MODES.word(visit.mode)}"),
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
        for question, standing in topic.standings
        if standing.in_scope
        and standing.address not in found.left_out
        and (not only_open or standing.state in STILL_TO_ASK)
    ]
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


def asked(
    found: Preparation, number: str, question: Question, standing: Standing
) -> Iterator[Block]:
    """Yield a question as the interviewer reads it: its words, how it is asked, how it stands."""
    yield Heading(3, f"{number} {addressed(found, question.ask)}")
    if line := " ".join(wordings.labels(question)):
        yield Paragraph(line, quiet=True)
    if question.gate:
        yield Paragraph(_("Ask {gate}.").format(gate=addressed(found, question.gate)))
    fitting = (probe for probe in question.probes if found.is_for_this_city(probe))
    if probes := [addressed(found, probe.ask) for probe in fitting]:
        yield Bullets(tuple(probes))
    if standing.state != "open":
        yield Paragraph(_("State: {state}").format(state=wordings.state(standing)))


def _noted(found: Preparation, address: Address) -> Iterator[Block]:
    yield from from_elsewhere(found, address)
    yield from _boxes(found, found.notes_on(address))


def from_elsewhere(found: Preparation, address: Address) -> Iterator[Block]:
    """Yield what is known of a question or topic that was not said at this visit."""
    for known in _known(found, found.notes_on(address)):
        yield Paragraph(_("Known so far:"))
        yield known


def _known(found: Preparation, notes: Iterable[Note]) -> Iterator[Bullets]:
    """Yield the notes from elsewhere as a list; one from another visit says from which."""
    lines = (
        _earlier(found, note) + wordings.statement(note)
        for note in notes
        if note.visit_id != found.visit.id
    )
    if items := tuple(lines):
        yield Bullets(items)


def _earlier(found: Preparation, note: Note) -> str:
    visit = found.elsewhere.get(note.visit_id or "")
    if visit is None or note.kind not in terms.ANSWERING_KINDS:
        return _("(earlier visit) ") if note.visit_id else ""
    when = wordings.days(replace(visit, time="")) if visit.first_day else visit.handle
    if groups := sheets.group_names(found, visit):
        return _("(already said on {date} for {groups}) ").format(date=when, groups=groups)
    return _("(already said on {date}) ").format(date=when)


def _boxes(found: Preparation, notes: Iterable[Note]) -> Iterator[Box]:
    """Yield a box for each note of this visit, to be corrected in its place."""
    for note in notes:
        if note.visit_id == found.visit.id:
            label = f"{wordings.marks(note)}{wordings.origin(note)} [{note.handle}]".strip()
            yield Box(label, 1, _note_tag(found, note), note.body)


def _note_tag(found: Preparation, note: Note) -> str:
    return note_tag(found.visit.id, note.handle, note.revision)


def not_filed() -> str:
    """Return the heading of what is not filed."""
    return _("Not filed under a topic yet")


def _rows(found: Preparation, *, only_open: bool) -> Iterator[AnswerRow]:
    """Yield the rows of the table: for each place the notes of this visit, then an empty one."""
    for topic in found.coverage.topics:
        own = Address(topic.topic.key)
        whole = {"number": str(topic.topic.number), "topic": str(topic.topic.title)}
        yield from _note_rows(found, found.notes_on(own), whole)
        if not topic.topic.questions:
            yield {**whole, "tag": box_tag(found.visit.id, own)}
        for question, standing in topic.standings:
            if standing.in_scope and (not only_open or standing.state in STILL_TO_ASK):
                yield from _question(found, topic, question, standing)
    yield from _note_rows(found, found.unsorted, {"topic": unsorted()})


def _question(
    found: Preparation, topic: TopicCoverage, question: Question, standing: Standing
) -> Iterator[AnswerRow]:
    row = {
        "tag": box_tag(found.visit.id, standing.address),
        "number": number(topic.topic, question),
        "topic": str(topic.topic.title),
        "question": addressed(found, question.ask),
    }
    left_out = standing.address in found.left_out
    choice = "skip" if left_out else usual_choice(question)
    is_marked = standing.state in terms.MARKS and not left_out
    yield from _note_rows(found, found.notes_on(standing.address), row)
    state = terms.STATES.word(standing.state) if is_marked else ""
    yield {**row, "choice": terms.CHOICES.word(choice), "state": state}


def _note_rows(found: Preparation, notes: Iterable[Note], row: AnswerRow) -> Iterator[AnswerRow]:
    for note in notes:
        if note.visit_id == found.visit.id:
            yield {
                **row,
                "tag": _note_tag(found, note),
                "answer": note.body,
                "kind": terms.KINDS.word(note.kind),
                "disclosure": terms.DISCLOSURES.word(note.disclosure),
                "speaker": str(note.speaker or ""),
            }


def unsorted() -> str:
    """Return what stands instead of a topic beside what is not filed."""
    return _("Unsorted")
