"""`record VISIT FILE…`: real files out, filled in by others, and back."""

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from cli.harness import Run, assert_refused, tree
from programs import program

TEXT = "RPAを税務で使用。\n𠮷野家も葛󠄀城も👩‍💻も。"
OTHER = "正規12名、委託3名。"
PLACES = {"ai-rpa/status": TEXT, "hiring/staff-mix": OTHER}


def notes(run: Run) -> list[tuple[str, str, str]]:
    found = run("note", "list", "--visit", "chiba-1", "--audience", "all", "--json").json["notes"]
    return sorted((f"{n['topic']}/{n['question']}", n["kind"], n["body"]) for n in found)


def in_markdown(path: Path, texts: dict[str, str]) -> Path:
    text = path.read_text("utf-8")
    for place, written in texts.items():
        head, fence, rest = text.partition(f":{place}}}\n")
        assert fence, place
        text = f"{head}{fence}{written}\n{rest}"
    path.write_text(text, "utf-8")
    return path


def in_word(path: Path, texts: dict[str, str]) -> Path:
    """Write into the content controls by their tags: raw XML, nothing of our own code."""
    filled = path.with_name(f"filled-{path.name}")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(filled, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                data = _controls(data.decode(), texts).encode()
            after.writestr(item, data)
    return filled


def _controls(xml: str, texts: dict[str, str]) -> str:
    for place, written in texts.items():
        at = xml.index(f':{place}"')
        start = xml.index("</w:tcPr>", at) + len("</w:tcPr>")  # the box in the control
        end = xml.index("</w:tc>", start)
        paragraphs = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
            for line in written.split("\n")
        )
        xml = xml[:start] + paragraphs + xml[end:]
    return xml


def in_excel(path: Path, texts: dict[str, str]) -> Path:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for place, written in texts.items():
            if str(row[0].value).endswith(f":{place}"):
                row[heads.index("answer")].value = written
    book.save(path)
    return path


def in_csv(path: Path, texts: dict[str, str], encoding: str = "utf-8-sig") -> Path:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    answer = rows[0].index("answer")
    for row in rows[1:]:
        for place, written in texts.items():
            if row[0].endswith(f":{place}"):
                row[answer] = written
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


FILLERS = {"md": in_markdown, "docx": in_word, "xlsx": in_excel, "csv": in_csv}


def out(run: Run, folder: Path, ending: str, reader: str = "city") -> Path:
    path = folder / f"sheet.{ending}"
    assert run("prepare", "chiba-1", "--for", reader, "-o", str(path)).code == 0
    return path


@pytest.mark.parametrize("reader", ["city", "interviewer"])
@pytest.mark.parametrize("ending", FILLERS)
def test_a_sheet_goes_out_and_comes_back_whole_and_once(
    run: Run, three: Path, ending: str, reader: str
) -> None:
    path = FILLERS[ending](out(run, three, ending, reader), PLACES)
    words = ("record", "chiba-1", str(path), "--mode", "written", "--on", "2019-11-08")
    before = tree(three)
    tried = run(*words, "--dry-run")
    assert (tried.code, tree(three)) == (0, before)
    assert "read 2 = stored 2 + unchanged 0 + refused 0" in tried.err
    result = run(*words)
    assert result.code == 0, result.err
    assert len(result.out.split()) == 2
    kind = "reply" if reader == "city" else "statement"
    assert notes(run) == [("ai-rpa/status", kind, TEXT), ("hiring/staff-mix", kind, OTHER)]
    database = (three / "fieldvisit.db").read_bytes()
    again = run(*words)
    assert "stored 0 + unchanged 2 + refused 0" in again.err
    assert (three / "fieldvisit.db").read_bytes() == database


@pytest.mark.parametrize("ending", FILLERS)
def test_a_sheet_of_another_visit_is_refused(run: Run, three: Path, ending: str) -> None:
    path = FILLERS[ending](out(run, three, ending), PLACES)
    before = tree(three)
    assert_refused(run("record", "himeji-1", str(path)), 1, "another visit", "chiba-1")
    assert tree(three) == before


def test_a_table_saved_by_excel_as_csv_in_cp932_comes_back(run: Run, three: Path) -> None:
    path = in_csv(out(run, three, "csv"), {"hiring/staff-mix": "①正規12名～㈱髙橋"}, "cp932")
    assert run("record", "chiba-1", str(path)).code == 0
    assert notes(run) == [("hiring/staff-mix", "reply", "①正規12名～㈱髙橋")]


