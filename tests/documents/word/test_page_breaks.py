"""Where a Word page may break: not between a question and the box for its answer."""

import io

import docx

from fieldvisit.documents.formats.word import write
from fieldvisit.documents.page import Block, Box, Bullets, Heading, Page, Paragraph


def kept(*blocks: Block) -> dict[str, bool]:
    """Return for each text outside of boxes whether it stays on the page of what follows."""
    document = docx.Document(io.BytesIO(write(Page(blocks))))
    return {
        paragraph.text: bool(
            paragraph.paragraph_format.keep_with_next
            or (paragraph.style and paragraph.style.paragraph_format.keep_with_next)
        )
        for paragraph in document.paragraphs
        if paragraph.text
    }


def test_what_leads_to_a_box_stays_with_it() -> None:
    question = (Heading(3, "質問"), Paragraph("説明"), Bullets(("一", "二")), Box("回答", 4))
    assert kept(*question) == dict.fromkeys(("質問", "説明", "一", "二", "回答"), True)


def test_what_stands_alone_may_end_a_page() -> None:
    found = kept(
        Heading(2, "項目"), Paragraph("既知の事実"), Heading(3, "質問"), Box(), Paragraph("末尾")
    )
    assert found == {"項目": True, "既知の事実": False, "質問": True, "末尾": False}
