"""What was taken out of a Word file: every passage by itself."""

from pathlib import Path

import pytest

from exchange.word_raw import paragraph, run, write
from fieldvisit.exchange.word.sheet import read

GONE = "<w:del>{}</w:del>"
MOVED = "<w:moveFrom>{}</w:moveFrom>"
END_GONE = "<w:rPr><w:del/></w:rPr>"
END_MOVED = "<w:rPr><w:moveFrom/></w:rPr>"


def gone(text: str) -> str:
    return GONE.format(run(text).replace("w:t", "w:delText"))


def moved(text: str) -> str:
    return MOVED.format(run(text))


@pytest.mark.parametrize(
    "body",
    [
        paragraph(gone("消した"), moved("動いた")),
        paragraph(gone("消した"), look=END_GONE) + paragraph(moved("動いた"), look=END_MOVED),
        paragraph(gone("消した"), look=END_GONE) + paragraph(gone("動いた"), look=END_GONE),
    ],
)
def test_what_was_deleted_and_what_was_moved_away_are_two_texts(tmp_path: Path, body: str) -> None:
    lines = read(write(tmp_path / "a.docx", body + paragraph(run("残り")))).lines
    assert [line.text for line in lines if line.apart == "deleted"] == ["消した", "動いた"]


def test_one_deletion_in_several_runs_is_one_text(tmp_path: Path) -> None:
    body = paragraph(gone("消し"), gone("た"), run("残り"))
    lines = read(write(tmp_path / "a.docx", body)).lines
    assert [line.text for line in lines if line.apart] == ["消した"]
