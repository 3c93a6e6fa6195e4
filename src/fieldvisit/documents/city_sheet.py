"""The sheets that a city fills in: questions ahead of the visit (事前質問票), thanks after it.

Nothing but questions: no notes, states, remarks, probes, and never a sensitive question.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.documents import sheets, wordings
from fieldvisit.documents.document import Document, Grid
from fieldvisit.documents.page import Block, Box, Facts, Heading, Page, Paragraph
from fieldvisit.documents.wordings import number
from fieldvisit.fieldwork.coverage import Preparation, TopicCoverage
from fieldvisit.fieldwork.guide import Question
from fieldvisit.fieldwork.states import STILL_TO_ASK, Standing
from fieldvisit.language import _
from fieldvisit.review.tags import Tag, box_tag

Asked = tuple[TopicCoverage, Question | None, Standing]
"""What is asked: a question, or the topic as such, and how it stands."""


def questions(found: Preparation, *, only_open: bool = False) -> Document:
    """Return the questions that go ahead; ``only_open`` leaves what is to ask or to follow."""

    def goes(question: Question, standing: Standing) -> bool:
        wanted = not only_open or standing.state in STILL_TO_ASK
        return wanted and question.send and _is_asked(found, standing)

    letter = _(
        "We would be grateful for an answer to the following. Only the questions that we send "
        "ahead to {city_you} stand here, so their numbers may have gaps; at the visit we may "
        "take the liberty of asking further ones."
    ).format(city_you=found.coverage.city.you_word(found.day, language.current()))
    city = found.coverage.city.name
    titles = (
        _("Questions ahead of our visit"),
        _("Questions ahead of our visit: {city}").format(city=city),
    )
    asked = [one for topic in found.coverage.topics for one in _chosen(topic, goes)]
    return _Sheet("question-sheet", titles, found, (letter,), asked).document()


def follow_up(found: Preparation) -> Document:
    """Return thanks, with what the city said would follow and what was sent and is open.

    A topic as such has no question.
    """

    def goes(question: Question, standing: Standing) -> bool:
        is_open = standing.state in STILL_TO_ASK and _is_asked(found, standing)
        return standing.state == "to-follow" or (question.send and is_open)

    asked: list[Asked] = []
    for topic in found.coverage.topics:
        asked += [(topic, None, standing) for standing in topic.owed]
        asked += _chosen(topic, goes)
    city = found.coverage.city.name
    titles = (
        _("Thanks and further questions"),
        _("Thanks and further questions: {city}").format(city=city),
    )
    letter = tuple(_thanks(found, nothing_left=not asked and bool(found.coverage.topics)))
    return _Sheet("follow-up-sheet", titles, found, letter, asked, thanks=True).document()


def _chosen(topic: TopicCoverage, goes: Callable[[Question, Standing], bool]) -> Iterator[Asked]:
    for question, standing in topic.standings:
        if not question.sensitive and goes(question, standing):
            yield topic, question, standing


def _is_asked(found: Preparation, standing: Standing) -> bool:
    return standing.in_scope and standing.address not in found.left_out


def _thanks(found: Preparation, *, nothing_left: bool) -> Iterator[str]:
    if found.visit.first_day:
        yield _("Thank you very much for the time that you gave us on {date}.").format(
            date=wordings.days(replace(found.visit, time=""))
        )
    else:
        yield _("Thank you very much for the time that you gave us.")
    if nothing_left:
        return
    if found.reply_by:
        yield _(
            "Some points were to follow, or could not be asked yet. We would be most grateful for "
            "your answer to the following by {date}."
        ).format(date=wordings.day(found.reply_by))
    else:
        yield _(
            "Some points were to follow, or could not be asked yet. We would be most grateful for "
            "your answer to the following."
        )
    yield _("The numbers are those of our list of questions, so that there may be gaps.")


class _Sheet(Struct, frozen=True):
    """A sheet: titles for its table and its page, the letter before the questions, what it asks.

    One of ``thanks`` says with what was promised that it was.
    """

    name: str
    titles: tuple[str, str]
    found: Preparation
    letter: tuple[str, ...]
    asked: Sequence[Asked]
    thanks: bool = False

    def document(self) -> Document:
        return Document(self.name, self.page, self.grid, sheet=True)

    @property
    def tag(self) -> str:
        return str(Tag("sheet", self.found.visit.id, reader="city"))

    def page(self) -> Page:
        return Page(tuple(self._blocks()), sheets.running_head(self.found), self.tag)

    def grid(self) -> Grid:
        facts = (f"{name}: {value}" for name, value in _particulars(self.found) if value)
        promises = (
            f"{number(topic.topic, question)} {words}"
            for topic, question, standing in self.asked
            for words in self._promised(standing)
        )
        rows = [
            {
                "tag": self._box(standing),
                "number": number(topic.topic, question),
                "topic": str(topic.topic.title),
                "question": asked_as(self.found, question) if question else "",
            }
            for topic, question, standing in self.asked
        ]
        instructions = (*facts, *self.letter, *promises)
        return sheets.answer_table(
            "city", rows, title=self.titles[0], instructions=instructions, sheet=self.tag
        )

    def _blocks(self) -> Iterator[Block]:
        yield Heading(1, self.titles[1])
        yield Facts.known(_particulars(self.found))
        yield from map(Paragraph, self.letter)
        above = None
        for topic, question, standing in self.asked:
            if topic is not above:
                yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
                above = topic
            if question:
                words = asked_as(self.found, question)
                yield Heading(3, f"{number(topic.topic, question)} {words}")
            yield from map(Paragraph, self._promised(standing))
            yield Box(answer_label(), 4, self._box(standing))

    def _promised(self, standing: Standing) -> Iterator[str]:
        if self.thanks and standing.state == "to-follow":
            due = wordings.bracketed(wordings.due(standing.due))
            yield _("To follow, as you kindly told us") + due

    def _box(self, standing: Standing) -> str:
        return box_tag(self.found.visit.id, standing.address, "city")


def answer_label() -> str:
    """Return what stands above each box, with blanks for the section that answers."""
    return _("Answer (section that answers:            )")


def _particulars(found: Preparation) -> Iterable[tuple[str, str]]:
    study, visit = found.study, found.visit
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("used by"), sheets.group_names(found, visit)),
        (_("date of the visit"), wordings.days(visit)),
        (_("reply by"), wordings.day(found.reply_by)),
        (_("contact"), study.contact),
    )


def asked_as(found: Preparation, question: Question) -> str:
    """Return a question as the city reads it, its gate in brackets before it."""
    text = sheets.addressed(found, question.written or question.ask)
    if question.gate:
        gate = sheets.addressed(found, question.gate)
        text = f"（{gate}）{text}" if language.current() == "ja" else f"({gate}) {text}"
    return text
