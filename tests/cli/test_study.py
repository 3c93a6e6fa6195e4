"""A whole study by hand; and `init`, `status`, `study`, `study-group`."""

import re
from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.pty_run import on_terminal


def ok(run: Run, *words: str, stdin: str = "") -> list[str]:
    result = run(*words, stdin=stdin)
    assert result.code == 0, result.err
    return result.lines


def test_a_whole_study_by_hand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    folder = tmp_path / "調査"
    ok(run, "init", str(folder))
    monkeypatch.chdir(folder)
    ok(
        run,
        "study",
        "edit",
        "--title",
        "人材調査",
        "--institute",
        "研究所",
        "--interviewer",
        "佐藤",
    )
    assert ok(run, "visit", "add", "千葉市", "--date", "令和元年10月21日") == ["chiba-1"]
    assert ok(run, "visit", "add", "姫路市", "大津市") == ["himeji-1", "otsu-1"]
    ok(run, "prepare", "chiba-1", "--for", "city", "-o", "questions.md")
    ok(run, "prepare", "千葉市", "姫路市", "大津市", "-o", "sheets")
    assert sorted(path.name for path in Path("sheets").iterdir()) == [
        "chiba-1-field-sheet.md", "himeji-1-field-sheet.md", "otsu-1-field-sheet.md"
    ]  # fmt: skip
    handles = _ten_by_argument(run) + _ten_by_stdin(run) + _five_by_file(run, tmp_path)
    _five_by_record(editor)
    notes = run("note", "list", "--json").json["notes"]
    assert len(notes) == 30
    assert {*handles} < {note["handle"] for note in notes}
    ok(run, "mark", "otsu-1", "4/2", "4/3", "to-follow", "--due", "2030-10-31")
    covered = run("coverage", "otsu-1", "--json").json["visits"][0]
    assert covered["to_follow"] == 2
    ok(run, "undo")
    assert run("coverage", "otsu-1", "--json").json["visits"][0]["to_follow"] == 0
    one = run("compare", "ai-rpa", "--json").json["topics"]
    assert [topic["topic"] for topic in one] == ["ai-rpa"]
    everything = run("compare", "--json").json["topics"]
    assert [topic["topic"] for topic in everything] == [
        "hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security", "other"
    ]  # fmt: skip
    placed = [n for t in everything for c in t["cities"] for x in c["cells"] for n in x["notes"]]
    assert len(placed) == 30
    assert "人材調査" in run().out


def _ten_by_argument(run: Run) -> list[str]:
    texts = [f"千葉市の発言{number}" for number in range(10)]
    return [h for text in texts for h in ok(run, "note", "add", "chiba-1", "hiring/training", text)]


def _ten_by_stdin(run: Run) -> list[str]:
    words = ("note", "add", "姫路市", "4/1", "-")
    return [h for n in range(10) for h in ok(run, *words, stdin=f"姫路市の\n発言{n}\n")]


def _five_by_file(run: Run, folder: Path) -> list[str]:
    path = folder / "発言.txt"
    path.write_bytes("\ufeff大津市の発言\r\n".encode())
    return [
        h
        for _ in range(5)
        for h in ok(run, "note", "add", "otsu-1", "ＡＩやＲＰＡの活用状況", f"@{path}")
    ]


def _five_by_record(editor: Editor) -> None:
    editor(
        "heading = next(l for l in text.splitlines() if l.endswith('{security}'))\n"
        "new = '\\n\\n'.join(f'記録{n}\\n二行目' for n in range(5))\n"
        "text = text.replace(heading, f'{heading}\\n\\n{new}\\n')"
    )
    screen = on_terminal("record", "chiba-1")
    assert screen.code == 0, screen.text
    assert "added 5" in screen.text


