"""`confirm send`, `read`, `set`, `list` as they are typed."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, tree
from fieldvisit.study.view import today

FIRST, SECOND = "効果を測っている。", "RPAを税務で使う。"


def handle(run: Run, body: str) -> str:
    notes = run("note", "list", "--audience", "all", "--json").json["notes"]
    return next(str(note["handle"]) for note in notes if note["body"] == body)


def states(run: Run, *words: str) -> dict[str, Any]:
    found = run("confirm", "list", *words, "--audience", "all", "--json").json
    return {one["note"]: one["state"] for one in found["confirmations"]}


def fill(path: Path, body: str, change: str, correction: str = "") -> None:
    lines = path.read_text("utf-8").split("\n")
    (at,) = [n for n, line in enumerate(lines) if f"| {body} " in line]
    lines[at] = f"{lines[at].partition('| □')[0]}| {change} | {correction} |"
    path.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_without_a_file_the_letter_is_only_shown(run: Run, noted: Path, lang: str) -> None:
    before = tree(noted)
    for tty in ("", "all"):
        result = run("confirm", "send", "chiba-1", lang=lang, tty=tty)
        assert (result.code, tree(noted)) == (0, before)
        assert FIRST in result.out
        assert OFF_RECORD not in result.out
        assert handle(run, FIRST) not in result.out
        assert ("only shown" in result.err) == (lang == "en")
    assert set(states(run, "chiba-1").values()) == {"not-sent"}


@pytest.mark.parametrize("ending", ["md", "docx", "html"])
def test_with_a_file_the_passages_count_as_sent(run: Run, noted: Path, ending: str) -> None:
    path = noted / f"letter.{ending}"
    result = run("confirm", "send", "chiba-1", "--due", "2099-11-30", "-o", str(path))
    assert (result.code, result.out, path.exists()) == (0, "", True)
    assert "2 passages go to the city." in result.err
    assert "Not sent, off the record: 1" in result.err
    assert states(run, "chiba-1") == {handle(run, FIRST): "sent", handle(run, SECOND): "sent"}
    before = tree(noted)
    assert_refused(run("confirm", "send", "chiba-1", "-o", str(path)), 1, "there already")
    assert tree(noted) == before
    assert run("confirm", "send", "chiba-1", "-o", str(path), "--force").code == 0


def test_on_a_terminal_it_lists_what_goes_and_asks(run: Run, noted: Path) -> None:
    path = noted / "letter.docx"
    words = ("confirm", "send", "chiba-1", "-o", str(path))
    before = tree(noted)
    result = run(*words, stdin="n\n", tty="keyboard")
    assert (result.code, tree(noted)) == (1, before)
    assert f"1. {SECOND} [{handle(run, SECOND)}]" in result.err
    assert "Send these to 千葉市?" in result.err
    assert OFF_RECORD not in result.err
    assert run(*words, "--yes", tty="keyboard").code == 0
    assert path.exists()
    assert run(*words, "--force", stdin="y\n", tty="keyboard").code == 0


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("chiba-1", "-o", "a.xlsx"), 2, "cannot be written as xlsx"),
        (("chiba-1", "-o", "a.pdf"), 1, "stands for no format"),
        (("chiba-1", "-o", "none/a.md"), 1, "cannot be written"),
        (("chiba-1", "--department", "財政課"), 1, "財政課"),
        (("chiba-1", "--due", "99/99", "-o", "a.md"), 1, "99/99"),
        (("otsu-1", "-o", "a.md"), 1, "nothing from otsu-1 to send"),
        (("nowhere-1", "-o", "a.md"), 1, "nowhere-1"),
    ],
)
def test_a_refused_letter_is_neither_written_nor_stored(
    run: Run, noted: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before = tree(noted)
    assert_refused(run("confirm", "send", *words), code, piece)
    assert tree(noted) == before
    assert not Path("a.md").exists()


def test_one_department_is_asked_about_its_own_words(run: Run, noted: Path) -> None:
    path = noted / "letter.md"
    words = ("--department", "情報経営部", "-o", str(path))
    assert run("confirm", "send", "chiba-1", *words).code == 0
    assert FIRST in path.read_text("utf-8")
    assert SECOND not in path.read_text("utf-8")
    assert "To: 千葉市 情報経営部" in path.read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_letter_goes_out_and_comes_back(run: Run, noted: Path, lang: str) -> None:
    path = noted / "letter.md"
    assert run("confirm", "send", "chiba-1", "-o", str(path), lang=lang).code == 0
    fill(path, FIRST, "なし")
    fill(path, SECOND, "yes", "RPAを税務と福祉で使う。")
    path.write_text(path.read_text("utf-8") + "\n追伸です。\n", "utf-8")
    words = ("confirm", "read", str(path), "--by", "情報政策課", "--on", f"{today()}")
    before = tree(noted)
    tried = run(*words, "--dry-run")
    assert (tried.code, tried.out, tree(noted)) == (0, "", before)
    assert "answers stored 2 · known already 0 · not stored 1" in tried.err
    result = run(*words)
    assert (result.code, result.out) == (0, "")
    assert states(run, "chiba-1") == {
        handle(run, FIRST): "ok", handle(run, "RPAを税務と福祉で使う。"): "corrected",
    }  # fmt: skip
    (draft,) = (noted / "drafts").glob("*.txt")
    assert "追伸です。" in draft.read_text("utf-8")
    assert draft.name in result.err
    before = tree(noted)
    assert "answers stored 0 · known already 2 · not stored 1" in run(*words).err
    assert tree(noted) == before
    shown = run("note", "show", handle(run, FIRST), "--json").json["confirmation"]
    assert (shown["state"], shown["who"], shown["answered_on"], shown["holds"]) == (
        "ok", "情報政策課", f"{today()}", True,
    )  # fmt: skip
    public = run("note", "list", "--audience", "public", "--json").json["notes"]
    assert FIRST in [note["body"] for note in public]
    assert run("undo").code == 0
    assert set(states(run, "chiba-1").values()) == {"sent"}
    assert SECOND in run("note", "list").out


def test_reading_asks_on_a_terminal(run: Run, noted: Path) -> None:
    path = noted / "letter.md"
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    fill(path, FIRST, "no")
    before = tree(noted)
    assert_refused(run("confirm", "read", str(path), stdin="n\n", tty="keyboard"), 1, "Store this?")
    assert tree(noted) == before
    assert run("confirm", "read", str(path), stdin="\n", tty="keyboard").code == 0
    assert states(run)[handle(run, FIRST)] == "ok"


def test_a_letter_is_no_sheet_and_a_sheet_no_letter(run: Run, noted: Path) -> None:
    letter, sheet = noted / "letter.docx", noted / "sheet.docx"
    assert run("confirm", "send", "chiba-1", "-o", str(letter)).code == 0
    assert run("prepare", "chiba-1", "--for", "city", "-o", str(sheet)).code == 0
    assert_refused(run("record", "chiba-1", str(letter)), 1, "confirm read")
    assert_refused(run("confirm", "read", str(sheet)), 1, "bears no sign of a letter")
    assert_refused(run("confirm", "read", str(noted / "none.md")), 1, "none.md")


def test_answers_by_telephone(run: Run, noted: Path) -> None:
    first, second = handle(run, FIRST), handle(run, SECOND)
    said = ("--by", "山田課長", "--on", "R1.11.8")
    assert run("confirm", "set", "chiba-1", first[:4], "確認済", "電話で", *said).code == 0
    result = run("confirm", "set", "chiba-1", second, "corr", "-", *said, stdin="直した文。\n")
    assert (result.code, result.out) == (0, "")
    listed = run("confirm", "list", "chiba-1", "--json", "--audience", "all").json
    found = {one["note"]: one["confirmation"] for one in listed["confirmations"]}
    assert [found[first][name] for name in ("state", "who", "answered_on", "comment")] == [
        "ok", "山田課長", "2019-11-08", "電話で",
    ]  # fmt: skip
    assert found[second]["state"] == "corrected"
    history = run("note", "history", second, "--json").json["revisions"]
    assert [(r["body"], r["reason"]) for r in history] == [
        (SECOND, None), ("直した文。", "corrected by 山田課長"),
    ]  # fmt: skip
    assert run("confirm", "send", "himeji-1", "-o", str(noted / "a.md")).code == 0
    assert run("confirm", "set", "himeji-1", "no-reply").code == 0
    assert "no-reply" in states(run, "himeji-1").values()


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        (("chiba-1", "maybe"), 2, "ok, corrected or no-reply"),
        (("chiba-1", "sent"), 2, "ok, corrected or no-reply"),
        (("chiba-1", "corrected", "文"), 2, "exactly one note"),
        (("chiba-1", "{first}", "{second}", "corrected", "文"), 2, "exactly one note"),
        (("chiba-1", "{first}", "corrected"), 2, "no text"),
        (("chiba-1", "ok"), 1, "Nothing from chiba-1 waits"),
        (("chiba-1", "zzzz", "ok"), 1, "zzzz"),
        (("himeji-1", "{first}", "ok"), 2, "not from himeji-1"),
        (("chiba-1", "{first}", "ok", "--on", "99/99"), 1, "99/99"),
        (("chiba-1", "{first}", "corrected", FIRST), 1, "says that already"),
        (("chiba-1", "{first}", "corrected", "オフレコの話"), 2, "off the record"),
        (("chiba-1", "{first}", "ok", "オフレコでお願いします"), 2, "off the record"),
    ],
)
def test_a_refused_answer_changes_nothing(
    run: Run, noted: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    names = {"first": handle(run, FIRST), "second": handle(run, SECOND)}
    before = tree(noted)
    assert_refused(run("confirm", "set", *(w.format(**names) for w in words)), code, piece)
    assert tree(noted) == before


def test_a_correction_may_be_written_in_the_editor(run: Run, noted: Path, editor: Editor) -> None:
    editor("text = text.replace('測って', '測定して')")
    words = ("confirm", "set", "chiba-1", handle(run, FIRST), "corrected")
    assert run(*words, tty="all").code == 0
    assert states(run)[handle(run, "効果を測定している。")] == "corrected"
    assert list((noted / "drafts").glob("*.txt")) == []


def test_a_correction_of_what_was_changed_since_is_kept(
    run: Run, noted: Path, editor: Editor
) -> None:
    first = handle(run, FIRST)
    assert run("confirm", "send", "chiba-1", "-o", str(noted / "a.md")).code == 0
    assert run("note", "edit", first, "別の文。").code == 0
    editor("text = '直した文。'")
    words = ("confirm", "set", "chiba-1", first, "corrected")
    assert_refused(run(*words, tty="keyboard"), 1, "changed after the city saw it")
    (draft,) = (noted / "drafts").glob("*.txt")
    assert draft.read_text("utf-8") == "直した文。"
    assert run(*words, "直した文。", "--as-it-stands").code == 0
    assert states(run)[first] == "corrected"


def test_status_counts_what_a_letter_would_send(run: Run, noted: Path) -> None:
    before = run("status", "--json").json["to_confirm"]
    run("note", "add", "chiba-1", "ai-rpa", "市に確かめる話。", "-d", "confirm")
    run("note", "add", "chiba-1", "ai-rpa", "書き手の感想。", "-d", "confirm", "-k", "remark")
    assert run("status", "--json").json["to_confirm"] == before + 1
