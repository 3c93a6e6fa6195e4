"""Whatever changes a note that the city had confirmed says so; what leaves it alone does not."""

from pathlib import Path

import pytest

from cli.harness import Editor, Run
from cli.test_confirm import FIRST, SECOND, fill, handle, states

AGAIN = "The city had confirmed note {}; it has to confirm it again."


@pytest.fixture
def confirmed(run: Run, noted: Path) -> str:
    """The handle of a note that the city confirmed."""
    first = handle(run, FIRST)
    assert run("confirm", "set", "chiba-1", first, "ok").code == 0
    return first


@pytest.mark.parametrize(
    "words",
    [
        ("note", "edit", "{}", "別の文。"),
        ("note", "edit", "{}", "-t", "札"),
        ("note", "edit", "{}", "-d", "public"),
        ("note", "combine", "{}", "{other}"),
    ],
)
def test_a_change_says_that_the_city_has_to_confirm_again(
    run: Run, confirmed: str, words: tuple[str, ...]
) -> None:
    other = handle(run, SECOND)
    result = run(*(word.format(confirmed, other=other) for word in words))
    assert result.code == 0, result.err
    assert AGAIN.format(confirmed) in result.err
    assert "fieldvisit confirm send chiba-1" in result.err
    if words[1] == "edit":
        assert states(run)[confirmed] == "changed"
        again = run("note", "edit", confirmed, "もう一つ別の文。")
        assert "has to confirm" not in again.err


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("note", "delete", "{}"), "Only fieldvisit undo brings its word back"),
        (("note", "combine", "{other}", "{}"), "Only fieldvisit undo brings its word back"),
        (("note", "edit", "{}", "-d", "group"), "it does not go to the city"),
        (("note", "edit", "{}", "-d", "off-record"), "it does not go to the city"),
    ],
)
def test_what_never_goes_to_the_city_is_not_to_be_sent(
    run: Run, confirmed: str, words: tuple[str, ...], piece: str
) -> None:
    other = handle(run, SECOND)
    result = run(*(word.format(confirmed, other=other) for word in words))
    assert result.code == 0, result.err
    assert f"The city had confirmed note {confirmed}" in result.err
    assert piece in result.err
    assert "confirm send" not in result.err
    assert "has to confirm it again" not in result.err


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
        (("delete", "{}"), "was deleted after the city saw it", False),
        (("edit", "{}", "-d", "group"), "was changed after the city saw it", False),
        (("edit", "{}", "別の文。"), "was changed after the city saw it", True),
    ],
)
def test_an_answer_about_what_is_another_by_now_says_so(
    run: Run, noted: Path, words: tuple[str, ...], piece: str, goes: bool
) -> None:
    path, first = noted / "letter.md", handle(run, FIRST)
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    fill(path, FIRST, "no")
    assert run("note", *(word.format(first) for word in words)).code == 0
    err = run("confirm", "read", str(path)).err
    assert piece in err
    assert ("Send it again" in err) == goes


def test_nobody_is_made_to_have_answered(run: Run, confirmed: str) -> None:
    shown = run("note", "show", confirmed, "--json").json["confirmation"]
    assert (shown["state"], shown["who"]) == ("ok", None)


def test_in_japanese_too(run: Run, confirmed: str) -> None:
    result = run("note", "edit", confirmed, "別の文。", lang="ja")
    assert f"記録事項{confirmed}は先方の確認済みでしたが" in result.err


def test_the_record_sheet_says_so_too(run: Run, confirmed: str, editor: Editor) -> None:
    editor("text = text.replace('測っている', '測定している')")
    result = run("record", "chiba-1", tty="all")
    assert result.code == 0, result.err
    assert AGAIN.format(confirmed) in result.err


def test_a_sheet_read_back_says_so_too(run: Run, noted: Path, confirmed: str) -> None:
    path = noted / "sheet.md"
    assert run("prepare", "chiba-1", "-o", str(path)).code == 0
    text = path.read_text("utf-8")
    assert FIRST in text
    path.write_text(text.replace(FIRST, "効果を測定している。"), "utf-8")
    assert AGAIN.format(confirmed) in run("record", "chiba-1", str(path)).err


def test_undoing_a_change_brings_the_agreement_back(run: Run, confirmed: str) -> None:
    assert run("note", "edit", confirmed, "別の文。").code == 0
    assert "has to confirm" not in run("undo").err
    assert states(run)[confirmed] == "ok"


def test_undoing_what_the_city_confirmed_says_so(run: Run, noted: Path) -> None:
    first = handle(run, FIRST)
    assert run("note", "edit", first, "新しい文。").code == 0
    change = run("log", "--json").json["changes"][0]["id"]
    assert run("confirm", "set", "chiba-1", first, "ok").code == 0
    assert AGAIN.format(first) in run("undo", change).err
    assert states(run)[first] == "changed"


@pytest.mark.parametrize("words", [("note", "edit", "{}", FIRST), ("note", "show", "{}")])
def test_what_changes_nothing_says_nothing(
    run: Run, confirmed: str, words: tuple[str, ...]
) -> None:
    result = run(*(word.format(confirmed) for word in words))
    assert (result.code, "has to confirm" in result.err) == (0, False)
    assert states(run)[confirmed] == "ok"


def test_a_comparison_lets_a_confirmed_note_be_quoted(run: Run, confirmed: str) -> None:
    group = run("compare", "ai-rpa", "--city", "千葉市", lang="ja").out
    line = next(line for line in group.split("\n") if FIRST in line)
    assert f"【要確認】{FIRST}" not in line
    public = run("compare", "ai-rpa", "--city", "千葉市", "--audience", "public").out
    assert FIRST in public
    shown = run("note", "show", confirmed, "--audience", "group", lang="ja").out
    assert "内容確認: 確認済" in shown
    assert "内容確認" not in run("note", "show", confirmed, "--audience", "public", lang="ja").out
