r"""The signs that a record sheet in Markdown is made of, shared by its writer and its reader.

A text line that begins like a sign carries one `\` more than its author wrote.
"""

import re
from collections.abc import Iterator

from fieldvisit.fieldwork.record.marks import PEOPLE, almost_off_record, begins_with_mark
from fieldvisit.fieldwork.record.sheet import RecordSheet, SheetSection
from fieldvisit.text import one_newline

VERSION = "1"
NEW = "new"
COMMENT = "<!--"
GUIDANCE = "<!-- ·"
END = "<!-- end -->"

_FIRST_LINE = re.compile(r"<!--\s*fieldvisit record (\S+) (.+)-->")
_NOTE_LINE = re.compile(r"<!--\s*note (\S+)\s*--\s*>")


def first_line(visit_id: str) -> str:
    """Return the line that tells whose sheet this is."""
    return f"<!-- fieldvisit record {VERSION} {visit_id} -->"


def read_first_line(line: str) -> tuple[str, str] | None:
    """Return version and visit id, None if the line is no first line of a sheet."""
    found = _FIRST_LINE.fullmatch(line.strip())
    return (found[1], found[2].strip()) if found and found[2].strip() else None


def note_line(handle: str) -> str:
    """Return the line that begins a note; ``handle`` is `new` for one that is not stored yet."""
    return f"<!-- note {handle} -->"


def read_note_line(line: str) -> str:
    """Return the handle of a line that begins a note, empty if it does not."""
    found = _NOTE_LINE.fullmatch(line.strip())
    return found[1] if found else ""


def guidance_lines(text: str) -> Iterator[str]:
    """Yield ``text`` as comment lines, which the reader passes over."""
    for line in one_newline(text).split("\n"):
        if line.strip():
            yield f"{GUIDANCE} {line.strip().replace('-->', '-- >')} -->"


def title_line(sheet: RecordSheet) -> str:
    """Return the heading of the whole sheet."""
    return f"# {_in_one_line(sheet.title)}".rstrip()


def people_lines() -> tuple[str, str]:
    """Return the heading of those present in Japanese and in English."""
    return f"## {PEOPLE.ja} {{people}}", f"## {PEOPLE.en} {{people}}"


def section_line(section: SheetSection) -> str:
    """Return the heading of a section: level 2 for topics and the unsorted, 3 for questions."""
    address = section.address
    level = "###" if address and address.question else "##"
    return f"{level} {_in_one_line(section.heading)} {{{address or 'unsorted'}}}"


def all_guidance(sheet: RecordSheet) -> Iterator[str]:
    """Yield every comment line that a reader may pass over."""
    texts = [*sheet.guidance]
    for section in sheet.sections:
        texts += [*section.guidance, *(note.remarks for note in section.notes)]
    for text in texts:
        yield from guidance_lines(text)


def bare(line: str) -> str:
    """Return ``line`` without any blank: the form in which our own lines are recognised."""
    return "".join(line.split())


def escaped(line: str) -> str:
    r"""Return a line of text as it stands in the sheet: `# x` becomes `\# x`, `\# x` `\\# x`."""
    blanks, rest = _after_blanks(line)
    return f"{blanks}\\{rest}" if _is_sign(rest.lstrip("\\")) else line


def unescaped(line: str) -> str:
    r"""Undo ``escaped``; a `\` that stands before no sign is text."""
    blanks, rest = _after_blanks(line)
    if rest.startswith("\\") and _is_sign(rest.lstrip("\\")):
        return blanks + rest[1:]
    return line


def _is_sign(text: str) -> bool:
    return text.startswith(("#", COMMENT)) or begins_with_mark(text) or almost_off_record(text)


def _after_blanks(line: str) -> tuple[str, str]:
    rest = line.lstrip()
    return line[: len(line) - len(rest)], rest


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
