"""`confirm send`, `set`, `list` as they are typed."""

from pathlib import Path
from typing import Any

import pytest

from cli.harness import OFF_RECORD, Editor, Run, assert_refused, tree
from cli.recorded import handle_of
from fieldvisit.study import view

FIRST, SECOND = "効果を測っている。", "RPAを税務で使う。"


def states(run: Run, *words: str) -> dict[str, Any]:
    found = run("confirm", "list", *words, "--audience", "all", "--json").json
    return {one["note"]: one["state"] for one in found["confirmations"]}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_without_a_file_the_letter_is_only_shown(run: Run, noted: Path, lang: str) -> None:
    before = tree(noted)
    for tty in ("", "all"):
        result = run("confirm", "send", "chiba-1", lang=lang, tty=tty)
        assert (result.code, tree(noted)) == (0, before)
        assert FIRST in result.out
        assert OFF_RECORD not in result.out
        assert handle_of(FIRST) not in result.out
        assert ("only shown" in result.err) == (lang == "en")
    assert set(states(run, "chiba-1").values()) == {"not-sent"}


@pytest.mark.parametrize("ending", ["md", "docx", "html"])
def test_with_a_file_the_passages_count_as_sent(run: Run, noted: Path, ending: str) -> None:
    path = noted / f"letter.{ending}"
    result = run("confirm", "send", "chiba-1", "--due", "2099-11-30", "-o", str(path))
    assert (result.code, result.out, path.exists()) == (0, "", True)
    assert "2 passages go to the city." in result.err
    assert "Not sent, off the record: 1" in result.err
    assert states(run, "chiba-1") == {handle_of(FIRST): "sent", handle_of(SECOND): "sent"}
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
    assert f"1. {SECOND} [{handle_of(SECOND)}]" in result.err
    assert "Send these to 千葉市?" in result.err
    assert OFF_RECORD not in result.err
    assert run(*words, "--yes", tty="keyboard").code == 0
    assert path.exists()
    assert run(*words, "--force", stdin="y\n", tty="keyboard").code == 0


def test_answers_by_telephone(run: Run, noted: Path) -> None:
    first, second = handle_of(FIRST), handle_of(SECOND)
    said = ("--answered-by", "山田課長", "--on", "R1.11.8")
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


def test_a_correction_of_what_was_changed_since_is_kept(
    run: Run, noted: Path, editor: Editor
) -> None:
    first = handle_of(FIRST)
    assert run("confirm", "send", "chiba-1", "-o", str(noted / "a.md")).code == 0
    assert run("note", "edit", first, "別の文。").code == 0
    editor("text = '直した文。'")
    words = ("confirm", "set", "chiba-1", first, "corrected")
    assert_refused(run(*words, tty="keyboard"), 1, "changed after the city saw it")
    (draft,) = (noted / "drafts").glob("*.txt")
    assert draft.read_text("utf-8") == "直した文。"
    assert run(*words, "直した文。", "--as-it-stands").code == 0
    assert states(run)[first] == "corrected"


@pytest.mark.parametrize("text", ["【オフレコ】直した。", "直した【背景】文。", "直した。（匿名）"])
def test_a_correction_bears_no_marks(run: Run, noted: Path, text: str) -> None:
    first = handle_of(FIRST)
    before = tree(noted)
    assert_refused(run("confirm", "set", "chiba-1", first, "corrected", text), 2, "marks")
    assert tree(noted) == before


def test_status_counts_what_a_letter_would_send(run: Run, noted: Path) -> None:
    before = run("status", "--json").json["to_confirm"]
    run("note", "add", "chiba-1", "ai-rpa", "市に確かめる話。", "-d", "confirm")
    run("note", "add", "chiba-1", "ai-rpa", "書き手の感想。", "-d", "confirm", "-k", "remark")
    assert run("status", "--json").json["to_confirm"] == before + 1


AGAIN = "The city had confirmed note {}; it has to confirm it again."


@pytest.fixture
def confirmed(run: Run, noted: Path) -> str:
    """The handle of a note that the city confirmed."""
    first = handle_of(FIRST)
    assert run("confirm", "set", "chiba-1", first, "ok").code == 0
    return first


