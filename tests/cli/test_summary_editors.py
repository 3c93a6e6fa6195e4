"""Whatever editors do to the sheet of `summary edit`: the text is stored, or kept and named."""

import re
from pathlib import Path
from typing import Any

import pytest

from cli.harness import OFF_RECORD, Editor, at_terminal, meanwhile, run_here, tree
from cli.recorded import GO_ON, assert_ended, drafts, waiting
from fieldvisit.actions.review import Decision, decide
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

EDIT = ("summary", "edit")


def in_box(number: int, text: str) -> str:
    """Code of an editor that writes into a box, in the place of what stands there."""
    return (
        "lines = text.split('\\n')\n"
        f"at = [n for n, line in enumerate(lines) if ' {{cell-' in line][{number}]\n"
        "end = next(n for n in range(at + 1, len(lines)) if lines[n] == lines[at].split()[0])\n"
        f"text = '\\n'.join([*lines[:at + 1], {text!r}, *lines[end:]])\n"
    )


def summaries() -> dict[str, Any]:
    found = run_here("summary", "list", "--audience", "all", "--json").json["summaries"]
    return {
        f"{(one['city'] or {'name': ''})['name']}:{one['topic']}/{one['question'] or ''}": one
        for one in found
    }


def bodies() -> dict[str, str]:
    return {cell: one["body"] for cell, one in summaries().items()}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_box_is_stored_for_its_cell_and_rests_on_the_notes_above_it(
    noted: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("FIELDVISIT_LANG", lang)
    editor(in_box(0, "千葉の要約\n二行目") + in_box(1, "姫路の要約") + in_box(2, "皆の要約"))
    screen = at_terminal(*EDIT, "ai-rpa")
    stored = {"en": "stored 3, unchanged 0", "ja": "保存3件"}[lang]
    assert_ended(screen, 0, stored)
    assert bodies() == {
        "千葉市:ai-rpa/": "千葉の要約\n二行目", "姫路市:ai-rpa/": "姫路の要約",
        ":ai-rpa/": "皆の要約",
    }  # fmt: skip
    assert [len(one["notes"]) for one in summaries().values()] == [2, 1, 3]
    assert not any(one["stale"] for one in summaries().values())
    assert drafts(noted) == []


def test_topics_of_guides_not_in_use_stand_under_the_same_name(noted: Path, editor: Editor) -> None:
    run_here("note", "add", "千葉市", "themes", "意見を交わしたい。", "-k", "desk")
    heading = re.search("^## .*exchange views.*$", run_here("compare").out, re.MULTILINE)
    assert heading
    editor("pathlib.Path('seen.md').write_text(text, encoding='utf-8')\n" + in_box(0, "要約"))
    assert_ended(at_terminal(*EDIT, "themes"), 0, "stored 1")
    assert f"\n{heading[0]}\n" in Path("seen.md").read_text("utf-8")


def test_the_sheet_shows_the_notes_and_what_is_to_be_looked_at_again(
    noted: Path, editor: Editor
) -> None:
    run_here("summary", "set", "4/3", "--city", "千葉市", "前の要約")
    new = run_here("note", "add", "chiba-1", "4/3", "新しい話").out.strip()
    editor("pathlib.Path('seen.md').write_text(text, encoding='utf-8')")
    before = tree(noted)
    assert_ended(at_terminal(*EDIT, "4/3", "--city", "千葉市"), 0, "Nothing was changed.")
    assert tree(noted) == before
    page = Path("seen.md").read_text("utf-8")
    assert "前の要約" in page
    assert OFF_RECORD in page
    assert f"to be looked at again: new {new}" in page
    assert page.count("{cell-") == 1


def test_a_sheet_nobody_wrote_into_is_not_offered_again(noted: Path, editor: Editor) -> None:
    editor(  # as a crash would leave it
        "import shutil\nfor name in (path.name, f'.{path.name}.json'):\n"
        "    left = path.with_name(name)\n"
        "    shutil.copy(left, path.with_name(name.replace('ai-rpa', 'ai-rpa.2')))\n"
    )
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 0, "Nothing was changed.")
    assert drafts(noted) == [".summary-edit-ai-rpa.2.md.json", "summary-edit-ai-rpa.2.md"]
    editor("")
    screen = at_terminal(*EDIT, "ai-rpa")
    assert_ended(screen, 0, "Nothing was changed.")
    assert GO_ON not in screen.text
    assert drafts(noted) == []


