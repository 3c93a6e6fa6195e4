"""Paragraphs of a memo that name a material which the visit does not have, or not yet.

They keep it in their text: what was typed is not lost, and nothing is said of a material that
nobody knows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.actions.materials import check_material
from fieldvisit.documents import wordings
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.known_texts import KnownTexts
from fieldvisit.fieldwork.memo.paragraphs import MemoParagraph
from fieldvisit.fieldwork.record.sheet import settled
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.study.view import StudyView


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