def test_init_makes_a_study_with_the_shipped_guides_and_only_once(run: Run, tmp_path: Path) -> None:
    result = run("init", "study")
    assert (result.code, result.out) == (0, "")
    assert "A study was made in study." in result.err
    assert sorted(tree(tmp_path / "study")) == [
        "fieldvisit.db",
        "interview_guides/exchange-of-views.yaml",
        "interview_guides/guide.schema.json",
        "interview_guides/it-workforce.yaml",
    ]
    before = tree(tmp_path)
    assert_refused(run("init", "study"), 1, "study")
    assert tree(tmp_path) == before


def test_init_without_a_folder_uses_this_one(run: Run, tmp_path: Path) -> None:
    assert run("init").code == 0
    assert (tmp_path / "fieldvisit.db").exists()


def test_fieldvisit_alone_is_help_outside_a_study_and_status_inside(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run().out == run("--help").out
    run("init", "study")
    inside = tmp_path / "study" / "interview_guides"
    monkeypatch.chdir(inside)
    assert run().out == run("status").out
    assert run().out.startswith("# Study without a title")


def test_the_option_then_the_variable_then_the_folder_name_the_study(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        run("init", name)
        run("--study", name, "study", "edit", "--title", f"調査{name}")
    monkeypatch.chdir(tmp_path / "a")
    assert run("study", "show", "--json").json["title"] == "調査a"
    monkeypatch.setenv("FIELDVISIT_STUDY", str(tmp_path / "b"))
    assert run("study", "show", "--json").json["title"] == "調査b"
    option = ("--study", str(tmp_path / "c"))
    assert run(*option, "study", "show", "--json").json["title"] == "調査c"


def test_what_holds_for_the_study_is_changed_piece_by_piece(run: Run, three: Path) -> None:
    ok(run, "study", "edit", "--institute", "研究所", "--contact", "x@example.org")
    ok(run, "study", "edit", "--purpose", "比較のため")
    found = run("study", "show", "--json").json
    assert (found["title"], found["institute"], found["purpose"]) == (
        "調査",
        "研究所",
        "比較のため",
    )
    assert_refused(run("study", "edit"), 2, "Nothing to change", "--institute", "--guide")
    assert_refused(run("study", "edit", "--guide", "none"), 1, "none", "it-workforce")
    assert_refused(run("study", "edit", "--study-group", "none"), 1, "none", "wg")


def test_study_groups_are_known_once(run: Run, three: Path) -> None:
    assert ok(run, "study-group", "add", "tf", "特別委員会") == ["tf"]
    assert_refused(run("study-group", "add", "tf", "別の名"), 1, "特別委員会")
    groups = run("study-group", "list", "--json").json["study_groups"]
    assert [group["short"] for group in groups] == ["wg", "tf"]


def test_status_tells_what_is_overdue_and_what_comes_next(run: Run, noted: Path) -> None:
    shown = run("status").out
    assert re.search(r"\(OVERDUE by \d+ days\) \| 姫路市 himeji-1 \| 4/2 .+確認中", shown)
    assert "Notes not filed under a topic: 1" in shown
    assert shown.rstrip().splitlines()[-1] == (
        "Ask himeji-1 for what is overdue: fieldvisit coverage --open himeji-1"
    )


def test_quiet_says_nothing_but_refusals(run: Run, three: Path) -> None:
    assert run("--quiet", "study", "edit", "--title", "x").err == ""
    assert_refused(run("-q", "visit", "show", "nowhere"), 1, "nowhere")


def test_what_is_not_set_is_shown_as_such(run: Run, tmp_path: Path) -> None:
    run("init", "study")
    assert run("--study", "study", "study", "show").out.count("(not set)") >= 4
    assert "連絡先: （未設定）" in run("--study", "study", "study", "show", lang="ja").out
    shown = run("--study", "study", "study", "show", "--json").json
    assert [shown[name] for name in ("title", "institute", "purpose", "contact")] == [None] * 4


def test_the_next_command_is_data_and_the_same_in_both_languages(run: Run, noted: Path) -> None:
    found = {lang: run("status", "--json", lang=lang).json["next"] for lang in ("en", "ja")}
    assert set(found.values()) == {"fieldvisit coverage --open himeji-1"}
    assert "：fieldvisit coverage --open himeji-1" in run("status", lang="ja").out
