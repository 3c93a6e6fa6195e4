"""Memos of colleagues: read, and stored paragraph by paragraph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.actions.materials import check_material
from fieldvisit.actions.people import find_participant
from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.actions.recording.known_notes import known_notes, versions
from fieldvisit.actions.write_note import new_handle
from fieldvisit.documents import wordings
from fieldvisit.errors import NotFound, Refused
from fieldvisit.exchange.memo import read
from fieldvisit.fieldwork.known_texts import KnownTexts
from fieldvisit.fieldwork.memo.paragraphs import Memo, MemoParagraph, read_memo
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import ids, records
from fieldvisit.study.change import changing, keep_guides
from fieldvisit.study.disclosure_levels import levelled
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import checked, settled


def read_memos(given: Settings, typed: str, files: Sequence[Path]) -> Memo:
    """Return what stands in the memos, one after the other; the visit is looked up first."""
    with viewing(given, "all") as view:
        find_visit(view, typed)
    found = [read_memo(read(path).lines) for path in files]
    return Memo(
        tuple(paragraph for memo in found for paragraph in memo.paragraphs),
        tuple(line for memo in found for line in memo.headings),
        tuple(line for memo in found for line in memo.strays),
        frozenset(line for memo in found for line in memo.closed),
    )


def missing_materials(
    view: StudyView, visit: Visit, paragraphs: Iterable[MemoParagraph]
) -> Mapping[int, NotFound]:
    """Return why each material that the visit does not have is missing, by its number."""
    found: dict[int, NotFound] = {}
    for label in sorted({paragraph.material for paragraph in paragraphs}):
        try:
            check_material(view, visit, label)
        except NotFound as why:
            found[label] = why
    return found


def with_cited(
    paragraphs: Sequence[MemoParagraph],
    missing: Mapping[int, NotFound],
    standing: KnownTexts,
) -> Iterator[MemoParagraph]:
    """Yield the paragraphs, those that name a missing material with it in their text.

    ``standing`` knows the texts that stand at the visit. A paragraph that was stored in the
    other form, before its material was entered or deleted, is still the same.
    """
    for paragraph in paragraphs:
        forms = [paragraph, _citing(paragraph)] if paragraph.material else [paragraph]
        if paragraph.material in missing:
            forms.reverse()
        yield next((form for form in forms if standing.knows(settled(form.text))), forms[0])


def _citing(paragraph: MemoParagraph) -> MemoParagraph:
    """Return the paragraph with its material in its text; that of a heading becomes a tag."""
    text, tags = paragraph.cited or paragraph.text, paragraph.headings
    if text == paragraph.text:
        tags = (*tags, wordings.cited(paragraph.material, paragraph.page))
    return replace(paragraph, text=text, headings=tags, material=0, page="")


class RefusedParagraph(Struct, frozen=True):
    """A paragraph that was not stored; ``why`` says what stands in the way and what to do."""

    paragraph: MemoParagraph
    why: Refused


class StoredMemo(Struct, frozen=True):
    """What became of the paragraphs of a memo: each is in one of the three.

    ``missing`` says of each material that is named and not known what to do.
    """

    stored: tuple[Note, ...]
    unchanged: tuple[MemoParagraph, ...]
    refused: tuple[RefusedParagraph, ...]
    missing: tuple[NotFound, ...] = ()

    @property
    def read(self) -> int:
        """Return how many paragraphs there were."""
        return len(self.stored) + len(self.unchanged) + len(self.refused)


def store_memo(
    given: Settings,
    visit: str,
    paragraphs: Sequence[MemoParagraph],
    arrival: Arrival = AT_THE_VISIT,
) -> StoredMemo:
    """Store in one change what of a memo does not stand at the visit yet.

    A paragraph stands there if a note of the visit, deleted or not, has or once had its text; a
    note whose entry was taken back does not count.
    The headings above it are the tags of its note.
    """
    with changing(given, "record") as (view, change):
        found = find_visit(view, visit)
        settled_memo = _settle(view, change.by, found, paragraphs, arrival)
        if settled_memo.stored:
            keep_guides(view, change, found)
        stored = tuple(records.save(change, note) for note in settled_memo.stored)
        return replace(settled_memo, stored=stored)


def try_memo(
    given: Settings,
    visit: str,
    paragraphs: Sequence[MemoParagraph],
    arrival: Arrival = AT_THE_VISIT,
) -> StoredMemo:
    """Return what ``store_memo`` would, and leave the study as it is."""
    author = given.author()
    with viewing(given, "all") as view:
        return _settle(view, author, find_visit(view, visit), paragraphs, arrival)


def _settle(
    view: StudyView,
    author: str,
    visit: Visit,
    paragraphs: Sequence[MemoParagraph],
    arrival: Arrival,
) -> StoredMemo:
    """Return what is to be stored of a memo, its notes as they are to be."""
    standing = _standing(view, visit)
    missing = missing_materials(view, visit, paragraphs)
    stored: list[Note] = []
    unchanged: list[MemoParagraph] = []
    refused: list[RefusedParagraph] = []
    for paragraph in with_cited(paragraphs, missing, standing):
        try:
            if standing.take(settled(paragraph.text), paragraph.disclosure):
                unchanged.append(paragraph)
                continue
            note = _note(view, author, visit, paragraph)
            note = replace(note, mode=arrival.mode, on_day=arrival.on_day)
        except Refused as why:
            refused.append(RefusedParagraph(paragraph, why))
        else:
            stored.append(levelled(view, note, visit))
    return StoredMemo(tuple(stored), tuple(unchanged), tuple(refused), tuple(missing.values()))


def _note(view: StudyView, author: str, visit: Visit, paragraph: MemoParagraph) -> Note:
    if paragraph.doubt:
        raise Refused(paragraph.doubt, _("Leave one of them in the memo."))
    speaker = find_participant(visit, paragraph.speaker) if paragraph.speaker else None
    return Note(
        id=ids.new_id(),
        handle=new_handle(view),
        city_code=visit.city_code,
        visit_id=visit.id,
        kind=paragraph.kind or "statement",
        body=checked(paragraph.text, _("note")),
        disclosure=paragraph.disclosure,
        by=author,
        speaker=speaker,
        tags=paragraph.headings,
        material=paragraph.material,
        page=paragraph.page,
    )


def _standing(view: StudyView, visit: Visit) -> KnownTexts:
    standing = KnownTexts()
    for note in known_notes(view, visit):
        ever = versions(view, note)
        texts = (settled(then.body) for then in ever)
        standing.add(note, texts, (then.disclosure for then in ever))
    return standing