ASK, UNDO = "fieldvisit confirm send chiba-1", "Only fieldvisit undo brings its word back"
NOT_SENT = "it does not go to the city"


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        ("edit {} 別の文。", ASK), ("edit {} -t 札", ASK), ("edit {} -d public", ASK),
        ("combine {} {other}", ASK), ("combine {other} {}", UNDO), ("delete {}", UNDO),
        ("edit {} -d group", NOT_SENT), ("edit {} -d off-record", NOT_SENT),
    ],
)  # fmt: skip
def test_a_change_that_ends_an_agreement_says_what_to_do(
    run: Run, confirmed: str, words: str, piece: str
) -> None:
    assert run("note", "edit", handle_of(SECOND), "--said-by", "山田太郎").code == 0
    result = run("note", *words.format(confirmed, other=handle_of(SECOND)).split())
    assert result.code == 0, result.err
    assert f"The city had confirmed note {confirmed}" in result.err
    told = [one for one in (ASK, UNDO, NOT_SENT) if one in result.err]
    assert (told, AGAIN.format(confirmed) in result.err) == ([piece], piece == ASK)
    if piece == ASK and words.startswith("edit"):
        assert states(run)[confirmed] == "changed"
        again = run("note", "edit", confirmed, "もう一つ別の文。", lang="ja")
        assert "でしたが" not in again.err


def test_a_note_that_is_brought_back_says_that_the_agreement_is_void(
    run: Run, confirmed: str
) -> None:
    assert run("note", "delete", confirmed).code == 0
    result = run("note", "restore", confirmed)
    assert AGAIN.format(confirmed) in result.err
    assert "fieldvisit undo keeps its word" in result.err
    assert states(run)[confirmed] == "changed"
    assert run("undo").code == run("undo").code == 0
    assert states(run)[confirmed] == "ok"
    assert run("note", "edit", confirmed, "別の文。").code == 0
    assert run("note", "delete", confirmed).code == 0
    assert "has to confirm" not in run("note", "restore", confirmed).err


def test_an_answer_that_changes_nothing_says_why(run: Run, confirmed: str) -> None:
    assert run("note", "edit", confirmed, "別の文。").code == 0
    result = run("confirm", "set", "chiba-1", confirmed, "ok")
    assert "Nothing was changed." in result.err
    assert f"fieldvisit confirm set chiba-1 {confirmed} ok --as-it-stands" in result.err
    assert "fieldvisit confirm send chiba-1" in result.err
    assert run("confirm", "set", "chiba-1", confirmed, "ok", "--as-it-stands").code == 0
    again = run("confirm", "set", "chiba-1", confirmed, "ok")
    assert (states(run)[confirmed], "as-it-stands" in again.err) == ("ok", False)


@pytest.mark.parametrize(
    ("words", "piece", "goes"),
    [
        ("delete {}", "was deleted after the city saw it", False),
        ("edit {} -d group", "was changed after the city saw it", False),
        ("edit {} 別の文。", "was changed after the city saw it", True),
    ],
)
def test_an_answer_about_what_is_another_by_now_says_so(
    run: Run, noted: Path, words: str, piece: str, goes: bool
) -> None:
    path, first = noted / "letter.md", handle_of(FIRST)
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    assert run("note", *words.format(first).split()).code == 0
    err = run("confirm", "set", "chiba-1", "2", "ok").err
    assert piece in err
    assert ("Send it again" in err) == goes


def test_undoing_what_the_city_confirmed_says_so(run: Run, noted: Path) -> None:
    first = handle_of(FIRST)
    assert run("note", "edit", first, "新しい文。").code == 0
    change = run("log", "--json").json["changes"][0]["change"]
    assert run("confirm", "set", "chiba-1", first, "ok").code == 0
    assert AGAIN.format(first) in run("undo", change).err
    assert states(run)[first] == "changed"


