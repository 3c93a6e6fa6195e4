"""The letter by which a city is asked to confirm what was recorded (内容確認のお願い).

Its passages and nothing else: no handles, levels, authors, tags or remarks. What leads back to the
notes stands in hidden tags.
"""

from collections.abc import Iterator

from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Block, Bullets, Facts, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.letter import Letter
from fieldvisit.language import _
from fieldvisit.review import columns
from fieldvisit.review.tags import Tag

_WIDTHS = (6, 30, 44, 20, 30)  # half-width characters


def document(letter: Letter) -> Document:
    """Return the letter; it is filled in and comes back as Markdown or Word."""
    return Document("confirmation-letter", lambda: page(letter), sheet=True)


def page(letter: Letter) -> Page:
    """Return the letter as a page: who asks for what, and the table to fill in."""
    parts = (letter.study.title, letter.study.institute, letter.city.name)
    return Page(
        tuple(_blocks(letter)),
        "　".join(filter(None, parts)),
        str(Tag("letter", letter.visit.id, reader="city")),
    )


def _blocks(letter: Letter) -> Iterator[Block]:
    yield Heading(1, _("Request to confirm what we recorded"))
    names = f"{letter.city.name} {letter.department}".strip()
    yield Paragraph(_("To: {names}").format(names=names))
    yield Facts.known(_particulars(letter))
    yield from map(Paragraph, _request(letter))
    yield Heading(2, _("How to fill in the table"))
    yield Bullets(_how_to_fill_in())
    yield Heading(2, _("Passages to confirm"))
    box = (f"{columns.BOX}{columns.WHOLE.word('ok')}",)
    whole = Tag("whole", letter.visit.id, reader="city")
    yield Table((_("all passages"),), ((box,),), (str(whole),))
    yield Paragraph(_("Else please answer for each passage:"))
    yield _table(letter)


def _particulars(letter: Letter) -> tuple[tuple[str, str], ...]:
    study = letter.study
    return (
        (_("study"), study.title),
        (_("institute"), study.institute),
        (_("purpose"), study.purpose),
        (_("date of the visit"), wordings.days(letter.visit)),
        (_("reply by"), wordings.day(letter.due)),
        (_("contact"), study.contact),
    )


def _request(letter: Letter) -> Iterator[str]:
    you = letter.city.you_word(letter.day, language.current())
    yield _("Thank you very much for taking the time to answer our questions.")
    yield _(
        "Before we use what {city_you} told us in our report, we would like to make sure that we "
        "recorded it correctly. May we ask you to look through the passages below and to let us "
        "know whether anything is to be changed?"
    ).format(city_you=you)
    if letter.due:
        yield _("We know how busy you are, and would be grateful for your reply by {date}.").format(
            date=wordings.day(letter.due)
        )


def _how_to_fill_in() -> tuple[str, ...]:
    change, correction = map(columns.PASSAGE_COLUMNS.word, ("change", "correction"))
    return (
        _(
            "Please put a tick (☑) at one of the choices under “{change}”. An empty row tells us "
            "nothing: it does not mean that you agree."
        ).format(change=change),
        _(
            "Where a change is needed, please write the whole passage as it is to read under "
            "“{correction}”, or change the passage itself; changes may be tracked."
        ).format(correction=correction),
        _("If nothing is to be changed at all, one tick in the box above the table is enough."),
        _("If a passage is not to be used, please tick so instead of deleting its row."),
        _("Under each topic stands how the passage will be attributed."),
        _("Please send this file back as it is; the table is read by a program."),
    )


def choices() -> tuple[str, ...]:
    """Return what stands in the cells that are to be ticked, a line a choice."""
    return tuple(f"{columns.BOX}{columns.CHOICES.word(choice)}" for choice in columns.CHOICES)


def _table(letter: Letter) -> Table:
    head = tuple(columns.PASSAGE_COLUMNS.word(name) for name in columns.PASSAGE_COLUMNS)
    rows = tuple(
        (
            (str(one.number),),
            tuple(filter(None, (one.topic, wordings.attribution(one.note)))),
            (one.note.body,),
            choices(),
            (),
        )
        for one in letter.passages
    )
    notes = (one.note for one in letter.passages)
    tags = (Tag("note", note.id, "", note.revision, reader="city") for note in notes)
    return Table(head, rows, tuple(map(str, tags)), _WIDTHS)
