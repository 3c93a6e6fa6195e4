"""Who will see an output: what each command takes for granted, and what the settings may do."""

from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run

WORK = ["status", "note list", "coverage", "search 。", "visit show chiba-1"]
GROUP = ["compare", "prepare chiba-1"]


def audience(run: Run, words: str, *more: str, tty: str = "") -> str:
    """Whom the output is for, by the line at its head."""
    shown = run("--no-color", *words.split(), *more, tty=tty).out
    flat = " ".join(shown.split())
    found = [name for name in ("group", "all") if _line(run, name) in flat]
    return found[0] if found else "public"


def _line(run: Run, name: str) -> str:
    shown = run("note", "list", "--audience", name).lines
    return next(line for line in shown if line.startswith("Audience:")).split(".")[0]


HEADED = [*((words, "all") for words in WORK[:-1]), *((words, "group") for words in GROUP)]


@pytest.mark.parametrize(("words", "on_terminal"), HEADED)
def test_work_at_the_keyboard_is_for_all_and_all_else_for_the_group_unless_somebody_else_is_named(
    run: Run, noted: Path, words: str, on_terminal: str
) -> None:
    assert audience(run, words, tty="out") == on_terminal
    for tty in ("", "keyboard"):
        assert audience(run, words, tty=tty) == "group"
    for name in ("public", "group", "all"):
        for tty in ("", "out"):
            assert audience(run, words, "--audience", name, tty=tty) == name
    assert run(*words.split(), "-o", "x.md", tty="all").code == 0
    assert run(*words.split(), "-o", "y.md").code == 0
    assert Path("x.md").read_bytes() == Path("y.md").read_bytes()


def test_a_visit_counts_what_was_said_off_the_record_on_a_terminal_only(
    run: Run, three: Path
) -> None:
    before = run("visit", "show", "chiba-1").out
    run("note", "add", "chiba-1", "hiring/training", OFF_RECORD, "-d", "off-record")
    assert run("visit", "show", "chiba-1").out.replace("follows its file", "kept as it stood") == (
        before.replace("follows its file", "kept as it stood")
    )
    on_terminal = run("visit", "show", "chiba-1", "--json", tty="out").json["visit"]["states"]
    in_a_pipe = run("visit", "show", "chiba-1", "--json").json["visit"]["states"]
    assert (on_terminal.get("answered"), in_a_pipe.get("answered")) == (1, None)


@pytest.mark.parametrize(("words", "_usual"), HEADED)
def test_the_environment_tightens_and_loosens_on_a_terminal(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch, words: str, _usual: str
) -> None:
    for wish, name in (("all", "all"), ("関係者限り", "group")):
        monkeypatch.setenv("FIELDVISIT_AUDIENCE", wish)
        drawn = run(*words.split(), tty="out").out
        assert run(*words.split(), "-o", "x.md", "--force", tty="all").code == 0
        assert OFF_RECORD not in Path("x.md").read_text("utf-8")
        monkeypatch.delenv("FIELDVISIT_AUDIENCE")
        assert drawn == run(*words.split(), "--audience", name, tty="out").out


def test_the_configuration_does_the_same(run: Run, noted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "config" / "fieldvisit"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('audience = "public"\nby = "x"\n', "utf-8")
    assert run("note", "list").out == run("note", "list", "--audience", "public").out
    (folder / "config.toml").write_text('audience = "all"\n', "utf-8")
    assert OFF_RECORD not in run("note", "list").out
    assert OFF_RECORD in run("note", "list", tty="out").out.replace("\n", "")
