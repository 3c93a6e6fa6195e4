"""Drafts: whose they are, to whom they are offered, and that none is ever lost or mixed up."""

import re
import stat
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.harness import Editor, Result, Run, assert_refused, meanwhile, surroundings, tree
from cli.recorded import GO_ON, added, shown
from cli.recorded import drafts as names
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.draft import Purpose, first_words
from fieldvisit.fieldwork.terms import DISCLOSURES
from fieldvisit.settings import Study
from fieldvisit.study.drafts import drafts, new_draft, offered


def left(run: Run, editor: Editor, text: str, *words: str, stdin: str = "") -> Result:
    """What is typed into the editor of a command, and not stored."""
    editor(f"path.write_text({text!r}, encoding='utf-8'); sys.exit(1)")
    return run(*words, tty="all", stdin=stdin)


@pytest.fixture
def draft(run: Run, three: Path, editor: Editor) -> Path:
    """A draft with a text that was not stored."""
    left(run, editor, "大事な話\n\x1b[2J\n", "note", "add", "chiba-1", "hiring")
    return three / "drafts" / "note-add-chiba-1.txt"


def test_a_draft_is_two_files_for_their_owner_alone(draft: Path) -> None:
    files = list(draft.parent.iterdir())
    assert sorted(file.name for file in files) == [f".{draft.name}.json", draft.name]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700


def test_drafts_are_listed_with_what_they_were_typed_for_and_without_their_text(
    run: Run, draft: Path
) -> None:
    [found] = run("draft", "list", "--json").json["drafts"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.pop("saved_at"))
    assert found == {
        "draft": draft.name, "command": "note add", "target": "chiba-1", "place": "hiring",
        "disclosure": "confirm", "kind": "statement",
    }  # fmt: skip
    page = run("draft", "list").out
    assert "note add chiba-1 hiring (to be confirmed)" in page
    assert "大事な話" not in page
    assert draft.name in run("status").out


def test_a_closed_draft_is_told_to_nobody_but_the_keyboard(
    run: Run, three: Path, editor: Editor
) -> None:
    left(run, editor, "内緒", "note", "add", "chiba-1", "hiring", "-d", "off-record")
    assert run("draft", "list", "--json").json["drafts"] == []
    assert "note-add" not in run("status").out
    assert "1" in run("draft", "list").err
    assert "off the record" in run("draft", "list", tty="all").out
    assert "note-add" in run("status", "--audience", "all").out


def test_a_draft_is_shown_as_it_was_typed(run: Run, draft: Path) -> None:
    result = run("draft", "show", "note", "--audience", "all")
    assert result.out_bytes == draft.read_bytes()
    assert "note add chiba-1 hiring" in result.err
    assert run("draft", "show", draft.name, tty="out").out == "大事な話\n<U+001B>[2J\n"
    assert_refused(run("draft", "show", draft.name), 1, str(draft), "--audience all")


@pytest.mark.parametrize(
    ("words", "answer", "tty", "kept"),
    [
        ((), "n\n", "keyboard", True), ((), "\n", "keyboard", True), ((), "y\n", "keyboard", False),
        ((), "", "", True), ((), "", "keyboard", True), (("--yes",), "", "", False),
    ],
)  # fmt: skip
def test_a_draft_is_dropped_once_agreed(
    run: Run, draft: Path, words: tuple[str, ...], answer: str, tty: str, kept: bool
) -> None:
    result = run("draft", "drop", draft.name, *words, stdin=answer, tty=tty)
    assert result.code == (1 if kept else 0)
    assert "note add chiba-1" in result.err
    assert len(names(draft.parents[1])) == (2 if kept else 0)


@pytest.mark.parametrize("name", ["none", "", "../fieldvisit.db", "."])
def test_only_drafts_are_named(run: Run, draft: Path, name: str) -> None:
    before = tree(draft.parents[1])
    assert_refused(run("draft", "show", name, "--audience", "all"), 1, draft.name)
    assert_refused(run("draft", "drop", name, "--yes"), 1, draft.name)
    assert tree(draft.parents[1]) == before


def test_a_draft_goes_by_its_name_without_the_ending(run: Run, draft: Path) -> None:
    other = draft.with_name("note-add-chiba-1b.txt")
    other.write_text("ほか", "utf-8")
    assert_refused(run("draft", "drop", "note", "--yes"), 1, other.name)
    assert run("draft", "drop", draft.stem, "--yes").code == 0
    assert (draft.exists(), other.exists()) == (False, True)


