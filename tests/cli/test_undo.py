"""`undo`, `log`."""

import re
from pathlib import Path

import pytest

from cli.harness import Run
from fieldvisit.cli.endings import report


def test_every_change_can_be_taken_back_down_to_the_empty_study(run: Run, noted: Path) -> None:
    for _ in range(40):
        if run("undo").code:
            break
    assert run("note", "list", "--json").json["notes"] == []
    assert run("visit", "list", "--json").json["visits"] == []


def test_a_bug_in_a_ring_of_causes_is_reported(tmp_path: Path) -> None:
    one, other = ValueError("内緒"), KeyError("内緒")
    one.__cause__, other.__cause__ = other, one
    _sentence, hint = report(one)
    (path,) = re.findall(r"\S+\.txt", hint)
    assert "内緒" not in Path(path).read_text("utf-8")
    Path(path).unlink()


def test_undo_names_what_it_took_back_as_the_log_does(run: Run, noted: Path) -> None:
    run("mark", "chiba-1", "ai-rpa/upkeep", "declined")
    touched = run("log", "--json").json["changes"][0]["objects"]
    assert touched == ["mark chiba-1 ai-rpa/upkeep"]
    assert run("undo").err.rstrip().endswith(f"({touched[0]}).")
    handle = run("note", "add", "chiba-1", "4/4", "言わない話").out.strip()
    err = run("undo").err
    assert f"(note {handle})" in err
    assert "言わない話" not in err


@pytest.mark.parametrize(("lang", "fixed"), [("en", "guides fixed"), ("ja", "項目一覧の確定")])
def test_commands_are_named_as_typed_but_for_what_nobody_typed(
    run: Run, noted: Path, lang: str, fixed: str
) -> None:
    page = run("log", lang=lang).out
    assert fixed in page
    assert "keep guides" not in page
    assert "study-group add" in page
    assert "keep guides" in run("log", "--json", lang=lang).out
