"""`record` on a real terminal: the whole sheet in an editor, stored as one change."""

import json
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, at_terminal, run_here, tree
from cli.pty_run import on_terminal
from cli.recorded import assert_ended, bodies, cut, drafts, handle_of, notes, under, waiting


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


def test_neither_an_emptied_frame_nor_one_taken_out_deletes_a_note(
    noted: Path, editor: Editor
) -> None:
    taken_out = cut(handle_of("効果を測っている。"))
    for empties in ("text = text.replace('効果を測っている。', '')\n", taken_out):
        editor(empties + under("other", f"{len(empties)}件目"))
        assert_ended(at_terminal("record", "chiba-1", "--yes"), 0, "added 1", "Stored.")
        assert "効果を測っている。" in bodies()


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


def test_what_waits_is_decided_at_once_or_later(noted: Path, editor: Editor) -> None:
    editor(under("hiring/training", "研修は【背景】年二回。") + under("ai-rpa", "【極】二"))
    keys = [("Decide now?", "\n"), ("1/2", "9"), ("2/2", "\x1b")]
    screen = on_terminal("record", "chiba-1", typed=keys)
    assert_ended(screen, 0, "Dropped: 1. Waiting: 1.", "fieldvisit review")
    assert [text for _type, text, _why in waiting(noted)] == ["【極】二"]
    editor(under("other", "【極】三"))
    assert_ended(at_terminal("record", "chiba-1", "--yes"), 0, "1 item waits")
    assert len(waiting(noted)) == 2


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
