"""`read`: what is in no doubt is stored, all else is decided or waits."""

from pathlib import Path

import pytest

from cli.harness import Result, Run, tree
from cli.pty_run import on_terminal
from cli.recorded import notes
from fieldvisit.actions import read_files
from fieldvisit.settings import Settings
from waiting import REGISTERED, propose, states

WORDS = ("plain 税で使う。", "課内の話", "市はこれから導入する。", "別の話")
AS_MEMO = ("--as", "memo", "--visit", "chiba-1")


@pytest.fixture
def given(three: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A study, and in this folder a memo that came back, m.txt."""
    monkeypatch.setattr(read_files, "PROPOSERS", {"memo": propose})
    Path("m.txt").write_text("\n\n".join(WORDS), encoding="utf-8")
    return Settings(three, str(three), "佐藤")


def bodies(run: Run) -> list[tuple[str, str]]:
    return [(note["body"], note["disclosure"]) for note in notes()]


def counts(result: Result) -> dict[str, int]:
    """What became of the file; its pieces are all accounted for."""
    assert result.code == 0, result.err
    assert result.json["schema"] == "fieldvisit.read/1"
    (file,) = result.json["files"]
    assert (file["kind"], file["visit"]) == ("memo", "chiba-1")
    assert file["ignored"][0] == {"place": "paragraph 9", "what": "picture"}
    found = {key: file[key] for key in ("stored", "unchanged", "waiting")}
    assert file["pieces"] == sum(found.values()) + len(file["ignored"])
    return found


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ((), []), (("--yes",), [(WORDS[0], "confirm")]),
        (("--yes", "-d", "confirm"), [(WORDS[0], "confirm"), (WORDS[2], "confirm")]),
        (("--yes", "-d", "オフレコ"), [(WORDS[0], "confirm"), (WORDS[2], "off-record")]),
    ],
)  # fmt: skip
def test_without_a_terminal_only_what_was_allowed_is_stored(
    run: Run, given: Settings, words: tuple[str, ...], stored: list[tuple[str, str]]
) -> None:
    result = run("read", "m.txt", *AS_MEMO, *words, "--json")
    left = 4 - len(stored)
    assert counts(result) == {"stored": len(stored), "unchanged": 0, "waiting": left}
    assert sorted(bodies(run)) == sorted(stored)
    assert states(given).count("waiting") == left
    assert f"{left} items wait" in result.err
    again = run("read", "m.txt", *AS_MEMO, *words, "--json")
    assert counts(again) == {"stored": 0, "unchanged": len(stored), "waiting": left}
    assert states(given).count("waiting") == left


@pytest.mark.parametrize("words", [(), ("--yes",), ("--dry-run",)])
def test_no_word_of_a_file_reaches_a_pipe_unasked(
    run: Run, given: Settings, words: tuple[str, ...]
) -> None:
    result = run("read", "m.txt", *AS_MEMO, *words)
    assert result.code == 0
    assert not [text for text in WORDS if text in result.text]
    assert "picture" in result.out
    assert all(text in run("review", "--list", "--audience", "all").out for text in WORDS[1:])  \
        is ("--dry-run" not in words)  # fmt: skip


def test_for_those_in_charge_a_pipe_shows_it_all(run: Run, given: Settings) -> None:
    result = run("read", "m.txt", *AS_MEMO, "--audience", "all", "--dry-run")
    assert all(text in result.out for text in WORDS)
    shown = run("read", "m.txt", *AS_MEMO, "--audience", "all", "--json").json["files"][0]["items"]
    assert [item["text"] for item in shown] == list(WORDS)


def test_a_dry_run_stores_nothing_no_item_either(run: Run, given: Settings, three: Path) -> None:
    before = tree(three)
    result = run("read", "m.txt", *AS_MEMO, "--dry-run", "--yes", "--json")
    assert counts(result) == {"stored": 1, "unchanged": 0, "waiting": 3}
    assert result.err == "Nothing was stored.\n"  # and nothing waits
    assert tree(three) == before


@pytest.mark.parametrize(
    ("keys", "stored"), [("\n", [WORDS[0], WORDS[2]]), ("n\n", [])], ids=["yes", "no"]
)
def test_on_a_terminal_all_that_is_plain_is_shown_and_asked_once_then_the_rest(
    run: Run, given: Settings, keys: str, stored: list[str]
) -> None:
    left = 4 - len(stored)
    typed = [("[Y/n]", keys), (f"1/{left}", "9"), (f"2/{left}", "\x1b")]
    screen = on_terminal("read", "m.txt", *AS_MEMO, typed=typed, before=REGISTERED)
    assert screen.code == 0, screen.plain
    shown = " ".join(screen.plain.split("Store 2 texts?")[0].split())
    assert WORDS[0] in shown
    assert WORDS[2] in shown
    assert WORDS[1] not in shown
    assert "4/3 How did you measure the effect" in shown
    assert "written reply, to be confirmed" in shown
    assert sorted(body for body, _level in bodies(run)) == sorted(stored)
    assert states(given).count("dropped") == 1
    assert f"{left - 1} items wait" in screen.plain or left == 2
    name = screen.plain.rsplit("fieldvisit undo ", 1)[1].split()[0]
    assert run("undo", name).code == 0
    assert (bodies(run), states(given)) == ([], [])


def test_an_interrupt_before_the_answer_leaves_all_of_it_waiting(run: Run, given: Settings) -> None:
    screen = on_terminal("read", "m.txt", *AS_MEMO, typed=[("[Y/n]", "\x03")], before=REGISTERED)
    assert (screen.code, bodies(run), states(given)) == (130, [], ["waiting"] * 4)


def test_whose_settings_are_tighter_is_shown_nothing_and_all_of_it_waits(
    run: Run, given: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "group")
    result = run("read", "m.txt", *AS_MEMO, tty="all")
    assert result.code == 0
    assert not [text for text in WORDS if text in result.text]
    assert states(given) == ["waiting"] * 4
