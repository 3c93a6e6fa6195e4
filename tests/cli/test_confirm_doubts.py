"""Letters that came back with wishes, without rows, and what `confirm` says of it."""

from pathlib import Path

import pytest

from cli.harness import Run
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
