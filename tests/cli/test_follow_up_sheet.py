"""`prepare VISIT --only-open --for city` after the visit: out to the city, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import Run, tree
from cli.test_returned_files import FILLERS

SHEET = ("prepare", "chiba-1", "--for", "city", "--only-open", "--reply-by", "2030-01-31")
TITLES = {"en": "Thanks and further questions", "ja": "お礼と追加のお願い"}
AHEAD = {"en": "Questions ahead of our visit", "ja": "事前質問票"}
PLACES = {
    "ai-rpa/effect": "効果は測定中です。",
    "hiring/staff-mix": "12名です。",
    "other": "以上。",
}


@pytest.fixture
def owing(run: Run, three: Path) -> Path:
    """The study in use: chiba-1 was held and owes three answers, two of them as topics."""
    for place, due in (("ai-rpa/effect", "2019-11-30"), ("other", "2019-12-02"),
                       ("security", "2019-12-03")):  # fmt: skip
        assert run("mark", "chiba-1", place, "to-follow", "--due", due).code == 0
    return three


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_words_are_those_of_thanks_only_once_the_visit_took_place(
    run: Run, owing: Path, lang: str
) -> None:
    assert TITLES[lang] in run(*SHEET, lang=lang).out  # its day is past
    assert AHEAD[lang] in run(*(word for word in SHEET if word != "--only-open"), lang=lang).out
    run("visit", "edit", "chiba-1", "--date", "2031-05-06")
    assert AHEAD[lang] in run(*SHEET, lang=lang).out
    run("visit", "edit", "chiba-1", "--status", "held")
    assert TITLES[lang] in run(*SHEET, lang=lang).out
    run("visit", "edit", "chiba-1", "--status", "postponed", "--date", "2019-10-21")
    assert AHEAD[lang] in run(*SHEET, lang=lang).out


def test_what_the_city_told_off_the_record_decides_nothing(run: Run, owing: Path) -> None:
    before = run(*SHEET, "--audience", "all").out
    words = ("hiring/staff-mix", "内緒", "-d", "off-record")
    assert run("note", "add", "chiba-1", *words).code == 0
    assert run(*SHEET, "--audience", "all").out == before
    assert run(*SHEET, tty="all").out.count("1/1") == 1


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("ending", FILLERS)
def test_answers_come_back_and_nothing_that_we_printed(
    run: Run, owing: Path, tmp_path: Path, ending: str, lang: str
) -> None:
    file = tmp_path / f"sheet.{ending}"
    assert run(*SHEET, "-o", str(file), lang=lang).code == 0
    if ending == "xlsx":
        file = _with_head_in_english(file)
    fill: Callable[[Path, dict[str, str]], Path] = FILLERS[ending]
    if ending == "csv" and lang == "ja":
        file.write_text(file.read_text("utf-8-sig").replace("回答,", "answer,", 1), "utf-8-sig")
    file = fill(file, PLACES)
    result = run("record", "chiba-1", str(file), "--mode", "written", "--on", "2019-12-01")
    assert result.code == 0, result.err
    found = run("note", "list", "--json").json["notes"]
    texts = {(n["topic"] + (f"/{n['question']}" if n["question"] else "")): n["body"]
             for n in found}  # fmt: skip
    assert texts == PLACES
    assert {n["kind"] for n in found} == {"reply"}
    assert run("draft", "list", "--json").json["drafts"] == []


def _with_head_in_english(file: Path) -> Path:
    import openpyxl

    book = openpyxl.load_workbook(file)
    for cell in book.worksheets[0][1]:
        if cell.value == "回答":
            cell.value = "answer"
    book.save(file)
    return file


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_a_sheet_comes_back_though_the_day_was_put_right_and_promises_were_kept_meanwhile(
    run: Run, owing: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"sheet.{ending}"
    assert run(*SHEET, "-o", str(file)).code == 0
    file = FILLERS[ending](file, PLACES)
    assert run("mark", "chiba-1", "ai-rpa/effect", "clear").code == 0
    assert run("mark", "chiba-1", "security", "to-follow", "--due", "2020-01-07").code == 0
    assert run("visit", "edit", "chiba-1", "--date", "2019-10-22").code == 0
    result = run("record", "chiba-1", str(file))
    assert result.code == 0, result.err
    assert len(run("note", "list", "--json").json["notes"]) == len(PLACES)
    assert run("draft", "list", "--json").json["drafts"] == []


def test_what_a_person_makes_of_our_sentences_is_named(
    run: Run, owing: Path, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.md"
    assert run(*SHEET, "-o", str(file)).code == 0
    text = file.read_text("utf-8")
    changed = text.replace("that you gave us on Mon 21 October 2019.",
                           "that you gave us on our best day.")  # fmt: skip
    assert changed != text
    file.write_text(changed, "utf-8")
    result = run("record", "chiba-1", str(file))
    assert "our best day" in result.err + "".join(
        path.read_text("utf-8") for path in (owing / "drafts").glob("*") if path.is_file()
    )


def test_it_is_a_file_of_its_own_in_a_folder(run: Run, owing: Path, tmp_path: Path) -> None:
    assert run(*SHEET, "-o", "out").code == 0
    assert sorted(tree(tmp_path / "out")) == ["chiba-1-follow-up-sheet.md"]