def test_what_was_not_recognised_is_listed_and_kept_once(run: Run, three: Path) -> None:
    path = out(run, three, "md")
    text = path.read_text("utf-8").replace("## 1 ", "最後に一言申し上げます。\n\n## 1 ", 1)
    path.write_text(text, "utf-8")
    for _ in range(2):
        result = run("record", "chiba-1", str(path))
        assert result.code == 0
        assert "sheet.md, line" in result.err
        assert "最後に一言申し上げます。" in result.err
    (draft,) = (three / "drafts").iterdir()
    assert "最後に一言申し上げます。" in draft.read_text("utf-8")
    assert notes(run) == []


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_sheet_saved_by_libreoffice_comes_back(
    run: Run, three: Path, tmp_path: Path, ending: str
) -> None:
    path = FILLERS[ending](out(run, three, ending), PLACES)
    folder = tmp_path / "saved"
    subprocess.run(
        [program("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert run("record", "chiba-1", str(folder / path.name), "--mode", "written").code == 0
    assert notes(run) == [("ai-rpa/status", "reply", TEXT), ("hiring/staff-mix", "reply", OTHER)]


@pytest.mark.parametrize("name", ["none.docx", "sheet.pdf", "sheet"])
def test_a_file_that_is_none_of_ours_is_refused(run: Run, three: Path, name: str) -> None:
    if name != "none.docx":
        (three / name).write_bytes(b"%PDF")
    before = tree(three)
    assert_refused(run("record", "chiba-1", str(three / name)), 1, name)
    assert tree(three) == before


@pytest.mark.parametrize(
    "words",
    [("--as", "poem", "x.md"), ("--mode", "written"), ("--on", "2019-11-08"),
     ("x.md", "--mode", "pigeon"), ("x.md", "--on", "2019-02-30")],
)  # fmt: skip
def test_words_that_do_not_fit_are_refused(run: Run, three: Path, words: tuple[str, ...]) -> None:
    (three / "x.md").write_text("", "utf-8")
    result = run("record", "chiba-1", *words)
    assert result.code in {1, 2}
    assert result.out == ""


def test_a_memo_becomes_notes_without_a_topic(run: Run, three: Path) -> None:
    memo = three / "memo.txt"
    memo.write_text(
        "ヒアリングメモ\n\n・研修は年二回。\n・ここだけの話、足りない。\n\n【発言】「足りない」\n",
        "utf-8",
    )
    result = run("record", "chiba-1", str(memo), "--as", "memo")
    assert result.code == 0, result.err
    assert "off the record" in result.err
    found = run("note", "list", "--unsorted", "--audience", "all", "--json").json["notes"]
    levels = {note["body"]: (note["kind"], note["disclosure"]) for note in found}
    assert levels["「足りない」"] == ("quote", "confirm")
    assert levels["ここだけの話、足りない。"][1] == "off-record"
    assert all(note["topic"] is None for note in found)
    assert run("record", "chiba-1", str(memo), "--as", "memo").out == ""


def test_binary_files_are_nothing_for_a_terminal(run: Run, three: Path) -> None:
    for ending in ("docx", "xlsx"):
        assert_refused(run("prepare", "chiba-1", "--format", ending, tty="out"), 2, "-o FILE")
        assert run("prepare", "chiba-1", "--format", ending).out_bytes.startswith(b"PK")


def test_questions_are_chosen_and_listed(run: Run, three: Path) -> None:
    assert run("visit", "ask", "chiba-1", "--new", "ai-rpa", "規程は？").out == "ai-rpa/extra-1\n"
    assert run("visit", "ask", "chiba-1", "--skip", "4/2", "--send", "1/6").code == 0
    listed = run("visit", "ask", "chiba-1", "--json").json["questions"]
    choices = {f"{q['topic']}/{q['question']}": q["choice"] for q in listed}
    assert choices["ai-rpa/selection"] == "skip"
    assert choices["hiring/training"] == "send"
    assert choices["ai-rpa/extra-1"] == "ask"
    assert_refused(run("visit", "ask", "chiba-1", "--skip", "4/2", "--ask", "4/2"), 2, "twice")


def test_materials_are_entered_and_listed(run: Run, three: Path) -> None:
    (three / "図.pdf").write_bytes(b"%PDF")
    file = ("--file", str(three / "図.pdf"), "--pages", "12", "--received-on", "R1.10.21")
    assert run("material", "add", "chiba-1", "組織図", *file).out == "1\n"
    (found,) = run("material", "list", "--json").json["materials"]
    assert (found["title"], found["pages"], found["received_on"]) == ("組織図", "12", "2019-10-21")
    assert (three / found["file"]).read_bytes() == b"%PDF"
    handle = run("note", "add", "chiba-1", "3/1", "三課", "--material", "1", "--page", "7").out
    note = run("note", "show", handle.strip(), "--json", "--audience", "all").json["note"]
    assert (note["material"], note["page"]) == (1, "7")
    assert "material 1 p.7" in run("note", "show", handle.strip(), "--audience", "all").out
    assert_refused(run("note", "add", "chiba-1", "3/1", "x", "--material", "9"), 1, "material add")
    assert json.loads(run("material", "list", "himeji-1", "--json").out)["materials"] == []


@pytest.mark.parametrize("cells", ["notes", "both"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_comparison_is_no_sheet_of_a_visit(run: Run, noted: Path, cells: str, lang: str) -> None:
    run("compare", "--cells", cells, "-o", "x.csv", lang=lang)
    before = tree(noted)
    assert_refused(run("record", "himeji-1", "x.csv", "--yes"), 1, "comparison", "summary read")
    assert tree(noted) == before
