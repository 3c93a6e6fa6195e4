"""`summary set`, `list`, `history`, `delete`, `read` as they are typed, in both languages."""

import shlex
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Editor, Run, at_terminal
from cli.recorded import added, handle_of

CELL = ("ai-rpa/effect", "--city", "千葉市")


def set_(run: Run, *words: str, **how: str) -> str:
    result = run("summary", "set", *words, **how)
    assert (result.code, result.out) == (0, ""), result.err
    return result.err


def bodies(run: Run, *words: str) -> list[str]:
    found = run("summary", "list", "--json", *words).json["summaries"]
    return [one["body"] for one in found]


def test_a_summary_is_stored_and_told(run: Run, noted: Path) -> None:
    assert "It rests on 1 note." in set_(run, *CELL, "効果を測る。")
    told = set_(run, "4/3", "--city", "chiba", "-", stdin="効果を測る。\n二行目\n", lang="ja")
    assert "根拠とする記録事項：1件" in told
    assert bodies(run) == ["効果を測る。\n二行目"]
    Path("a.txt").write_text("ファイルから。\n", encoding="utf-8")
    set_(run, "ai-rpa", "--across", "@a.txt", "-d", "関係者限り")
    assert bodies(run) == ["ファイルから。", "効果を測る。\n二行目"]


def test_the_list_says_what_is_to_be_looked_at_again_and_why(run: Run, noted: Path) -> None:
    set_(run, *CELL, "要約")
    set_(run, "6/1", "--city", "千葉市", "別の要約")
    new = run("note", "add", "chiba-1", "ai-rpa/effect", "新しい話").out.strip()
    english, japanese = run("summary", "list").out, run("summary", "list", lang="ja").out
    assert f"new {new}" in english
    assert "to be looked at again" in english
    assert f"新規 {new}" in japanese
    assert "要見直し" in japanese
    assert bodies(run, "--stale") == ["要約"]
    assert bodies(run, "--topic", "6") == ["別の要約"]
    assert bodies(run, "--city", "姫路市") == bodies(run, "--across") == []
    [one] = run("summary", "list", "--stale", "--json").json["summaries"]
    assert (one["stale"], one["stale_because"]) == (True, [{"why": "new", "note": new}])
    page = run("compare", "ai-rpa", "--cells", "both").out
    assert f"要約 (to be looked at again: new {new})" in page


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_of_a_summary_on_what_is_off_the_record_reaches_a_pipe(
    run: Run, noted: Path, lang: str
) -> None:
    closed = handle_of(OFF_RECORD)
    told = set_(run, *CELL, "閉じた要約", "--notes", closed, lang=lang)
    assert {"en": "off the record", "ja": "オフレコ"}[lang] in told
    for words in (["list"], ["history", *CELL]):
        for format_ in ("md", "json", "csv"):
            result = run("summary", *words, "--format", format_, lang=lang)
            assert "閉じた要約" not in result.out + result.err
    listed = run("summary", "list", lang=lang)
    assert {"en": "1 summary is not", "ja": "要約1件"}[lang] in listed.err
    assert "1" not in listed.out
    assert "閉じた要約" not in run("compare", "--cells", "both", lang=lang).out
    everything = run("summary", "list", "--audience", "all", lang=lang).out
    assert "閉じた要約" in everything
    assert "閉じた要約" in run("compare", "--cells", "both", "--audience", "all", lang=lang).out


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_history_holds_each_text_and_that_it_was_deleted(
    run: Run, noted: Path, lang: str
) -> None:
    set_(run, *CELL, "一")
    set_(run, *CELL, "二", "--by", "別の人")
    assert run("summary", "delete", *CELL, lang=lang).code == 0
    page = run("summary", "history", *CELL, lang=lang).out
    assert {"en": "(deleted) 二", "ja": "（削除）二"}[lang] in page
    found = run("summary", "history", *CELL, "--json").json
    assert found["schema"] == "fieldvisit.summary-history/1"
    assert [(r["body"], r["by"], r["deleted"]) for r in found["revisions"]] == [
        ("一", "佐藤", False), ("二", "別の人", False), ("二", "佐藤", True),
    ]  # fmt: skip
    assert bodies(run) == []
    assert run("undo").code == 0
    assert bodies(run) == ["二"]


@pytest.mark.parametrize("cell", [CELL, ("ai-rpa", "--across")])
def test_what_undo_leaves_off_the_record_opens_as_it_is_told(
    run: Run, noted: Path, cell: tuple[str, ...]
) -> None:
    set_(run, *cell, "一")
    set_(run, *cell, "二", "-d", "off-record")
    told = run("undo").err.partition("fieldvisit summary set ")[2].splitlines()[0]
    words = shlex.split(told.replace("LEVEL", "group"))
    assert run("summary", "set", *words, tty="all").code == 0
    assert bodies(run) == ["一"]


def test_the_editor_opens_with_the_text_that_stands(noted: Path, run: Run, editor: Editor) -> None:
    set_(run, *CELL, "一行目")
    editor("text += '\\n二行目'")
    screen = at_terminal("summary", "set", *CELL)
    assert screen.code == 0, screen.text
    assert bodies(run) == ["一行目\n二行目"]
    editor("")
    assert at_terminal("summary", "set", *CELL).code == 1
    editor("text = 'x'")
    assert at_terminal("summary", "set", "4/9", "--city", "千葉市").code == 1
    assert list((noted / "drafts").iterdir()) == []


@pytest.fixture
def quotable(run: Run, noted: Path) -> Path:
    """One note in the cell, which is public."""
    run("note", "add", "chiba-1", "ai-rpa/upkeep", "公の話", "-d", "public")
    return noted


UPKEEP = ("ai-rpa/upkeep", "--city", "千葉市")


@pytest.mark.parametrize(
    ("lang", "pieces"),
    [
        ("en", ("stored: group only", "would allow: public")), ("ja", ("研究会内限り", "公表可")),
    ],
)  # fmt: skip
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


def test_the_level_in_the_list_is_the_one_of_the_comparison(run: Run, quotable: Path) -> None:
    def stands(in_list: str, on_page: str) -> None:
        assert in_list in run("summary", "list", "--format", "csv", lang="ja").out
        assert on_page in run("compare", "4", "--cells", "both", lang="ja").out

    place = ("chiba-1", "ai-rpa/upkeep")
    run("summary", "set", *UPKEEP, "要約", "-d", "confirm")
    stands(",先方確認前", "【要約】【先方確認前】要約")
    other = added(run, *place, "確かめる話", "-d", "confirm")["handle"]
    run("summary", "set", *UPKEEP, "--unchanged")
    assert run("confirm", "set", "chiba-1", other, "ok").code == 0
    stands(",確認済", "【要約】要約")
    run("note", "add", *place, "匿名の話", "-d", "anonymous")
    run("note", "edit", other, "変えた話")
    run("summary", "set", *UPKEEP, "--unchanged")
    stands(",先方確認前、市名を伏せれば可,", "【要約】【先方確認前】【市名を伏せれば可】要約")
