"""`record VISIT FILE…`: of real files nothing typed vanishes, and nothing printed is refused."""

from pathlib import Path

import pytest

from cli.harness import Run


def out(run: Run, path: Path, lang: str = "en") -> Path:
    words = ("prepare", "chiba-1", "--for", "city", "--reply-by", "2019-10-14", "-o", str(path))
    assert run(*words, lang=lang).code == 0
    return path


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("ending", ["md", "docx", "xlsx", "csv"])
def test_an_untouched_sheet_says_nothing_even_after_the_date_was_moved(
    run: Run, three: Path, ending: str, lang: str
) -> None:
    path = out(run, three / f"q.{ending}", lang)
    assert run("visit", "edit", "chiba-1", "--date", "2019-11-05").code == 0
    result = run("record", "chiba-1", str(path))
    assert "read 0 = stored 0 + unchanged 0 + refused 0" in result.err
    assert not list((three / "drafts").glob("returned*"))


def test_whatever_was_typed_into_a_workbook_is_kept_in_the_draft(run: Run, three: Path) -> None:
    import openpyxl

    path = out(run, three / "q.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    end = sheet.max_row
    sheet["D2"] = f"{sheet['D2'].value}\n→ yes, twelve"
    sheet["F4"] = "人事課"
    sheet.cell(end + 1, 2, "7/1")
    sheet.cell(end + 1, 4, "Our own question?")
    sheet.cell(end + 2, 4, "Another?")
    sheet.cell(end + 2, 5, "its answer")
    book.save(path)
    result = run("record", "chiba-1", str(path))
    assert "read 4 = stored 0 + unchanged 0 + refused 4" in result.err
    (draft,) = (three / "drafts").glob("returned*")
    kept = draft.read_text("utf-8")
    for text in ("yes, twelve", "人事課", "7/1 Our own question?", "Another? its answer"):
        assert text in kept
    assert f"row {end + 1}" in kept


def test_an_answer_beside_its_question_in_word(run: Run, three: Path) -> None:
    import docx

    path = out(run, three / "q.docx")
    document = docx.Document(str(path))
    heading = next(p for p in document.paragraphs if p.text.startswith("1/2"))
    heading.insert_paragraph_before("The rules of the [government] hold.")
    heading.add_run(" → Yes we do")
    document.save(str(path))
    assert run("record", "chiba-1", str(path), "--mode", "written", "--on", "2019-11-08").code == 0
    found = run("note", "list", "--visit", "chiba-1", "--audience", "all", "--json").json["notes"]
    assert sorted(note["body"] for note in found) == [
        "The rules of the [government] hold.", "Yes we do",
    ]  # fmt: skip
