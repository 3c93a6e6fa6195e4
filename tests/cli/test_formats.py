"""Formats: what every listing gives as table, Markdown and CSV, on stdout and in files."""

import csv
import io
import json
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree
from cli.listings import GRIDS, LISTINGS


@pytest.mark.parametrize("words", GRIDS)
def test_csv_opens_in_japanese_excel_with_a_row_a_thing(run: Run, noted: Path, words: str) -> None:
    data = run(*words.split(), "--format", "csv").out_bytes
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0]), "two columns of one name"


@pytest.mark.parametrize(
    "words", sorted(set(LISTINGS) - {*GRIDS, "compare ai-rpa", "guide diff it-workforce chiba-1"})
)
def test_what_has_no_rows_is_refused_as_csv(run: Run, noted: Path, words: str) -> None:
    assert_refused(run(*words.split(), "--format", "csv"), 2, "csv", "md")


@pytest.mark.parametrize("words", [*LISTINGS, "prepare chiba-1"])
def test_a_terminal_gets_a_drawn_page_and_a_pipe_markdown(
    run: Run, noted: Path, words: str
) -> None:
    piped = run(*words.split())
    first = next(line for line in piped.out.split("\n") if line and not line.startswith("<!--"))
    assert first.startswith("# ")
    assert run(*words.split(), "--format", "md").out == piped.out
    drawn = run(*words.split(), tty="out")
    assert "\n# " not in f"\n{drawn.out}"
    assert drawn.err in {piped.err, ""}


@pytest.mark.parametrize("words", [*LISTINGS, "prepare chiba-1"])
def test_a_file_gets_the_format_of_its_ending(
    run: Run, noted: Path, words: str, tmp_path: Path
) -> None:
    for ending, name in [(".md", "md"), (".JSON", "json"), (".csv", "csv"), (".markdown", "md")]:
        path = tmp_path / f"一覧{ending}"
        piped = run(*words.split(), "--format", name)
        written = run(*words.split(), "-o", str(path))
        assert written.code == piped.code
        assert written.out == ""
        assert (path.read_bytes() if path.exists() else b"") == piped.out_bytes
        assert piped.code or path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_overwritten_with_force_only(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.md"
    path.write_text("mine")
    before = tree(tmp_path)
    assert_refused(run("compare", "-o", str(path)), 1, "x.md", "--force")
    assert tree(tmp_path) == before
    assert run("compare", "-o", str(path), "--force").code == 0
    assert path.read_text("utf-8").startswith("# Comparison")


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("--json", "--format", "md"), 2, "at odds"),
        (("--format", "docx"), 2, "md, csv, json"),
        (("--format", ""), 0, ""),
        (("-o", "x.txt"), 1, ".csv"),
        (("-o", "x"), 1, ".csv"),
        (("-o", "no/such/x.md"), 1, "no/such/x.md"),
        (("-o", "/proc/x.md"), 1, "/proc/x.md"),
        (("-o", "a-folder", "--format", "md"), 1, "a-folder"),
        (("-o", "a-folder", "--format", "md", "--force"), 1, "a-folder"),
        (("-o", ".", "--format", "md", "--force"), 1, "."),
        (("-o", "/", "--format", "md", "--force"), 1, "/"),
        (("-o", "", "--format", "md"), 1, ""),
        (("-o", "x" * 300 + ".md"), 1, "too long"),
        (("-o", "x.md", "--format", "table"), 2, "table"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused_and_leave_nothing(
    run: Run, noted: Path, tmp_path: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    (tmp_path / "a-folder").mkdir()
    before = tree(tmp_path)
    result = run("compare", *words)
    assert result.code == code, result.err
    assert piece in result.err
    assert tree(tmp_path) == before


def test_a_dash_is_standard_output(run: Run, noted: Path) -> None:
    assert run("compare", "-o", "-").out == run("compare").out


def test_nothing_is_left_beside_a_file_that_could_not_be_written(
    run: Run, noted: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.md").mkdir()
    assert_refused(run("compare", "-o", str(tmp_path / "x.md"), "--force"), 1, "x.md")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    "words", ["status", "note list", "coverage", "compare", "search x", "visit list", "draft list"]
)
def test_an_empty_study_is_listed_in_every_format(run: Run, tmp_path: Path, words: str) -> None:
    run("init", "empty")
    where = ("--study", "empty", *words.split())
    assert json.loads(run(*where, "--json").out)["schema"]
    for tty, option in [("", ()), ("out", ()), ("", ("--format", "table"))]:
        assert run(*where, *option, tty=tty).out
