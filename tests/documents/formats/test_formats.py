"""The table of formats."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldvisit.documents.document import Document
from fieldvisit.documents.formats import FORMATS, by_ending, render
from fieldvisit.documents.grid import Column, Grid
from fieldvisit.documents.page import Heading, Page
from fieldvisit.errors import Refused, WrongUsage

PAGE_ONLY = Document("sheet", lambda: Page((Heading(1, "調査"),)))
ALL = Document(
    "notes",
    PAGE_ONLY.page,
    grid=lambda: Grid((Column("k", "題"),), (("値",),)),
    shape=lambda: {"notes": []},
)


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.md", "md"), ("表.MARKDOWN", "md"), ("b.Csv", "csv"), ("c.x.json", "json")],
)
def test_the_ending_names_the_format(file: str, name: str) -> None:
    assert by_ending(Path(file)) == name


@pytest.mark.parametrize("file", ["a.doc", "md", "dir.md/file", ""])
def test_another_ending_is_refused_with_the_list(file: str) -> None:
    with pytest.raises(Refused) as refused:
        by_ending(Path(file))
    assert ".md .markdown .csv .json" in refused.value.hint


def test_each_format_is_written() -> None:
    assert render(ALL, "md") == "# 調査\n".encode()
    assert render(ALL, "csv") == "\ufeff題\r\n値\r\n".encode()
    assert json.loads(render(ALL, "json")) == {"schema": "fieldvisit.notes/1", "notes": []}


@pytest.mark.parametrize("name", ["csv", "json"])
def test_a_format_that_the_document_cannot_take_is_wrong_usage(name: str) -> None:
    with pytest.raises(WrongUsage) as wrong:
        render(PAGE_ONLY, name)
    assert name in wrong.value.sentence
    assert wrong.value.hint.endswith(" md")


@pytest.mark.parametrize("name", ["table", "docx"])
def test_what_is_no_format_of_files_is_wrong_usage(name: str) -> None:
    with pytest.raises(WrongUsage, match=name):
        render(ALL, name)


def test_formats_are_imported_only_when_used() -> None:
    script = (
        "import sys, fieldvisit.documents.formats as f;"
        "sys.exit(any(m in sys.modules for m in ('csv', 'json', f.__name__ + '.markdown')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert list(FORMATS) == ["table", "md", "csv", "json", "html", "docx", "xlsx"]
