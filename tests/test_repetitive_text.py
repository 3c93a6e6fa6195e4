"""Every reader of text gets through 100 kB of one repeated piece.

A pattern or a loop that looks again at what it has seen would take minutes for it, one that does
not a fraction of a second: what stops it here is no measure but the end of all patience.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldvisit import harmless, text
from fieldvisit.documents.formats import markdown
from fieldvisit.documents.page import Page, Paragraph
from fieldvisit.errors import Refused
from fieldvisit.exchange import csv_files
from fieldvisit.exchange import markdown as markdown_file
from fieldvisit.fieldwork.draft import first_words
from fieldvisit.review import likely_places, marks, outline
from fieldvisit.review.columns import CHOICES
from fieldvisit.review.letters import read_ticks
from fieldvisit.review.pieces import Piece, Where

LENGTH, PATIENCE = 100_000, 8  # characters; seconds of the processor
PIECES = (
    "<!--", "<!-- -->", "【オフレコ】", "（", "~~a", "```{", "|", "\\|", "# ", "- ", "\n", "\n|",
    " ", "a", "1", "。", "オフレコ", "令和1年", "a\u0301", ',"',
)  # fmt: skip
# A piece behind something that it might belong to.
BEHIND = {
    "# a": " ", "```": " ", "【a】": " ",
    "~~a": "\\~~", "| a": "\\", "(a)": "\n", "。": "1",
}  # fmt: skip

Reader = Callable[[str, Path], object]


def of_file(read: Callable[[Path], object]) -> Reader:
    def readers(typed: str, path: Path) -> object:
        path.write_text(typed, encoding="utf-8")
        return read(path)

    return readers


READERS: dict[str, Reader] = {
    "memo": lambda typed, _path: outline.blocks_of(
        Piece(line, Where("", "line", at)) for at, line in enumerate(typed.split("\n"))
    ),
    "any file of text": of_file(lambda path: markdown_file.read(path.name, path.read_bytes())),
    "a table that came back": of_file(lambda path: csv_files.read(path.name, path.read_bytes())),
    "table": of_file(lambda path: list(csv_files.csv_rows(path, ()))),
    "marks": lambda typed, _path: marks.read_marks(typed),
    "hints": lambda typed, _path: marks.hints_in(typed),
    "ticks": lambda typed, _path: read_ticks(typed, CHOICES),
    "terms": lambda typed, _path: likely_places.terms(typed),
    "the form for search": lambda typed, _path: text.normal(typed),
    "what a terminal gets": lambda typed, _path: harmless.visible(typed),
    "first words": lambda typed, _path: first_words(typed),
    "Markdown": lambda typed, _path: markdown.write(Page((Paragraph(typed),))),
}


@contextmanager
def patience() -> Iterator[None]:
    def no_more(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, no_more)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_gets_through_it(name: str, tmp_path: Path) -> None:
    for head, piece in (*(("x", piece) for piece in PIECES), *BEHIND.items()):
        typed = f"{head}{piece * (LENGTH // len(piece))}x"
        try:
            with patience():
                READERS[name](typed, tmp_path / f"x{'.csv' if name == 'table' else '.md'}")
        except TimeoutError:
            pytest.fail(f"never got through {piece!r}")
        except Refused:  # an answer too
            pass