def test_a_comparison_lets_a_confirmed_note_be_quoted(run: Run, confirmed: str) -> None:
    group = run("compare", "ai-rpa", "--city", "千葉市", lang="ja").out
    line = next(line for line in group.split("\n") if FIRST in line)
    assert f"【先方確認前】{FIRST}" not in line
    public = run("compare", "ai-rpa", "--city", "千葉市", "--audience", "public").out
    assert FIRST in public
    shown = run("note", "show", confirmed, "--audience", "group", lang="ja").out
    assert "内容確認: 確認済" in shown
    assert "内容確認" not in run("note", "show", confirmed, "--audience", "public", lang="ja").out


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("send", "chiba-1", "--due", "2019-01-01", "-o", "new.md"), "2019-01-01, which is over"),
        (("set", "chiba-1", "ok", "--on", "2099-01-01"), "still to come"),
        (("set", "chiba-1", "ok", "--on", "2019-10-22"), "older than the letter"),
        (("set", "chiba-1", "7", "ok"), "No passage 7"),
        (("set", "chiba-1", "2", "ok", "--letter", "2019-11-01"), "No passage 2"),
    ],
)
def test_a_day_or_passage_that_cannot_be_is_refused(
    run: Run, noted: Path, words: tuple[str, ...], piece: str
) -> None:
    path = noted / "letter.md"
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    before = tree(noted)
    assert_refused(run("confirm", *words), 1, piece)
    assert tree(noted) == before


@pytest.mark.parametrize(
    "change", [("--date", "2099-10-21"), ("--status", "postponed"), ("--status", "cancelled")]
)
def test_no_letter_goes_about_a_visit_that_did_not_take_place(
    run: Run, noted: Path, change: tuple[str, ...]
) -> None:
    assert run("visit", "edit", "chiba-1", *change).code == 0
    before = tree(noted)
    result = run("confirm", "send", "chiba-1", "-o", str(noted / "a.md"))
    assert_refused(result, 1, "chiba-1 has not taken place", "--status held")
    assert tree(noted) == before


def test_what_is_to_be_looked_at_before_a_letter_goes_is_told(run: Run, noted: Path) -> None:
    assert run("study", "edit", "--institute", "", "--contact", "").code == 0
    added = run("note", "add", "chiba-1", "unsorted", "次回は現場を見る。", "-d", "confirm").out
    shown = run("confirm", "send", "chiba-1")
    assert f"Going without a topic: {added.strip()}" in shown.err
    assert "does not say who asks" in shown.err
    assert "is not noted as held" not in shown.err
    assert run("study", "edit", "--institute", "架空大学", "--contact", "佐藤").code == 0
    assert run("visit", "edit", "chiba-1", "--date", "").code == 0
    shown = run("confirm", "send", "chiba-1")
    assert "does not say who asks" not in shown.err
    assert "chiba-1 is not noted as held" in shown.err


def test_a_speaker_is_named_as_far_as_was_agreed(run: Run, noted: Path) -> None:
    first = handle_of(FIRST)
    assert run("note", "edit", first, "--said-by", "山田太郎", "-d", "public").code == 0
    words = ("note", "show", first, "--audience", "public", "--json")
    assert run(*words).json["note"]["said_by"] is None
    assert run("visit", "edit", "chiba-1", "--attribution", "役職まで").code == 0
    assert run(*words).json["note"]["said_by"] == "情報経営部 課長"
    assert run("note", "edit", first, "--attribution", "department").code == 0
    assert run(*words).json["note"]["said_by"] == "情報経営部"
    assert_refused(run("note", "edit", first, "--attribution", "all"), 2, "attribution")
    assert run("note", "edit", first, "--attribution", "").code == 0
    assert run(*words).json["note"]["said_by"] == "情報経営部 課長"


def test_a_quote_that_was_corrected_is_listed_when_asked_for(run: Run, noted: Path) -> None:
    words = ("note", "add", "chiba-1", "ai-rpa", "「十二人」", "-k", "quote", "-d", "confirm")
    quote = run(*words).out.strip()
    assert run("confirm", "set", "chiba-1", quote, "corrected", "十三人です。").code == 0
    listed = run("note", "list", "--json").json["notes"]
    (reply,) = (note for note in listed if note["body"] == "十三人です。")
    assert quote not in [note["handle"] for note in listed]
    assert reply["replaces"] == run("note", "show", quote, "--json").json["note"]["id"]
    everything = run("note", "list", "--replaced", "--json").json["notes"]
    (old,) = (note for note in everything if note["handle"] == quote)
    assert (old["body"], old["replaced_by"]) == ("「十二人」", reply["id"])
    shown = run("compare", "ai-rpa", "--city", "千葉市", lang="ja").out
    assert f"【修正：千葉市 {view.today()}】十三人です。" in shown
    assert "「十二人」" not in shown
    assert_refused(run("note", "edit", reply["handle"], "十四人です。"), 1, "--reason")
