"""What cities still owe: the sheet that asks them again, and what stands in it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fieldvisit.documents import answer_grid, question_sheet, shapes, wordings
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.page import Block, Box, Facts, Heading, Page, Paragraph, Table
from fieldvisit.documents.shapes import Shape
from fieldvisit.documents.sheet_parts import number, running_head
from fieldvisit.fieldwork.coverage import Owed, Preparation, TopicCoverage
from fieldvisit.fieldwork.guide import Question
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _, counted, enumerated
from fieldvisit.review.tags import box_tag, sheet_tag


def blocks(found: Sequence[Owed]) -> Iterator[Block]:
    """Yield the list in its order, nothing if nothing is owed."""
    if not found:
        return
    rows = [
        [_due(owed), f"{owed.city.name} {owed.visit.handle}", owed.who, what(owed)]
        for owed in found
    ]
    head = [_("due"), _("city"), _("to ask"), _("what")]
    if not any(owed.who for owed in found):
        head, rows = [head[at] for at in (0, 1, 3)], [[row[at] for at in (0, 1, 3)] for row in rows]
    yield Heading(2, _("To follow"))
    yield Table.of(head, rows)


def what(owed: Owed) -> str:
    """Return in words what is owed: the question, or how many passages."""
    if owed.topic is None:
        return _passages(owed)
    words = owed.question.ask if owed.question else owed.topic.title
    day = owed.visit.day
    said = wordings.addressed(words, owed.city, day) if day else str(words)
    reason = owed.standing.reason if owed.standing else ""
    return f"{number(owed.topic, owed.question)} {said}{wordings.bracketed(reason)}"


def _passages(owed: Owed) -> str:
    text = counted(
        "{n} passage to be confirmed", "{n} passages to be confirmed", len(owed.passages)
    )
    sent = min(one.request.sent_on for one in owed.passages)
    details = [
        _("sent {date}").format(date=wordings.day(sent)) if sent else "",
        _("changed since: {n}").format(n=owed.changed) if owed.changed else "",
    ]
    return text + wordings.bracketed(enumerated(detail for detail in details if detail))


def _due(owed: Owed) -> str:
    if not owed.due:
        return _("no date")
    over = counted("OVERDUE by {n} day", "OVERDUE by {n} days", owed.days_over)
    return wordings.day(owed.due) + wordings.bracketed(over if owed.is_overdue else "")


def shape(found: Sequence[Owed]) -> list[Shape]:
    """Return the list for JSON."""
    return [_shape(owed) for owed in found]


def _shape(owed: Owed) -> Shape:
    sent = [one.request.sent_on for one in owed.passages]
    where = owed.standing.address if owed.standing else None
    return {
        "kind": owed.kind,
        "visit": owed.visit.handle,
        "city": shapes.city_name(owed.city),
        "to_ask": owed.who or None,
        "topic": where.topic if where else None,
        "question": where.question if where else None,
        "reason": (owed.standing.reason if owed.standing else "") or None,
        "passages": [one.note.handle for one in owed.passages],
        "changed": owed.changed,
        "sent": min(sent, default="") or None,
        "due": owed.due or None,
        "days_overdue": owed.days_over,
    }


Asked = tuple[TopicCoverage, Question | None, Standing]


def document(found: Preparation) -> Document:
    """Return the sheet."""
    return Document("follow-up-sheet", lambda: page(found), lambda: grid(found), sheet=True)


def page(found: Preparation) -> Page:
    """Return the sheet as a page with a box after each question."""
    return Page(tuple(_blocks(found)), running_head(found), sheet_tag(found.visit.id, "city"))


def grid(found: Preparation) -> Grid:
    """Return the sheet as a table with a row for each question."""
    rows = [
        answer_grid.AnswerRow(
            tag=_tag(found, standing),
            number=number(topic.topic, question),
            topic=str(topic.topic.title),
            question=question_sheet.asked(found, question) if question else "",
        )
        for topic, question, standing in _remaining(found)
    ]
    facts = (f"{name}: {value}" for name, value in question_sheet.particulars(found) if value)
    return answer_grid.for_the_city(
        rows,
        title=_("Thanks and further questions"),
        instructions=(*facts, *_letter(found), *_promises(found)),
        sheet=sheet_tag(found.visit.id, "city"),
    )


def _remaining(found: Preparation) -> Iterator[Asked]:
    """Yield what the city is asked: what it said would follow, and what was sent and is open.

    A topic as such has no question. Sensitive questions are never put in writing.
    """
    for topic in found.coverage.topics:
        yield from ((topic, None, standing) for standing in topic.owed)
        for question, standing in topic.standings:
            if question.sensitive:
                continue
            if standing.state == "to-follow" or _was_sent(found, question, standing):
                yield topic, question, standing


def _was_sent(found: Preparation, question: Question, standing: Standing) -> bool:
    is_open = standing.state in STILL_TO_ASK and standing.address not in found.left_out
    return question.send and standing.in_scope and is_open


def _blocks(found: Preparation) -> Iterator[Block]:
    city = found.coverage.city.name
    yield Heading(1, _("Thanks and further questions: {city}").format(city=city))
    yield Facts.known(question_sheet.particulars(found))
    for line in _letter(found):
        yield Paragraph(line)
    above = None
    for topic, question, standing in _remaining(found):
        if topic is not above:
            yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
            above = topic
        if question:
            asked = question_sheet.asked(found, question)
            yield Heading(3, f"{number(topic.topic, question)} {asked}")
        if standing.state == "to-follow":
            yield Paragraph(promised(wordings.due(standing.due)))
        yield Box(question_sheet.answer_label(), 4, _tag(found, standing))


def _letter(found: Preparation) -> Iterator[str]:
    """Yield what is said before the questions."""
    if found.visit.first_day:
        yield thanks().format(date=wordings.days(replace(found.visit, time="")))
    else:
        yield _("Thank you very much for the time that you gave us.")
    if not any(True for _asked in _remaining(found)) and found.coverage.topics:
        return
    if found.reply_by:
        yield request().format(date=wordings.day(found.reply_by))
    else:
        yield _(
            "Some points were to follow, or could not be asked yet. We would be most grateful for "
            "your answer to the following."
        )
    yield _("The numbers are those of our list of questions, so that there may be gaps.")


def thanks() -> str:
    """Return the sentence of thanks, with `{date}` for the day of the visit."""
    return _("Thank you very much for the time that you gave us on {date}.")


def request() -> str:
    """Return the request, with `{date}` for the day by which to answer."""
    return _(
        "Some points were to follow, or could not be asked yet. We would be most grateful for "
        "your answer to the following by {date}."
    )


def promised(details: str = "") -> str:
    """Return what stands below a question whose answer the city said would follow."""
    return _("To follow, as you kindly told us") + wordings.bracketed(details)


def _promises(found: Preparation) -> Iterator[str]:
    """Yield for a table, which has no place beside its questions, what is to follow by when."""
    for topic, question, standing in _remaining(found):
        if standing.state == "to-follow":
            yield f"{number(topic.topic, question)} {promised(wordings.due(standing.due))}"


def _tag(found: Preparation, standing: Standing) -> str:
    return box_tag(found.visit.id, standing.address, "city")
