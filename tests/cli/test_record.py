"""`record` on a real terminal: the whole sheet in an editor, stored as one change."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document as WordDocument

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, at_terminal, run_here, tree
from cli.pty_run import on_terminal
from cli.recorded import GO_ON, assert_ended, bodies, cut, drafts, notes, under, waiting
from exchange.word_raw import through_libreoffice
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

DELETE = "no longer on the sheet?"


def test_an_untouched_sheet_changes_nothing(noted: Path, editor: Editor) -> None:
    editor("")
    before = tree(noted)
    assert_ended(at_terminal("record", "chiba-1"), 0, "Nothing was changed.")
    assert tree(noted) == before


def test_what_was_written_is_stored_as_one_change(noted: Path, editor: Editor) -> None:
    editor(
        under("hiring/training", "研修は年二回。\n続き。\n\n【発言】「足りない」")
        + under("unsorted", "あとで分ける。")
        + under("ai-rpa", "【所見】【関係者限り】進みは速い。")
    )
    screen = on_terminal("record", "千葉市", "--by", "Smith")
    assert_ended(screen, 0, "added 4", "Stored.")
    added = {note["body"]: note for note in notes() if note["by"] == "Smith"}
    assert set(added) == {
        "研修は年二回。\n続き。",
        "「足りない」",
        "あとで分ける。",
        "進みは速い。",
    }
    assert all(note["handle"] in screen.text for note in added.values())
    assert added["「足りない」"]["kind"] == "quote"
    remark = added["進みは速い。"]
    assert (remark["kind"], remark["disclosure"], remark["topic"]) == ("remark", "group", "ai-rpa")
    assert added["あとで分ける。"]["topic"] is None
    assert drafts(noted) == []
    assert run_here("undo").code == 0
    assert not [note for note in notes() if note["by"] == "Smith"]


def test_a_note_is_changed_and_moved_in_its_sheet(noted: Path, editor: Editor) -> None:
    handle = next(note["handle"] for note in notes() if note["body"] == "効果を測っている。")
    editor(
        cut(handle) + "found = found.replace('測っている', '毎年測っている')\n"
        "heading = next(line for line in text.splitlines() if line.startswith('### 4/4 '))\n"
        "text = text.replace(heading, heading + '\\n\\n' + found)\n"
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "changed 1", "Stored.")
    note = next(note for note in notes() if note["handle"] == handle)
    assert (note["body"], note["question"]) == ("効果を毎年測っている。", "upkeep")
    assert note["said_by"]
    assert note["revision"] == 2


@pytest.mark.parametrize(("answer", "kept"), [("n\n", True), ("\n", True), ("y\n", False)])
def test_a_removal_is_asked_for(noted: Path, editor: Editor, answer: str, kept: bool) -> None:
    note = next(note for note in notes() if note["body"] == "効果を測っている。")
    editor(cut(note["handle"]) + under("other", "新しい"))
    screen = at_terminal("record", "chiba-1", typed=[(DELETE, answer)])
    assert_ended(screen, 1 if kept else 0, "removed 1")
    assert ("効果を測っている。" in bodies()) is kept
    assert ("新しい" in bodies()) is not kept
    assert ("record-chiba-1.md" in drafts(noted)) is kept


def test_a_dry_run_says_what_would_be_stored_and_keeps_the_draft(
    noted: Path, editor: Editor
) -> None:
    editor(under("security", "試しの話"))
    before = (noted / "fieldvisit.db").read_bytes()
    screen = at_terminal("record", "chiba-1", "--dry-run")
    told = "security: 【to be confirmed】試しの話"
    assert_ended(screen, 0, told, "added 1", "Nothing was stored.", "drafts/")
    assert (noted / "fieldvisit.db").read_bytes() == before
    editor("")
    assert_ended(at_terminal("record", "chiba-1", typed=[(GO_ON, "\n")]), 0, "Stored.")
    assert "試しの話" in bodies()


def test_those_present_are_read_back(noted: Path, editor: Editor) -> None:
    new = "先方：総務部/係長/鈴木|一郎\nrespondent: 企画課//\n当方: 記録\n山田さんの長い話"
    editor(
        "text = text.replace('/課長/', '/部長/')\n"
        f"text = text.replace('山田太郎\\n', '山田太郎\\n' + {new!r} + '\\n')\n"
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "Stored.", "1 item waits")
    found = run_here("visit", "show", "chiba-1", "--json").json["visit"]
    assert found["respondents"] == [
        {"department": "情報経営部", "position": "部長", "name": "山田太郎"},
        {"department": "総務部", "position": "係長", "name": "鈴木|一郎"},
        {"department": "企画課", "position": None, "name": None},
    ]
    assert found["interviewers"] == ["佐藤", "記録"]
    assert waiting(noted) == [("remark", "山田さんの長い話", ("value",))]


def test_who_said_something_stays_among_those_present(noted: Path, editor: Editor) -> None:
    editor("text = text.replace('respondent: 情報経営部/課長/山田太郎\\n', '')")
    assert_ended(at_terminal("record", "chiba-1"), 0, "山田太郎 said", "Nothing was changed.")
    editor("text = text.replace('interviewer: 佐藤\\n', '')")
    assert_ended(at_terminal("record", "chiba-1"), 0, "Stored.")
    found = run_here("visit", "show", "chiba-1", "--json").json["visit"]
    assert (len(found["respondents"]), found["interviewers"]) == (1, [])


def test_the_sheet_needs_a_terminal_and_a_visit(run: Run, noted: Path, editor: Editor) -> None:
    editor("path.write_text('x')")
    before = tree(noted)
    assert_refused(run("record", "chiba-1"), 2, "terminal", "note add")
    assert_refused(run("record", "chiba-1", tty="out"), 2, "terminal")
    assert_refused(run("record", "nara-1", tty="keyboard"), 1, "nara-1")
    assert_refused(run("record", "つくば市", tty="keyboard"), 1, "つくば市")
    assert tree(noted) == before


WITHHELD = "show the group"


@pytest.mark.parametrize("mark", ["【オフレコ】", "【off the record】", "【発言・オフレコ】"])
def test_what_is_marked_off_the_record_is_stored_so(noted: Path, editor: Editor, mark: str) -> None:
    editor(under("hiring/training", f"{mark}内緒の話"))
    screen = at_terminal("record", "chiba-1", typed=[(WITHHELD, "y\n")])
    assert_ended(screen, 0, "Stored.")
    note = next(note for note in notes() if note["body"] == "内緒の話")
    assert note["disclosure"] == "off-record"
    covered = run_here("coverage", "chiba-1", "--json").json["visits"][0]["questions"]
    assert {"withheld"} == {q["state"] for q in covered if q["question"] == "training"}
    assert "内緒の話" not in run_here("note", "list").out


@pytest.mark.parametrize(
    ("typed", "text", "why"),
    [
        ("ここだけの話、足りない。", "", "hint"),
        ("【オフレコです】足りない。", "", "unknown-mark"),
        ("足りない【オフレコ】と言う。", "", "mark-inside"),
        ("【公表可】【オフレコ】足りない。", "", "marks-at-odds"),
        ("【発言者：市長】足りない。", "足りない。", "speaker"),
        ("【オフレコ】\n\n足りない。", "足りない。", "mark-inside"),
    ],
)
def test_what_is_in_doubt_waits_and_is_no_more_open_than_to_be_confirmed(
    noted: Path, editor: Editor, typed: str, text: str, why: str
) -> None:
    before = bodies()
    editor(under("hiring/training", typed))
    assert_ended(at_terminal("record", "chiba-1"), 0, "for a decision", "review")
    assert bodies() == before
    with viewing(Settings(noted, str(noted), "t"), "all") as view:
        item = view.items[-1]
    assert (item.type, item.text) == ("note", text or typed)
    assert why in item.reasons
    assert str(item.place) == "hiring/training"
    assert item.disclosure not in {"", "public"}
    assert drafts(noted) == []


def test_text_outside_of_the_frames_waits_without_a_place(noted: Path, editor: Editor) -> None:
    editor(
        "heading = next(line for line in text.splitlines() if line.startswith('### 1/2 '))\n"
        "text = text.replace(heading, heading + '\\n\\n# 一行目\\n- 二行目\\n\\n別の段落')\n"
        "text = text.replace('{hiring/training}', '{hiring/trainin}')\n"
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "2 items wait")
    assert waiting(noted) == [
        ("remark", "# 一行目\n- 二行目", ("no-place",)), ("remark", "別の段落", ("no-place",)),
    ]  # fmt: skip


def test_an_off_record_note_is_on_the_sheet_and_not_opened_by_it(
    noted: Path, editor: Editor
) -> None:
    mark = "【off the record】"
    editor(
        f"at = text.index({mark!r}, text.index({OFF_RECORD!r}) - 40)\n"
        f"text = text[:at] + '【公表可】' + text[at + {len(mark)}:]\n"
    )
    assert_ended(at_terminal("record", "chiba-1"), 0, "1 item waits")
    assert waiting(noted) == [("change", OFF_RECORD, ("opens",))]
    assert [n["disclosure"] for n in notes() if n["body"] == OFF_RECORD] == ["off-record"]


def test_closing_a_note_is_plain_and_a_quote_keeps_its_words(noted: Path, editor: Editor) -> None:
    quote = run_here("note", "add", "chiba-1", "hiring", "「足りない」", "-k", "quote").out.strip()
    editor("text = text.replace('【quote】【to be confirmed】', '【quote】【関係者限り】')")
    assert_ended(at_terminal("record", "chiba-1"), 0, "changed 1", "Stored.")
    editor("text = text.replace('「足りない」', '「足りる」')")
    assert_ended(at_terminal("record", "chiba-1"), 0, "1 item waits")
    assert waiting(noted) == [("change", "「足りる」", ("verbatim",))]
    note = next(note for note in notes() if note["handle"] == quote)
    assert (note["body"], note["disclosure"], note["kind"]) == ("「足りない」", "group", "quote")


def test_for_the_group_the_sheet_holds_nothing_off_the_record_and_leaves_it_alone(
    noted: Path, editor: Editor
) -> None:
    editor(f"assert {OFF_RECORD!r} not in text\n" + under("other", "話"))
    assert_ended(at_terminal("record", "chiba-1", "--audience", "group"), 0, "Stored.")
    assert OFF_RECORD in bodies()


def written(folder: Path, text: str, name: str = "memo.md") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def draft(folder: Path) -> str:
    (found,) = (folder / "drafts").glob("*.txt")
    return found.read_text("utf-8")


@pytest.mark.parametrize(("lang", "mark"), [("en", "【off the record】"), ("ja", "【オフレコ】")])
def test_a_refused_paragraph_is_kept_as_typed_and_closed(
    run: Run, three: Path, lang: str, mark: str
) -> None:
    text = "【発言・所見】効果は300時間。（資料1 p.7）\n\n"
    text += "# 人事（オフレコ）\n\n【発言・所見】市長は反対。\n"
    result = run("record", "chiba-1", written(three, text), "--as", "memo", lang=lang)
    assert result.code == 0
    kept = draft(three).splitlines()
    assert "  【発言・所見】効果は300時間。（資料1 p.7）" in kept
    assert f"  {mark}【発言・所見】市長は反対。" in kept
    assert "-d off-record" in result.err
    assert mark in result.err
    assert "note add" in result.err


def test_a_mark_that_is_typed_is_not_put_in_front_again(run: Run, three: Path) -> None:
    memo = written(three, "【オフレコ】市長は反対している。\n")
    run("note", "add", "chiba-1", "ai-rpa", "市長は反対している。")
    result = run("record", "chiba-1", memo, "--as", "memo")
    assert "\n  【オフレコ】市長は反対している。\n" in draft(three)
    assert "note edit" in result.err
    assert "-d off-record" in result.err


def test_a_missing_material_is_named_with_what_to_do(run: Run, three: Path) -> None:
    memo = written(three, "効果は300時間。（資料1 p.7）\n")
    result = run("record", "chiba-1", memo, "--as", "memo")
    assert "stored 1 + unchanged 0 + refused 0" in result.err
    assert "There is no material 1 of chiba-1." in result.err
    assert "fieldvisit material add chiba-1" in result.err
    assert not list((three / "drafts").iterdir())


@pytest.mark.parametrize(
    ("lang", "why"),
    [("en", "It stands above or below every page."), ("ja", "ページの上下（ヘッダー・フッター）")],
)
def test_what_stands_above_the_pages_is_not_called_a_comment(
    run: Run, three: Path, lang: str, why: str
) -> None:
    document = WordDocument()
    document.add_paragraph("職員は12名。")
    document.sections[0].header.paragraphs[0].text = "取扱注意"
    document.save(str(three / "memo.docx"))
    result = run("record", "chiba-1", str(three / "memo.docx"), "--as", "memo", lang=lang)
    assert why in result.err
    assert "取扱注意" in result.err
    assert "comment" not in result.err
    assert "コメント" not in result.err


def test_a_memo_that_is_taken_for_a_sheet_is_told_how_to_be_read(run: Run, three: Path) -> None:
    path = three / "memo.md"
    path.write_text("職員は12名。\n\n研修は年2回。\n", "utf-8")
    assert "--as memo" in run("record", "chiba-1", str(path)).err
    assert "--as memo" not in run("record", "chiba-1", str(path), "--as", "memo", "--yes").err


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


TEXT = "RPAを税務で使用。\n𠮷野家も葛󠄀城も👩‍💻も。"
OTHER = "正規12名、委託3名。"
PLACES = {"ai-rpa/status": TEXT, "hiring/staff-mix": OTHER}


def returned_notes(run: Run) -> list[tuple[str, str, str]]:
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
    sent_out = io.StringIO(newline="")
    csv.writer(sent_out).writerows(rows)
    path.write_bytes(sent_out.getvalue().encode(encoding))
    return path


FILLERS = {"md": in_markdown, "docx": in_word, "xlsx": in_excel, "csv": in_csv}


def sent_out(run: Run, folder: Path, ending: str, reader: str = "city") -> Path:
    path = folder / f"sheet.{ending}"
    assert run("prepare", "chiba-1", "--for", reader, "-o", str(path)).code == 0
    return path


@pytest.mark.parametrize("reader", ["city", "interviewer"])
@pytest.mark.parametrize("ending", FILLERS)
def test_a_sheet_goes_out_and_comes_back_whole_and_once(
    run: Run, three: Path, ending: str, reader: str
) -> None:
    path = FILLERS[ending](sent_out(run, three, ending, reader), PLACES)
    words = ("record", "chiba-1", str(path), "--mode", "written", "--on", "2019-11-08")
    before = tree(three)
    tried = run(*words, "--dry-run")
    assert (tried.code, tree(three)) == (0, before)
    assert "read 2 = stored 2 + unchanged 0 + refused 0" in tried.err
    result = run(*words)
    assert result.code == 0, result.err
    assert len(result.out.split()) == 2
    kind = "reply" if reader == "city" else "statement"
    assert returned_notes(run) == [
        ("ai-rpa/status", kind, TEXT),
        ("hiring/staff-mix", kind, OTHER),
    ]
    database = (three / "fieldvisit.db").read_bytes()
    again = run(*words)
    assert "stored 0 + unchanged 2 + refused 0" in again.err
    assert (three / "fieldvisit.db").read_bytes() == database


@pytest.mark.parametrize("ending", FILLERS)
def test_a_sheet_of_another_visit_is_refused(run: Run, three: Path, ending: str) -> None:
    path = FILLERS[ending](sent_out(run, three, ending), PLACES)
    before = tree(three)
    assert_refused(run("record", "himeji-1", str(path)), 1, "another visit", "chiba-1")
    assert tree(three) == before


def test_what_was_not_recognised_is_listed_and_kept_once(run: Run, three: Path) -> None:
    path = sent_out(run, three, "md")
    text = path.read_text("utf-8").replace("## 1 ", "最後に一言申し上げます。\n\n## 1 ", 1)
    path.write_text(text, "utf-8")
    for _ in range(2):
        result = run("record", "chiba-1", str(path))
        assert result.code == 0
        assert "sheet.md, line" in result.err
        assert "最後に一言申し上げます。" in result.err
    (draft,) = (three / "drafts").glob("*.txt")
    assert "最後に一言申し上げます。" in draft.read_text("utf-8")
    assert returned_notes(run) == []


@pytest.mark.programs
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_sheet_saved_by_libreoffice_comes_back(
    run: Run, three: Path, tmp_path: Path, ending: str
) -> None:
    path = FILLERS[ending](sent_out(run, three, ending), PLACES)
    saved = through_libreoffice(path, ending)
    assert run("record", "chiba-1", str(saved), "--mode", "written").code == 0
    assert returned_notes(run) == [
        ("ai-rpa/status", "reply", TEXT),
        ("hiring/staff-mix", "reply", OTHER),
    ]


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
