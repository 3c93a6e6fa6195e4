"""`summary read`, `summary edit`: summaries written beside the notes, stored in one change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldvisit.actions.cells import all_cells, standing
from fieldvisit.actions.changing import changing, trying
from fieldvisit.actions.looking import Look
from fieldvisit.actions.write_summary import Wording, fresh, write_summary
from fieldvisit.errors import Refused
from fieldvisit.exchange.csv_sheet import read as read_csv
from fieldvisit.fieldwork.matrix import Cell, StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.cell_tags import CellTag, cell_name
from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS
from fieldvisit.fieldwork.sheets.filled import Stray
from fieldvisit.fieldwork.sheets.returned_matrix import CellText, read_matrix
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.writing import Ledger

_CSV = ".csv"


@dataclass(frozen=True, slots=True)
class StoredSummaries:
    """What became of texts: ``stored`` as they stand, how many were unchanged, what is left."""

    stored: tuple[StandingSummary, ...]
    unchanged: int
    strays: tuple[Stray, ...]


def read_summaries(path: Path) -> tuple[tuple[CellText, ...], tuple[Stray, ...]]:
    """Return the summaries in a comparison that came back as CSV."""
    if path.suffix.lower() != _CSV:
        raise Refused(
            _("{path} cannot be read back: its ending stands for no comparison.").format(path=path),
            _("Write one with: fieldvisit compare --cells both -o FILE.csv"),
        )
    if not path.is_file():
        raise Refused(_("There is no file {path}.").format(path=path), _("Nothing was changed."))
    return read_matrix(read_csv(path, MATRIX_COLUMNS))


def store_summaries(
    given: Settings,
    command: str,
    texts: Sequence[CellText],
    strays: Sequence[Stray] = (),
    *,
    trial: bool = False,
) -> StoredSummaries:
    """Store the texts that differ from what stands, all in one change; ``trial`` = only try.

    One that cannot be stored becomes a stray with the reason.
    """
    found: StoredSummaries | None = None
    with (trying if trial else changing)(given, command) as (look, ledger):
        found = _stored(look, ledger, texts, strays)
    if found is None:
        raise AssertionError
    return found


def _stored(
    look: Look, ledger: Ledger, texts: Sequence[CellText], strays: Sequence[Stray]
) -> StoredSummaries:
    cells = {cell_name(cell): cell for cell in all_cells(look)}
    before = standing(look)
    left, written = list(strays), []
    unchanged = 0
    for one in texts:
        cell = cells.get(one.tag.name)
        known = before.get(cell) if cell else None
        if cell is None:
            left.append(Stray(one.text, one.where, _("The study has no such cell any more.")))
        elif known and known.summary.body == one.text:
            unchanged += 1
        elif why := _written(look, ledger, cell, one):
            left.append(Stray(one.text, one.where, why))
        else:
            written.append(cell)
    after = standing(fresh(look))
    return StoredSummaries(tuple(after[cell] for cell in written), unchanged, tuple(left))


def _written(look: Look, ledger: Ledger, cell: Cell, one: CellText) -> str:
    """Store one text; return why it was refused, empty if it was not."""
    seen = tuple(_seen(look, one.tag))
    try:
        write_summary(look, ledger, cell, Wording(one.text, seen=seen, revision=one.tag.revision))
    except Refused as error:
        return error.sentence
    return ""


def _seen(look: Look, tag: CellTag) -> Iterator[Note]:
    """Yield the notes of a tag as they then stood, as far as that matters to a summary."""
    notes = {note.handle: note for note in look.every_note.values()}
    for handle, revision in tag.seen:
        note = notes.get(handle)
        if note:
            same = note.revision.startswith(revision)
            yield note if same else _as_seen(look, note, revision)


def _as_seen(look: Look, note: Note, revision: str) -> Note:
    then = gate.note_at(look.connection, note.id, revision)
    level = then.disclosure if then else note.disclosure
    kind = then.kind if then else note.kind
    return replace(note, revision=revision, disclosure=level, kind=kind, deleted=False)
