"""The field sheet (ヒアリングシート・聞き手用): what the interviewer carries.

As a page it has boxes, as a table rows, for every question that may be asked and each note.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from fieldvisit.documents import sheets, wordings
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.page import (
    FRAME_IN_EDITOR,
    Block,
    Box,
    Bullets,
    Facts,
    Heading,
    Page,
    Paragraph,
)
from fieldvisit.documents.sheets import AnswerRow, addressed
from fieldvisit.documents.wordings import number
from fieldvisit.fieldwork import terms
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.crosswalk import usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _, enumerated
from fieldvisit.review.marks import mark, marked, speaker_mark
from fieldvisit.review.tags import Tag, box_tag, note_tag, read_tag

Levels = Mapping[Address | None, str]
_ELSEWHERE: Levels = {}  # only the sheet in the editor says levels


def document(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the sheet; ``only_open`` leaves the questions still to ask or to follow."""
    tag = str(Tag("sheet", found.visit.id))

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


def in_editor(found: Preparation, levels: Levels) -> Page:
    """Return the sheet as it is filled in with an editor: with a box for whatever may be said.

    ``levels`` are those of a text without a mark, by place.
    """
    blocks = _blocks(found, only_open=False, levels=levels)
    return Page(tuple(_framed(one) if isinstance(one, Box) else one for one in blocks))


def _framed(box: Box) -> Box:
    """Return a box for an editor: its tag is short, since the sheet belongs to one visit."""
    return replace(box, lines=1, tag=read_tag(box.tag).place or box.tag, frame=FRAME_IN_EDITOR)


def note_marks(note: Note) -> str:
    """Return the marks that stand before a note on the sheet in the editor."""
    return marked(note.kind, note.disclosure, str(note.speaker or ""))


def _blocks(found: Preparation, *, only_open: bool, levels: Levels = _ELSEWHERE) -> Iterator[Block]:
    city = wordings.city(found.coverage.city, found.day)
    yield Heading(1, _("Field sheet: {city}").format(city=city))
    yield Paragraph(wordings.audience_line(found.audience), quiet=True)
    if levels:
        yield Bullets(tuple(_how_to_write()))
    yield Facts.known(_particulars(found))
    for topic in found.coverage.topics:
        yield from _topic(found, topic, only_open=only_open, levels=levels)
    if found.unsorted or levels:
        yield Heading(2, _("Not filed under a topic yet"))
        yield from _known(found, found.unsorted)
        yield from _boxes(found, found.unsorted, levels)
    if levels:
        yield from _box(found, None, 1, levels)


def _how_to_write() -> Iterator[str]:
    levels = "".join(mark(terms.DISCLOSURES, value) for value in terms.DISCLOSURES)
    kinds = marked("quote", "", "") + marked("remark", "", "")
    yield _("Write inside the frames: each paragraph becomes a note; an empty line ends it.")
    yield _("Before it who may see it, what it is, who said it: {levels}{kinds}{speaker}").format(
        levels=levels, kinds=kinds, speaker=speaker_mark("…")
    )
    yield _(
        "Without a level a statement is {usual}, unless another one stands at its question; a "
        "remark is {closed}."
    ).format(usual=mark(terms.DISCLOSURES, "confirm"), closed=mark(terms.DISCLOSURES, "group"))
    yield _("An emptied frame deletes nothing. Delete with: fieldvisit note delete NOTE")


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


def _topic(
    found: Preparation, topic: TopicCoverage, *, only_open: bool, levels: Levels
) -> Iterator[Block]:
    chosen = [
        (question, standing)
        for question, standing in topic.standings
        if levels or _is_to_be_asked(found, standing, only_open=only_open)
    ]
    if only_open and not chosen:
        return
    yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
    address = Address(topic.topic.key)
    yield from _noted(found, address, levels)
    if levels or not topic.topic.questions:
        yield from _box(found, address, 6, levels)
    for question, standing in chosen:
        yield from _asked(found, number(topic.topic, question), question, standing)
        yield from _noted(found, standing.address, levels)
        yield from _box(found, standing.address, 4, levels)


def _is_to_be_asked(found: Preparation, standing: Standing, *, only_open: bool) -> bool:
    is_chosen = standing.in_scope and standing.address not in found.left_out
    return is_chosen and (not only_open or standing.state in STILL_TO_ASK)


def _box(
    found: Preparation, address: Address | None, lines: int, levels: Levels
) -> Iterator[Block]:
    """Yield an empty box, under the level of a text without a mark if it is not the usual one."""
    usual = levels.get(address, "confirm")
    if usual != "confirm":
        level = mark(terms.DISCLOSURES, usual)
        yield Paragraph(_("Without a mark a text here is {mark}.").format(mark=level), quiet=True)
    yield Box("", lines, box_tag(found.visit.id, address))


def _asked(
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


def _noted(found: Preparation, address: Address, levels: Levels) -> Iterator[Block]:
    notes = found.notes_on(address)
    for known in _known(found, notes):
        yield Paragraph(_("Known so far:"))
        yield known
    yield from _boxes(found, notes, levels)


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


def _boxes(found: Preparation, notes: Iterable[Note], levels: Levels) -> Iterator[Box]:
    """Yield a box for each note of this visit, to be corrected in its place."""
    for note in notes:
        if note.visit_id == found.visit.id:
            before, inside = (
                (wordings.published(note), note_marks(note))
                if levels
                else (f"{wordings.marks(note)}{wordings.origin(note)}", "")
            )
            label = f"{before} [{note.handle}]".strip()
            yield Box(label, 1, note_tag(note), inside + note.body)


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
                "tag": note_tag(note),
                "answer": note.body,
                "kind": terms.KINDS.word(note.kind),
                "disclosure": terms.DISCLOSURES.word(note.disclosure),
                "speaker": str(note.speaker or ""),
            }


def unsorted() -> str:
    """Return what stands instead of a topic beside what is not filed."""
    return _("Unsorted")
