"""Letters that came back with wishes, without rows, and what `confirm` says of it."""

from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree
from cli.test_confirm import FIRST, SECOND, fill, handle, states


@pytest.mark.parametrize(
    ("lang", "wish"), [("ja", "この内容は使用を差し控えてください。"), ("en", "Please delete.")]
)
def test_a_wish_in_the_column_for_corrections_is_told_and_never_stored(
    run: Run, noted: Path, lang: str, wish: str
) -> None:
    path, second = noted / "letter.md", handle(run, SECOND)
    assert run("confirm", "send", "chiba-1", "-o", str(path), lang=lang).code == 0
    fill(path, SECOND, "あり", wish)
    result = run("confirm", "read", str(path), lang=lang)
    assert (result.code, states(run)[second]) == (0, "sent")
    assert f"fieldvisit note edit {second} -d off-record" in result.err
    assert f"fieldvisit confirm set VISIT {second} corrected TEXT" in result.err
    assert ("Passage 1," if lang == "en" else "番号1") in result.err
    assert SECOND in run("note", "show", second).out
    (draft,) = (noted / "drafts").glob("*.txt")
    assert wish in draft.read_text("utf-8")
    assert run("confirm", "set", "chiba-1", second, "corrected", wish).code == 0
    assert states(run)[second] == "corrected"


def test_a_passage_whose_row_is_gone_is_named_and_no_other_is_accused(
    run: Run, noted: Path
) -> None:
    path = noted / "letter.md"
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join(x for x in lines if f"| {SECOND} " not in x), "utf-8")
    fill(path, FIRST, "no")
    result = run("confirm", "read", str(path))
    assert f"Passages without an answer: {handle(run, SECOND)}" in result.err
    assert "not stored 0 · passages without an answer 1" in result.err
    assert "!" not in result.err
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join(x for x in lines if not x.startswith("| ")), "utf-8")
    assert "passages without an answer 1" in run("confirm", "read", str(path), "--dry-run").err


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("send", "chiba-1", "--due", "2019-01-01", "-o", "new.md"), "2019-01-01, which is over"),
        (("read", "letter.md", "--on", "2099-01-01"), "still to come"),
        (("read", "letter.md", "--on", "2019-10-22"), "older than the letter"),
        (("set", "chiba-1", "ok", "--on", "2099-01-01"), "still to come"),
        (("set", "chiba-1", "ok", "--on", "2019-10-22"), "older than the letter"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    run: Run, noted: Path, words: tuple[str, ...], piece: str
) -> None:
    path = noted / "letter.md"
    assert run("confirm", "send", "chiba-1", "-o", str(path)).code == 0
    fill(path, FIRST, "no")
    before = tree(noted)
    named = (str(path) if word == "letter.md" else word for word in words)
    assert_refused(run("confirm", *named), 1, piece)
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