def test_a_study_without_drafts_says_so(run: Run, three: Path) -> None:
    (three / "drafts").rmdir()
    assert "everything typed was stored" in run("draft", "list", tty="all").out
    assert "no drafts for this audience" in run("draft", "list").out


def test_what_was_not_stored_is_offered_with_its_first_words_and_stored(
    run: Run, three: Path, editor: Editor
) -> None:
    left(run, editor, "長い話を\nここまで", "note", "add", "chiba-1", "hiring")
    editor("")
    result = run("note", "add", "千葉市", "hiring", "-k", "statement", tty="all", stdin="\n")
    assert result.code == 0, result.err
    flat = re.sub(r"\s+", " ", result.err)
    assert "for “note add chiba-1 hiring (to be confirmed)”" in flat
    assert "“長い話を”" in flat
    assert shown(run, result.out.strip())["body"] == "長い話を\nここまで"
    assert names(three) == []


def public(run: Run) -> str:
    return run("note", "list", "--audience", "public", "--json").out


def test_what_is_typed_into_a_kept_draft_is_as_closed_as_it_is_meant(
    run: Run, three: Path, editor: Editor
) -> None:
    """Also if the editor dies again: the level is written beside the text before it opens."""
    add = ("note", "add", "chiba-1", "hiring", "-d")
    left(run, editor, "挨拶", *add, "public")
    left(run, editor, "挨拶\n秘密の話", *add, "off-record", stdin="\n")
    assert run("draft", "list", "--json").json["drafts"] == []
    editor("")
    result = run(*add, "public", tty="all", stdin="\n")
    assert shown(run, result.out.strip())["disclosure"] == "off-record"
    assert "秘密" not in public(run)


