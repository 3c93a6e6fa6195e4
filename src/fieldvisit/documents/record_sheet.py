"""The sheet of a visit that is filled in with an editor, and what it would change, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fieldvisit.documents import field_sheet, wordings
from fieldvisit.documents.page import Block, Box, Bullets, Heading, Page, Paragraph
from fieldvisit.documents.wordings import number
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, SIDES
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.language import _
from fieldvisit.review.item import REASONS, Item
from fieldvisit.review.marks import mark, speaker_mark
from fieldvisit.review.tags import REVISION_LENGTH, UNSORTED

PEOPLE = "@people"  # the slot of those present
NOTE = "#"  # with this the slot of a note begins
FRAME = 8  # longer than the fences that people type into a text


def note_slot(note: Note) -> str:
    """Return the tag of the box that holds a note: its handle and the revision shown."""
    return f"{NOTE}{note.handle}.{note.revision[:REVISION_LENGTH]}"


def marks_of(note: Note) -> str:
    """Return the marks that stand before a note on the sheet."""
    return marked(note.kind, note.disclosure, str(note.speaker or ""), "")


def person_line(person: Participant) -> str:
    """Return a person as `--respondent` is written, behind the side: `先方: 所属/役職/氏名`."""
    post = f"{person.department}/{person.position}/" if person.role else ""
    return " ".join(f"{SIDES.word(person.side)}: {post}{person.name}".split())


def page(
    found: Preparation, notes: Mapping[Address | None, Sequence[Note]], levels: Mapping[str, str]
) -> Page:
    """Return the sheet; ``notes`` are the visit's by the place that each stands at.

    ``levels`` are those of a text without a mark, by slot.
    """
    unsorted = (Heading(2, field_sheet.not_filed()), *_boxes(notes.get(None, ()), UNSORTED))
    return Page((*_head(found), *_questions(found, notes, levels), *unsorted))


def _head(found: Preparation) -> Iterator[Block]:
    city = wordings.city(found.coverage.city, found.day)
    yield Heading(
        1,
        _("Record: {city} {visit} {date}")
        .format(city=city, visit=found.visit.handle, date=wordings.days(found.visit))
        .strip(),
    )
    yield Paragraph(wordings.audience_line(found.audience), quiet=True)
    yield Bullets(tuple(_how_to_write()))
    yield Heading(2, _("Those present"))
    people = "\n".join(map(person_line, found.visit.participants))
    yield Box("", 1, PEOPLE, people, FRAME)


def _how_to_write() -> Iterator[str]:
    levels = "".join(mark(DISCLOSURES, value) for value in DISCLOSURES)
    yield _("Write inside the frames: each paragraph becomes a note; an empty line ends it.")
    yield _("Before it who may see it, what it is, who said it: {levels}{kinds}{speaker}").format(
        levels=levels, kinds=marked("quote", "", "", "") + marked("remark", "", "", ""),
        speaker=speaker_mark("…"),
    )  # fmt: skip
    yield _("Move a note with its frame; take it out with its frame to delete it (you are asked).")
    yield _("Those present: one a line, like respondent: department/position/name")


def _questions(
    found: Preparation, notes: Mapping[Address | None, Sequence[Note]], levels: Mapping[str, str]
) -> Iterator[Block]:
    for topic in found.coverage.topics:
        whole = Address(topic.topic.key)
        yield Heading(2, f"{topic.topic.number} {topic.topic.title}")
        yield from _place(found, whole, notes, levels)
        for question, standing in topic.standings:
            yield from field_sheet.asked(found, number(topic.topic, question), question, standing)
            yield from _place(found, standing.address, notes, levels)


def _place(
    found: Preparation,
    address: Address,
    notes: Mapping[Address | None, Sequence[Note]],
    levels: Mapping[str, str],
) -> Iterator[Block]:
    yield from field_sheet.from_elsewhere(found, address)
    usual = levels[str(address)]
    if usual != "confirm":
        marks = mark(DISCLOSURES, usual)
        yield Paragraph(_("Without a mark a text here is {mark}.").format(mark=marks), quiet=True)
    yield from _boxes(notes.get(address, ()), str(address))


def _boxes(notes: Iterable[Note], slot: str) -> Iterator[Block]:
    """Yield a box for each note, under what is only to be read of it, and an empty one."""
    for note in notes:
        also = ", ".join(str(place) for place in note.places[1:])
        filed = _("filed under {place} too").format(place=also) if also else ""
        label = " ".join(filter(None, (filed, wordings.published(note).strip())))
        yield Box(label, 1, note_slot(note), marks_of(note) + note.body.strip(), FRAME)
    yield Box("", 1, slot, "", FRAME)


def told_items(items: Iterable[Item], notes: Mapping[str, Note]) -> Iterator[str]:
    """Yield a line for each item, with its marks, so that nobody stores a level unseen.

    ``notes`` are those that items are about, by id.
    """
    for item in items:
        text = marked(item.kind, item.disclosure, item.said_by, item.text)
        if not item.is_plain:
            why = " ".join(REASONS.word(reason) for reason in item.reasons)
            yield _("? {where}: {text} ({why})").format(where=item.where, text=text, why=why)
        elif item.type == "change":
            handle = notes[item.target].handle
            yield _("~ {handle}: {text}").format(handle=handle, text=text)
            if item.slot:
                place = placed(item.place)
                yield _("→ {handle}: {place}").format(handle=handle, place=place)
        else:
            yield _("+ {place}: {text}").format(place=placed(item.place), text=text)


def told_removed(removed: Iterable[Note], kept: Iterable[Note]) -> Iterator[str]:
    """Yield a line for each note that was taken out, and for those that stay all the same."""
    for note in removed:
        yield _("- {handle}: {text}").format(handle=note.handle, text=note.body)
    for note in kept:
        yield _("Note {handle} was changed meanwhile and stays: {text}").format(
            handle=note.handle, text=note.body
        )


def marked(kind: str, disclosure: str, speaker: str, body: str) -> str:
    """Return a text with the marks 【…】 that say all that is stored of it."""
    kinds = "" if kind == "statement" else mark(KINDS, kind)
    return kinds + mark(DISCLOSURES, disclosure) + speaker_mark(speaker) + body


def placed(address: Address | None) -> str:
    """Return where a text is filed, in words."""
    return str(address) if address else _("unsorted")
