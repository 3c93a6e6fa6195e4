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


HEADED = [*WORK[:-1], *GROUP]


@pytest.mark.parametrize("words", WORK[:-1])
def test_work_at_the_keyboard_is_for_all_on_a_terminal_and_for_the_group_elsewhere(
    run: Run, noted: Path, words: str
) -> None:
    assert audience(run, words, tty="out") == "all"
    assert audience(run, words) == "group"
    assert audience(run, words, tty="keyboard") == "group"
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


@pytest.mark.parametrize("words", GROUP)
def test_what_is_passed_on_is_for_the_group_even_on_a_terminal(
    run: Run, noted: Path, words: str
) -> None:
    assert audience(run, words, tty="out") == "group"
    assert audience(run, words) == "group"
    assert OFF_RECORD not in run(*words.split(), tty="all").out


@pytest.mark.parametrize("words", HEADED)
@pytest.mark.parametrize("name", ["public", "group", "all"])
def test_an_audience_that_is_asked_for_is_obeyed(
    run: Run, noted: Path, words: str, name: str
) -> None:
    assert audience(run, words, "--audience", name) == name
    assert audience(run, words, "--audience", name, tty="out") == name


@pytest.mark.parametrize("words", HEADED)
def test_the_environment_tightens_anywhere_and_loosens_on_a_terminal_only(
    run: Run, noted: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("FIELDVISIT_AUDIENCE", "public")
        public = run(*words.split()).out
    assert public == run(*words.split(), "--audience", "public").out
    with monkeypatch.context() as patched:
        patched.setenv("FIELDVISIT_AUDIENCE", "all")
        piped = run(*words.split()).out
        drawn = run(*words.split(), tty="out").out
        written = run(*words.split(), "-o", "x.md", tty="all")
    assert piped == run(*words.split()).out
    assert drawn == run(*words.split(), "--audience", "all", tty="out").out
    assert written.code == 0
    assert OFF_RECORD not in Path("x.md").read_text("utf-8")
    with monkeypatch.context() as patched:
        patched.setenv("FIELDVISIT_AUDIENCE", "関係者限り")
        tight = run(*words.split(), tty="out").out
    assert tight == run(*words.split(), "--audience", "group", tty="out").out


def test_the_configuration_does_the_same(run: Run, noted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "config" / "fieldvisit"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('audience = "public"\nby = "x"\n', "utf-8")
    assert run("note", "list").out == run("note", "list", "--audience", "public").out
    (folder / "config.toml").write_text('audience = "all"\n', "utf-8")
    assert OFF_RECORD not in run("note", "list").out
    assert OFF_RECORD in run("note", "list", tty="out").out.replace("\n", "")