def test_what_is_stored_is_not_offered_again_though_its_draft_was_left(
    run: Run, three: Path, editor: Editor
) -> None:
    editor(
        "import shutil\nkeep = path.parent.with_name('left')\nkeep.mkdir()\n"
        "path.write_text('話', encoding='utf-8')\n"
        "for name in (path.name, f'.{path.name}.json'):\n"
        "    shutil.copy(path.with_name(name), keep)\n"
    )
    stored = run("note", "add", "chiba-1", "hiring", tty="all")
    for left in (three / "left").iterdir():  # as if the program had been killed behind the commit
        left.rename(three / "drafts" / left.name)
    editor("text = 'ほかの話'")
    result = run("note", "add", "chiba-1", "hiring", tty="all", stdin="\n")
    assert (result.code, GO_ON in result.err) == (0, False)
    assert names(three) == []
    bodies = [note["body"] for note in run("note", "list", "--json").json["notes"]]
    assert (bodies.count("話"), stored.code) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "elsewhere"),
    [
        (("hiring/1",), ("hiring/5",)), (("hiring", "-k", "remark"), ("hiring",)),
        (("hiring", "--only-for", "wg"), ("hiring",)),
    ],
)  # fmt: skip
def test_a_draft_is_not_offered_for_another_place_kind_or_group(
    run: Run, three: Path, editor: Editor, typed: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    run("study-group", "add", "wg", "Working group")
    run("visit", "edit", "chiba-1", "--study-group", "wg")
    left(run, editor, "話", "note", "add", "chiba-1", *typed, "-d", "group")
    other = left(run, editor, "ほかの話", "note", "add", "chiba-1", *elsewhere, "-d", "group")
    assert GO_ON not in other.err
    editor("")
    assert GO_ON in run("note", "add", "chiba-1", *typed, "-d", "group", tty="all", stdin="\n").err


def test_drafts_tell_nobody_of_notes_that_were_closed_meanwhile(
    run: Run, three: Path, editor: Editor
) -> None:
    note = added(run, "chiba-1", "hiring", "話", "-d", "public")["handle"]
    left(run, editor, "新しい話", "note", "edit", note)
    run("note", "edit", note, "-d", "off-record")
    for audience in ("group", "public"):
        told = run("draft", "list", "--audience", audience, "--json").json["drafts"]
        waiting = run("status", "--audience", audience, "--json").json["drafts"]
        assert (told, waiting) == ([], [])


# How each command that opens an editor is called, with what it writes.
COMMANDS = {
    "note add chiba-1 hiring": "note add", "note add himeji-1 hiring": "note add",
    "note add 千葉市 hiring -k desk": "note add", "note edit {one}": "note edit",
    "note edit {two}": "note edit",
    "summary set hiring --city 千葉市": "summary set", "summary set hiring --across": "summary set",
    "summary set ai-rpa --city 千葉市": "summary set", "confirm set chiba-1 {one} corrected":
    "confirm set", "record chiba-1": "record", "record himeji-1": "record",
    "summary edit": "summary edit", "summary edit hiring": "summary edit",
    "guide edit it-workforce": "guide edit", "guide edit exchange-of-views": "guide edit",
}  # fmt: skip


@pytest.fixture
def sent(run: Run, three: Path, tmp_path: Path) -> dict[str, str]:
    """Two notes that a city was asked about, by name."""
    handles = [added(run, "chiba-1", "hiring", body)["handle"] for body in ("一つ目", "二つ目")]
    for visit in ("chiba-1", "himeji-1"):
        added(run, visit, "ai-rpa", "ほかの話")
    assert run("visit", "edit", "chiba-1", "--status", "held").code == 0
    assert run("confirm", "send", "chiba-1", "-o", str(tmp_path / "a.md")).code == 0
    return dict(zip(("one", "two"), handles, strict=True))


def test_no_draft_of_a_command_is_offered_to_another(
    run: Run, three: Path, editor: Editor, sent: dict[str, str]
) -> None:
    editor("path.write_text(text + '\\n書きかけ{', encoding='utf-8'); sys.exit(1)")
    lines = [line.format(**sent) for line in COMMANDS]
    for line in lines:
        result = run(*line.split(), tty="all")
        assert result.code == 1, (line, result.err)
        assert GO_ON not in result.err, line
    place = Study(three)
    found = {draft.name: draft.purpose for draft in drafts(place)}
    assert len(found) == len(set(map(repr, found.values()))) == len(COMMANDS)
    assert not any(one.is_for(other) for one, other in permutations(found.values(), 2))
    for line in lines:  # each is offered its own, and nothing else
        result = run(*line.split(), tty="all", stdin="\n")
        offers = re.findall("that was not stored", re.sub(r"\s+", " ", result.err))
        assert len(offers) == (0 if line.startswith("guide") else 1), (line, result.err)
    assert len(drafts(place)) == len(COMMANDS)


LEVELS = [*DISCLOSURES]


@pytest.mark.parametrize("first", LEVELS)
@pytest.mark.parametrize("second", [*LEVELS, ""])
def test_the_stricter_level_wins(
    run: Run, three: Path, editor: Editor, first: str, second: str
) -> None:
    left(run, editor, "書きかけ", "note", "add", "chiba-1", "hiring", "-d", first)
    editor("")
    level = ("-d", second) if second else ()
    result = run("note", "add", "chiba-1", "hiring", *level, tty="all", stdin="\n")
    stored = shown(run, result.out.split()[0])
    assert stored["disclosure"] == strictest([first, second or "confirm"])


def test_text_begun_while_a_note_was_closed_closes_it_again(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "内緒", "-d", "off-record")["handle"]
    left(run, editor, "内緒の続き", "note", "edit", handle)
    assert run("note", "edit", handle, "-d", "public", "--reason", "許可", "公表分").code == 0
    editor("")
    result = run("note", "edit", handle, tty="all", stdin="\n")
    assert "公表分" in result.err
    assert (shown(run, handle)["body"], shown(run, handle)["disclosure"]) == (
        "内緒の続き", "off-record",
    )  # fmt: skip


def test_what_cannot_be_stored_as_closed_as_it_was_typed_is_not_offered(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "一", "-d", "anonymous")["handle"]
    words = ("confirm", "set", "chiba-1", handle, "corrected")
    left(run, editor, "直した内緒", *words)
    assert run("note", "edit", handle, "-d", "public").code == 0
    editor("")
    result = run(*words, tty="all", stdin="\n")
    assert GO_ON not in result.err
    assert "直した内緒" not in shown(run, handle)["body"]


def test_a_draft_that_shows_more_than_the_screen_may_is_not_offered(
    run: Run, three: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(run, editor, "内緒", "note", "add", "chiba-1", "hiring", "-d", "off-record")
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "group")
    editor("text = '別の話'")
    result = run("note", "add", "chiba-1", "hiring", tty="all", stdin="\n")
    assert "内緒" not in result.err
    assert result.code == 0


def test_what_became_of_a_note_meanwhile_is_shown_before_its_draft_is_gone_on_with(
    run: Run, three: Path, editor: Editor
) -> None:
    handle = added(run, "chiba-1", "hiring", "一")["handle"]
    words = ("note", "edit", handle)
    editor(meanwhile("note", "edit", handle, "別の人の文") + "text = '私の文'")
    draft = three / "drafts" / f"{'-'.join(words)}.txt"
    assert_refused(run(*words, tty="all"), 1, handle, "changed meanwhile", str(draft))
    assert draft.read_text("utf-8") == "私の文"
    editor("sys.exit(1)")
    assert "別の人の文" in run(*words, tty="all", stdin="n\n").err
    assert shown(run, handle)["body"] == "別の人の文"
    editor("")
    assert run(*words, tty="all", stdin="y\n").code == 0
    assert shown(run, handle)["body"] == "私の文"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"command": 1}', None])
