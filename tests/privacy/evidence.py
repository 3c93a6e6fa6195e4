"""Texts that can be told apart wherever they are printed, and what stands around them."""

import re
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import Summary
from fieldvisit.settings import Settings
from fieldvisit.storage import gate, records
from fieldvisit.study.change import changing
from fieldvisit.study.view import StudyView, viewing
from privacy.stories import told_once

_TOKEN = re.compile(r"([qw])(\d{4})a(.*?)\1\2z", re.DOTALL)


class Told(Struct):
    """A study in which every text has a beginning and an end of its own: `q0001a … q0001z`."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)

    def viewed(self, audience: str) -> AbstractContextManager[StudyView]:
        return viewing(Settings(self.folder, str(self.folder), "t"), audience)

    def notes(self, audience: str) -> dict[str, Note]:
        """The notes that an audience may see, by their names in the texts."""
        with self.viewed(audience) as view:
            return {self.names[one.id]: one for one in gate.notes(view.connection, audience)}

    def summaries(self, audience: str) -> dict[str, Summary]:
        with self.viewed(audience) as view:
            return {self.names[one.id]: one for one in gate.summaries(view.connection, audience)}

    def handles(self) -> dict[str, str]:
        """The handle of every note by id."""
        with self.viewed("all") as view:
            return gate.handles(view.connection)


def told_apart(template: Path, folder: Path, seed: int) -> Told:
    """A study by chance whose every note and summary says who it is."""
    given = told_once(template, folder, seed)
    found = Told(folder)
    with changing(given, "test") as (view, ledger):
        notes = gate.notes(view.connection, "all", gate.NotesAsked(deleted=True))
        named: list[tuple[str, Note | Summary]] = [(f"q{at:04}", of) for at, of in enumerate(notes)]
        summaries = gate.summaries(view.connection, "all")
        named += [(f"w{at:04}", of) for at, of in enumerate(summaries)]
        for name, thing in named:
            found.names[thing.id] = name
            records.save(ledger, replace(thing, body=f"{name}a {thing.body} {name}z"))
    return found


class Printed(Struct, frozen=True):
    """A text in an output, and what stands before it and behind it up to the next ones."""

    name: str
    text: str
    before: str
    behind: str


def printed(output: str) -> list[Printed]:
    """The texts of an output in their order; blanks, line ends and escapes taken out."""
    bare = "".join(cell_by_cell(output).split()).replace("\\", "").replace("<br>", "")
    found = list(_TOKEN.finditer(bare))
    ends = [0, *(one.end() for one in found)]
    starts = [*(one.start() for one in found), len(bare)]
    between = [bare[end:start] for end, start in zip(ends, starts, strict=True)]
    return [
        Printed(one[1] + one[2], one[3], between[at], between[at + 1])
        for at, one in enumerate(found)
    ]


def cell_by_cell(output: str) -> str:
    """An output whose drawn tables are read down each cell, so that wrapped texts are whole."""
    lines: list[str] = []
    cells: list[list[str]] = []
    for line in [*output.splitlines(), ""]:
        if line.startswith("│"):
            parts = line.strip("│").split("│")
            cells = cells or [[] for _part in parts]
            for cell, part in zip(cells, parts, strict=True):
                cell.append(part)
        else:
            lines += [*("\n".join(cell) for cell in cells), line]
            cells = []
    return "\n".join(lines)


def counted(found: list[Printed], kind: str) -> Counter[str]:
    """How often each note (`q`) or summary (`w`) stands in an output."""
    return Counter(one.name for one in found if one.name.startswith(kind))
