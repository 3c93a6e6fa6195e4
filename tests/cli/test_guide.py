"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from fieldvisit.actions.guides import guide_draft, store_guide
from fieldvisit.doors.outputs import write_whole
from fieldvisit.errors import Conflict
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import Draft

# What is wrong with a guide file is the matter of tests/guide_files; here, that it is told.
FAULTY: dict[str, tuple[bytes, str]] = {
    "open-bracket": (b"guide: [\n", "YAML"),
    "big": (b"# " + b"x" * 1_100_000, "1 MB"),
    "cp932": ("title: 題\n".encode("cp932"), "UTF-8"),
    "other-name": (b'guide: another\nversion: "1"\ntitle: {ja: x}\ntopics: []\n', "another"),
    "unknown-key": (b"guide: unknown-key\nquestons: []\n", "questons"),
}


def guides(study: Path) -> Path:
    return study / "interview_guides"


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_guide_is_refused_with_file_and_line_wherever_it_is_met(
    run: Run, three: Path, name: str
) -> None:
    content, piece = FAULTY[name]
    path = guides(three) / f"{name}.yaml"
    path.write_bytes(content)
    before = tree(three)
    assert_refused(run("guide", "check", str(path)), 1, f"{path}:", piece, "found")
    assert_refused(run("guide", "check"), 1, f"{path}:", "it-workforce.yaml: passes")
    assert_refused(run("guide", "show", name), 1, f"{path}:")
    assert_refused(run("visit", "add", "千葉市", "--guide", name), 1, f"{path}:")
    assert_refused(run("study", "edit", "--guide", name), 1, f"{path}:")
    listed = run("guide", "list")
    assert ("it-workforce" in listed.out, path.name in listed.err) == (True, True)
    assert tree(three) == before


def test_a_faulty_guide_in_use_is_refused_by_what_needs_it_and_only_by_that(
    run: Run, three: Path
) -> None:
    path = guides(three) / "it-workforce.yaml"
    path.write_bytes(b"guide: [\n")
    before = tree(three)
    for words in ["coverage", "compare", "prepare otsu-1", "guide show it-workforce"]:
        assert_refused(run(*words.split()), 1, f"{path}:2:")
    assert_refused(run("note", "add", "otsu-1", "hiring", "x"), 1, f"{path}:2:")
    for words in ["note list", "search x", "log", "study show", "city list", "draft list"]:
        assert run(*words.split()).code == 0
    assert tree(three) == before


def test_visits_that_keep_their_guides_do_not_need_the_file(run: Run, noted: Path) -> None:
    covered, compared = run("coverage").out, run("compare").out
    (guides(noted) / "it-workforce.yaml").write_bytes(b"guide: [\n")
    assert (run("coverage").out, run("compare").out) == (covered, compared)