def test_a_text_that_nobody_knows_the_purpose_of_is_listed_and_never_offered(
    run: Run, draft: Path, editor: Editor, broken: bytes | None
) -> None:
    beside = draft.with_name(f".{draft.name}.json")
    beside.unlink() if broken is None else beside.write_bytes(broken)
    editor("text = '新しい話'")
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert (result.code, GO_ON in result.err) == (0, False)
    assert draft.read_text("utf-8").startswith("大事な話")
    assert [one["draft"] for one in run("draft", "list", "--json").json["drafts"]] == []
    listed = run("draft", "list", "--audience", "all", "--json").json["drafts"]
    assert [one["draft"] for one in listed] == [draft.name]


def test_what_a_crash_leaves_beside_no_text_is_in_nobody_s_way(
    run: Run, three: Path, editor: Editor
) -> None:
    name = "note-add-chiba-1.txt"
    (three / "drafts" / f".{name}.json").write_bytes(msgspec.json.encode(Purpose("x", "y")))
    (three / "drafts" / f".{name}.lock").touch()
    assert run("draft", "list", "--json").json["drafts"] == []
    editor("text = '話'")
    assert run("note", "add", "chiba-1", "hiring", tty="all").code == 0
    assert names(three) == []


def test_a_draft_that_cannot_be_made_is_named_and_not_its_lock(
    run: Run, three: Path, editor: Editor
) -> None:
    (three / "drafts" / ".note-add-chiba-1.txt.lock").mkdir(parents=True)
    editor("text = '話'")
    result = run("note", "add", "chiba-1", "hiring", tty="all")
    assert_refused(result, 1, "note-add-chiba-1.txt\ncould not be")
    assert "lock" not in result.err


def test_twelve_editors_at_once_each_get_their_own(three: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from fieldvisit.settings import Study\nfrom fieldvisit.fieldwork.draft import Purpose\n"
        "from fieldvisit.study.drafts import new_draft, offered\n"
        "place, purpose = Study(Path(sys.argv[1])), Purpose('note add', 'chiba-1', 'hiring')\n"
        "sys.stdin.readline()\n"
        "assert not list(offered(place, purpose))\n"
        "with new_draft(place, purpose, '.txt', b'') as draft:\n"
        "    draft.path.write_text(sys.argv[2])\n"
        "    print(draft.name, flush=True)\n"
        "    sys.stdin.readline()\n"
        "    assert draft.text() == sys.argv[2]\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(three), f"話{number}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings(), text=True,
        )
        for number in range(12)
    ]  # fmt: skip
    streams = [(one.stdin, one.stdout) for one in running]
    for stdin, _stdout in streams:
        print(file=stdin, flush=True)
    got = [stdout.readline() if stdout else "" for _stdin, stdout in streams]
    assert len(set(got)) == 12, got
    assert list(offered(Study(three), Purpose("note add", "chiba-1", "hiring"))) == []
    for stdin, _stdout in streams:
        print(file=stdin, flush=True)
    assert [one.wait(20) for one in running] == [0] * 12
    kept = list(offered(Study(three), Purpose("note add", "chiba-1", "hiring")))
    assert sorted(draft.text() for draft in kept) == sorted(f"話{n}" for n in range(12))
    assert not [name for name in names(three) if name.endswith(".lock")]


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Purpose, WORDS, WORDS, WORDS, WORDS, WORDS, st.lists(WORDS).map(tuple), WORDS, WORDS, WORDS
    ),
    WORDS,
)
def test_a_draft_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, purpose: Purpose, text: str
) -> None:
    place = Study(tmp_path_factory.mktemp("study"))
    with new_draft(place, purpose, ".txt", text.encode()) as draft:
        pass
    assert drafts(place) == (draft,)
    assert draft.data() == text.encode()
    assert draft.path.parent == place.drafts


@given(st.text(), st.text())
def test_first_words_are_one_short_line(text: str, start: str) -> None:
    words = first_words(text, start)
    assert len(words) <= 31
    assert len(words.splitlines()) <= 1
    assert words.removesuffix("…") in text
