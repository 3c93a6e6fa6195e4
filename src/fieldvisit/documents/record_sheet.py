"""The record sheet as Markdown, to be filled in with any editor."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from fieldvisit.fieldwork.record.marks import COLUMNS, SIDES, mark, speaker_mark
from fieldvisit.fieldwork.record.rebase import Rebased, filled, in_place
from fieldvisit.fieldwork.record.sheet import (
    ReadBlock,
    RecordSheet,
    SheetSection,
)
from fieldvisit.fieldwork.record.signs import (
    END,
    NEW,
    escaped,
    first_line,
    guidance_lines,
    note_line,
    people_lines,
    section_line,
    title_line,
)
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import Participant
from fieldvisit.language import _, current
from fieldvisit.text import one_newline


def with_guidance(sheet: RecordSheet) -> RecordSheet:
    """Return the sheet with lines on how to fill it in, and each section's usual disclosure.

    To be called once, before the sheet is written and kept: the reader passes only over lines
    that the sheet itself holds.
    """
    sections = tuple(
        replace(section, guidance=(*section.guidance, _usual(section)))
        if section.usual != "confirm"
        else section
        for section in sheet.sections
    )
    return replace(sheet, guidance=(*sheet.guidance, *how_to_write()), sections=sections)


def how_to_write() -> tuple[str, ...]:
    """Return how the sheet is filled in, line by line."""
    disclosures = "".join(mark(DISCLOSURES, value) for value in DISCLOSURES)
    kinds = "".join(mark(KINDS, value) for value in ("statement", "quote", "remark"))
    return (
        _("Write under the question. Each paragraph becomes one note; a blank line ends it."),
        _("A note with blank lines inside stands between a line {begin} and a line {end}.").format(
            begin=note_line(NEW), end=END
        ),
        _("At the start of a paragraph, who may see it: {marks}").format(marks=disclosures),
        _("and what it is: {marks} (without one: a statement).").format(marks=kinds),
        _("Who of those present said it: {mark}").format(mark=speaker_mark("…")),
        _("Change a note in its place; move it with both of its comment lines."),
        _("To change its mark, write another one; a mark that is only taken out still holds."),
        _("Taking a note out with both lines removes it; you will be asked."),
        _("Lines like this one may be deleted. Headings must stay."),
        _("A line of text that begins with # or <!-- needs a \\ before it."),
    )


def write(sheet: RecordSheet) -> str:
    """Return the sheet as Markdown with the notes that are there."""
    return write_filled(filled(sheet))


def write_filled(draft: Rebased) -> str:
    """Return a sheet that already holds a person's text as Markdown."""
    sheet = draft.shown
    lines = [first_line(sheet.visit_id), title_line(sheet)]
    for text in sheet.guidance:
        lines += guidance_lines(text)
    lines += ["", *_people(draft.people), ""]
    for section in sheet.sections:
        lines += _section(section, in_place(draft.blocks, section.address), sheet)
    return "\n".join(lines) + "\n"


def _usual(section: SheetSection) -> str:
    marks = mark(DISCLOSURES, section.usual) or section.usual
    return _("Without a mark a paragraph here is {mark}.").format(mark=marks)


def _section(
    section: SheetSection, blocks: Iterable[ReadBlock], sheet: RecordSheet
) -> Iterator[str]:
    yield section_line(section)
    for text in section.guidance:
        yield from guidance_lines(text)
    yield ""
    remarks = {note.handle: note.remarks for _at, note in sheet.placed_notes()}
    for block in blocks:
        yield from guidance_lines(remarks.get(block.handle, ""))
        yield note_line(block.handle or NEW)
        yield from _text(block)
        yield END
        yield ""
    yield ""


def _text(block: ReadBlock) -> Iterator[str]:
    marks = mark(KINDS, block.kind) + mark(DISCLOSURES, block.disclosure)
    marks += speaker_mark(block.speaker)
    first, *others = one_newline(block.body).strip().split("\n")
    yield marks + escaped(first)
    for line in others:
        yield escaped(line)


def _people(people: Iterable[Participant]) -> Iterator[str]:
    japanese, english = people_lines()
    yield japanese if current() == "ja" else english
    yield _row(COLUMNS.word(column) for column in COLUMNS)
    yield _row("---" for _column in COLUMNS)
    for person in people:
        side = SIDES.word(person.side)
        yield _row((side, person.department, person.position, person.name))
    yield _row("" for _column in COLUMNS)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return one_newline(text).strip().replace("\n", " ").replace("\\", "\\\\").replace("|", "\\|")