def test_a_guide_is_checked_without_a_study(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("guide: [\n", "utf-8")
    assert_refused(run("guide", "check", str(path)), 1, f"{path}:")
    assert_refused(run("guide", "check", "none.yaml"), 1, "none.yaml")


@pytest.mark.parametrize("slug", ["../secret", "../../secret"])
def test_no_guide_outside_the_folder_is_shown(run: Run, three: Path, slug: str) -> None:
    shipped = (guides(three) / "it-workforce.yaml").read_text("utf-8")
    for folder in (three, three.parent):
        text = shipped.replace("guide: it-workforce", "guide: secret")
        (folder / "secret.yaml").write_text(text, "utf-8")
    assert_refused(run("guide", "show", slug), 1, slug)
    assert_refused(run("guide", "new", "x", "--from", slug), 1, slug)
    assert_refused(run("visit", "add", "千葉市", "--guide", slug), 1, slug)


def test_a_guide_as_a_visit_keeps_it_differs_from_its_file(run: Run, noted: Path) -> None:
    path = guides(noted) / "it-workforce.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("question: effect", "question: outcome"), "utf-8")
    kept = run("guide", "show", "it-workforce", "--visit", "chiba-1").out
    assert kept != run("guide", "show", "it-workforce").out
    lines = run("guide", "diff", "it-workforce", "chiba-1", "--json").json["lines"]
    assert [line.split() for line in lines if line[0] in "-+"] == [
        ["-", "-", "question:", "effect"], ["+", "-", "question:", "outcome"],
    ]  # fmt: skip
    assert "Nothing differs." in run("guide", "diff", "it-workforce", str(path)).out


def test_an_edited_guide_is_stored_if_it_passes(run: Run, three: Path, editor: Editor) -> None:
    editor("text = text.replace('version: \"1\"', 'version: \"2\"')")
    result = run("guide", "edit", "it-workforce", tty="all")
    assert result.code == 0
    assert run("guide", "show", "it-workforce", "--json").json["version"] == "2"
    assert not list((three / "drafts").iterdir())
    assert "Nothing was changed" in run("guide", "edit", "it-workforce", tty="all").err


def test_an_edited_guide_that_does_not_pass_is_kept_and_offered_again(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = text.replace('version:', 'verzion:')")
    before = tree(guides(three))
    result = run("guide", "edit", "it-workforce", tty="all")
    assert_refused(result, 1, "verzion", "drafts/guide-edit-it-workforce.yaml")
    assert tree(guides(three)) == before
    editor("text = text.replace('verzion:', 'version:').replace('\"1\"', '\"2\"', 1)")
    assert run("guide", "edit", "it-workforce", tty="all").code == 0
    assert run("guide", "show", "it-workforce", "--json").json["version"] == "2"
    assert not list((three / "drafts").iterdir())


def test_an_editor_that_fails_leaves_the_guide_as_it_was(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("path.write_text('x'); sys.exit(1)")
    before = tree(guides(three))
    assert_refused(run("guide", "edit", "it-workforce", tty="all"), 1, "drafts/")
    assert tree(guides(three)) == before


def changed_meanwhile(run: Run, study: Path, editor: Editor) -> Path:
    """Leave a draft of a guide that somebody else changes while the editor is open."""
    path = guides(study) / "it-workforce.yaml"
    theirs = path.read_text("utf-8").replace("AIやRPAの活用状況", "書き換えた題")
    (study.parent / "theirs").write_text(theirs, "utf-8")
    editor(
        f"import shutil; shutil.copy({str(study.parent / 'theirs')!r}, {str(path)!r})\n"
        "text = text.replace('\"1\"', '\"2\"', 1)"
    )
    result = run("guide", "edit", "it-workforce", tty="all")
    assert_refused(result, 1, "was changed meanwhile", "drafts/guide-edit-it-workforce.yaml")
    assert path.read_text("utf-8") == theirs
    return path


def test_a_draft_of_a_guide_that_became_another_is_named_and_not_offered(
    run: Run, three: Path, editor: Editor
) -> None:
    path = changed_meanwhile(run, three, editor)
    mine = next((three / "drafts").glob("guide*")).read_bytes()
    editor("text = text.replace('\"1\"', '\"3\"', 1)")
    result = run("guide", "edit", "it-workforce", tty="all")
    assert (result.code, "drafts/guide-edit-it-workforce.yaml" in result.err) == (0, True)
    assert "書き換えた題" in path.read_text("utf-8")
    assert 'version: "3"' in path.read_text("utf-8")
    assert [draft.read_bytes() for draft in (three / "drafts").glob("guide*")] == [mine]


def test_a_draft_into_which_nobody_wrote_does_not_stand_for_what_the_guide_is_now(
    run: Run, three: Path, editor: Editor
) -> None:
    path = guides(three) / "it-workforce.yaml"
    editor("sys.exit(1)")
    assert run("guide", "edit", "it-workforce", tty="all").code == 1
    path.write_text(path.read_text("utf-8").replace("AIやRPAの活用状況", "書き換えた題"), "utf-8")
    now = path.read_bytes()
    editor("")
    result = run("guide", "edit", "it-workforce", tty="all")
    assert (result.code, "Nothing was changed" in result.err) == (0, True)
    assert path.read_bytes() == now
    assert not list((three / "drafts").iterdir())


def test_of_two_who_store_a_guide_at_once_the_second_keeps_the_text_in_the_draft(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Settings(three, str(three), "t")
    path = guides(three) / "it-workforce.yaml"
    results: dict[str, object] = {}

    def store(draft: Draft, title: str) -> None:
        text = draft.text().replace("AIやRPAの活用状況", title)
        draft.path.write_text(text, "utf-8")
        try:
            results[title] = store_guide(given, path, draft)
        except Conflict as error:
            results[title] = error

    with ExitStack() as held:
        opened = [held.enter_context(guide_draft(given, path.stem, never)) for _ in range(2)]
        first, second = (draft for _path, draft in opened)
        other = Thread(target=store, args=(second, "二人目"))

        def write_slowly(target: Path, data: bytes) -> None:
            if not other.ident:
                other.start()
                other.join(1)  # as long as it may take if nothing held it back
            write_whole(target, data)

        monkeypatch.setattr("fieldvisit.actions.guides.write_whole", write_slowly)
        store(first, "一人目")
        other.join()
        assert results["一人目"] is True
        assert isinstance(results["二人目"], Conflict)
        assert "一人目" in path.read_text("utf-8")
        assert "二人目" in second.text()
        assert str(second.path) in results["二人目"].hint


def never(_draft: Draft) -> None:
    raise AssertionError


def test_a_guide_that_is_no_utf8_can_be_mended_in_the_editor(
    run: Run, three: Path, editor: Editor
) -> None:
    path = guides(three) / "round.yaml"
    run("guide", "new", "round")
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    editor("text = text.replace('# \ufffd', '#')")
    assert run("guide", "edit", "round", tty="all").code == 0
    assert run("guide", "check", str(path)).code == 0


def test_the_editor_needs_a_terminal_and_a_guide(run: Run, three: Path) -> None:
    assert_refused(run("guide", "edit", "it-workforce"), 1, "terminal")
    assert_refused(run("guide", "edit", "none", tty="keyboard"), 1, "none", "it-workforce")
    assert not list((three / "drafts").glob("*"))


def test_the_editor_s_faults_name_the_file_and_list_the_keys_once(
    run: Run, three: Path, editor: Editor
) -> None:
    editor("text = text.replace('version:', 'foo: 1\\nbar: 2\\nversion:', 1)")
    err = " ".join(run("guide", "edit", "it-workforce", tty="keyboard").err.split())
    assert err.count("it-workforce.yaml:") == 2
    assert err.count("The keys of a guide are guide, version, ") == 1
