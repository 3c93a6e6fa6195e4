"""What is told where a summary is written again, or comes back in a file or from the editor."""

from pathlib import Path

import pytest

from cli.harness import Editor, Run, assert_refused, tree
from cli.pty_run import on_terminal
from cli.recorded import assert_ended, drafts
from cli.test_summary_editors import bodies, in_box

CELL = ("ai-rpa/effect", "--city", "千葉市")


@pytest.fixture
def quotable(run: Run, noted: Path) -> Path:
    """One note in the cell, which is public."""
    run("note", "add", "chiba-1", "ai-rpa/upkeep", "公の話", "-d", "public")
    return noted


UPKEEP = ("ai-rpa/upkeep", "--city", "千葉市")


@pytest.mark.parametrize(
    ("lang", "pieces"),
    [
        ("en", ("stored: group only", "would allow: public")),
        ("ja", ("関係者限り", "公表可")),
    ],
)
def test_one_that_stays_closed_says_how_to_open_it(
    run: Run, quotable: Path, lang: str, pieces: tuple[str, ...]
) -> None:
    assert run("summary", "set", *UPKEEP, "内輪向け", "-d", "group").code == 0
    told = run("summary", "set", *UPKEEP, "--unchanged", lang=lang).err
    assert all(piece in told for piece in pieces), told
    hint = "fieldvisit summary set ai-rpa/upkeep --city 千葉市 --unchanged -d public"
    assert hint in told
    opened = run(*hint.split()[1:], lang=lang).err
    assert "-d public" not in opened
    assert run("summary", "list", "--audience", "public", "--json").json["summaries"]


def test_one_that_was_just_closed_or_is_as_its_notes_says_nothing_of_opening(
    run: Run, quotable: Path
) -> None:
    assert "allow" not in run("summary", "set", *UPKEEP, "内輪向け").err
    assert "allow" not in run("summary", "set", *UPKEEP, "内輪向け", "-d", "group").err


def test_notes_that_stay_chosen_are_told(run: Run, quotable: Path) -> None:
    note = run("note", "add", "chiba-1", "ai-rpa/upkeep", "別の話").out.strip()
    run("summary", "set", *UPKEEP, "要約", "--notes", note)
    told = run("summary", "set", *UPKEEP, "要約。")
    assert "It rests on 1 note." in told.err
    assert "--notes" in told.err


def test_the_level_in_the_list_is_the_one_of_the_comparison(run: Run, quotable: Path) -> None:
    def pages() -> tuple[str, str]:
        table = run("summary", "list", "--format", "csv", lang="ja").out
        return table, run("compare", "4", "--cells", "both", lang="ja").out

    run("summary", "set", *UPKEEP, "要約", "-d", "confirm")
    listed, page = pages()
    assert ",要確認" in listed
    assert "【要約】【要確認】要約" in page
    other = run(
        "note", "add", "chiba-1", "ai-rpa/upkeep", "確かめる話", "-d", "confirm"
    ).out.strip()
    run("summary", "set", *UPKEEP, "--unchanged")
    assert run("confirm", "set", "chiba-1", other, "ok").code == 0
    listed, page = pages()
    assert ",確認済" in listed
    assert "【要約】要約" in page
    run("note", "add", "chiba-1", "ai-rpa/upkeep", "匿名の話", "-d", "anonymous")
    run("note", "edit", other, "変えた話")
    run("summary", "set", *UPKEEP, "--unchanged")
    listed, page = pages()
    assert ",要確認（先方確認後に公表可）、匿名で公表可," in listed
    assert "【要約】【要確認】【匿名】要約" in page


@pytest.mark.parametrize(("lang", "piece"), [("en", "1 summary was emptied"), ("ja", "要約1件")])
def test_a_cell_that_was_emptied_is_told(run: Run, noted: Path, lang: str, piece: str) -> None:
    run("summary", "set", *CELL, "一")
    run("compare", "--cells", "both", "-o", "a.csv")
    text = Path("a.csv").read_text("utf-8-sig")
    Path("a.csv").write_text(text.replace(",一,", ",,"), encoding="utf-8")
    told = run("summary", "read", "a.csv", lang=lang).err
    assert piece in told
    assert "fieldvisit summary delete" in told


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("words", [("--cells", "notes"), ("--cells", "both", "--anonymise")])
def test_another_kind_of_comparison_is_refused_in_one_sentence(
    run: Run, noted: Path, words: tuple[str, ...], lang: str
) -> None:
    run("summary", "set", *CELL, "一")
    assert run("compare", "ai-rpa", *words, "-o", "a.csv").code == 0
    before = tree(noted)
    result = run("summary", "read", "a.csv", lang=lang)
    assert_refused(result, 1, "compare --cells both -o FILE.csv")
    assert len(result.err.splitlines()) <= 3
    assert tree(noted) == before


def test_a_fence_in_a_text_cuts_nothing(noted: Path, editor: Editor) -> None:
    text = "一行目\n```\n枠の中\n```\n````\n最後"
    editor(in_box(0, text))
    assert_ended(on_terminal("summary", "edit", "ai-rpa"), 0, "stored 1", "kept apart 0")
    assert bodies() == {"千葉市:ai-rpa/": text}
    assert drafts(noted) == []


def test_what_the_editor_left_and_is_kept_apart_is_shown(noted: Path, editor: Editor) -> None:
    editor(in_box(0, "オフレコ：市長は反対") + in_box(1, "【公表可】姫路の要約"))
    screen = on_terminal("summary", "edit", "ai-rpa")
    pieces = ("stored 0", "kept apart 2", "-d off-record", "市長は反対", "姫路の要約")
    assert_ended(screen, 0, *pieces)
    assert bodies() == {}
    kept = (noted / "drafts" / "returned-summaries.txt").read_text("utf-8")
    assert "市長は反対" in kept
    assert "姫路の要約" in kept


@pytest.mark.parametrize(("lang", "piece"), [("en", "most closed note"), ("ja", "最も厳しい")])
def test_the_help_tells_how_open_a_summary_is(run: Run, lang: str, piece: str) -> None:
    told = "".join(run("summary", "set", "--help", lang=lang).out.split())
    assert piece.replace(" ", "") in told