def test_words_outside_of_the_boxes_wait(noted: Path, editor: Editor) -> None:
    editor(in_box(0, "要約") + "text += '\\n外に書いた'\n")
    screen = at_terminal(*EDIT, "ai-rpa")
    assert_ended(screen, 0, "stored 1", "waiting 1", "1 item waits")
    assert waiting(noted) == [("remark", "外に書いた", ("no-place",))]


def test_a_box_whose_sign_was_deleted_waits(noted: Path, editor: Editor) -> None:
    signs = "import re\ntext = re.sub(r' \\{cell-[0-9a-f]+\\}', '', text, count=NUMBER)\n"
    editor(in_box(0, "要約") + signs.replace("NUMBER", "1"))
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 0, "waiting 1")
    assert bodies() == {}
    assert waiting(noted) == [("remark", "要約", ("no-place",))]
    editor(in_box(0, "要約") + signs.replace("NUMBER", "0"))
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 1, "sign of its cell", "summary-edit-ai-rpa.md")
    assert "要約" in (noted / "drafts" / "summary-edit-ai-rpa.md").read_text("utf-8")


def test_an_emptied_box_stores_and_deletes_nothing(noted: Path, editor: Editor) -> None:
    run_here("summary", "set", "ai-rpa", "--city", "千葉市", "前の要約")
    editor(in_box(0, ""))
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 0, "Nothing was changed.")
    assert bodies() == {"千葉市:ai-rpa/": "前の要約"}


@pytest.mark.parametrize(
    ("typed", "why", "shown"),
    [("【公表可】要約", "opens", "more open"), ("【所見】要約", "unknown-mark", "要約 (It bears"),
     ("内密に", "hint", "who may read it"), ("要【オフレコ】約", "mark-inside", "要【オフ")],
)  # fmt: skip
def test_a_text_whose_level_is_in_doubt_is_shown_and_waits(
    noted: Path, editor: Editor, typed: str, why: str, shown: str
) -> None:
    editor(in_box(0, typed) + in_box(1, "【関係者限り】姫路"))
    screen = at_terminal(*EDIT, "ai-rpa")
    assert_ended(screen, 0, "stored 1", "waiting 1", shown)
    assert {one["body"]: one["disclosure"] for one in summaries().values()} == {"姫路": "group"}
    [(kind, _text, reasons)] = waiting(noted)
    assert kind == "summary"
    assert why in reasons


def test_what_somebody_else_stored_meanwhile_stands_and_mine_waits(
    noted: Path, editor: Editor
) -> None:
    run_here("summary", "set", "ai-rpa", "--city", "千葉市", "前の要約")
    other = ("--study", str(noted), "summary", "set", "ai-rpa", "--city", "千葉市", "別の人")
    editor(meanwhile(*other) + in_box(0, "私の要約") + in_box(1, "姫路の要約"))
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 0, "stored 1", "1 item waits")
    assert bodies() == {"千葉市:ai-rpa/": "別の人", "姫路市:ai-rpa/": "姫路の要約"}
    assert waiting(noted) == [("summary", "私の要約", ("changed",))]
    given = Settings(noted, str(noted), "t")
    with viewing(given, "all") as view:
        [item] = view.items
    decide(given, item, Decision("take"))
    assert bodies()["千葉市:ai-rpa/"] == "私の要約"


def test_a_note_that_came_meanwhile_makes_it_stale_at_once(noted: Path, editor: Editor) -> None:
    other = ("--study", str(noted), "note", "add", "chiba-1", "ai-rpa", "あとからの話")
    editor(meanwhile(*other) + in_box(0, "私の要約"))
    assert_ended(at_terminal(*EDIT, "ai-rpa"), 0, "stored 1")
    [one] = summaries().values()
    assert [reason["why"] for reason in one["stale_because"]] == ["new"]


def test_there_is_nothing_to_summarise_without_notes(three: Path, editor: Editor) -> None:
    editor("text = 'x'")
    assert_ended(at_terminal(*EDIT), 1, "no notes")
    assert drafts(three) == []
