"""Every way in: a mark in mid-sentence is never kept silently, whoever reads the text."""

from collections.abc import Callable, Mapping

import pytest

from cli.harness import run_here
from fieldvisit.actions.read_files import PROPOSERS, propose, store_reading
from fieldvisit.actions.write_note import add_note
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.review.item import Arrival
from fieldvisit.review.pieces import ReturnedFile
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from returned_sheets import PAGES, TABLES, came_back, notes, waiting
from summarised import asked, exported, noted

TEXT = "市長は【関係者限り】反対している。"


def _sheet(ending: str, reader: str) -> Callable[[Settings], ReturnedFile]:
    return lambda study: came_back(study, reader, ending, {"ai-rpa/status": {"answer": TEXT}})


def _comparison(study: Settings) -> ReturnedFile:
    noted(study, "公の話", "public")
    sheet = exported(study)
    sheet.row("千葉市", "status")["summary"] = TEXT
    return read_file(sheet.saved(study.study().folder / "a.csv"))


def _memo(study: Settings) -> ReturnedFile:
    path = study.study().folder / "memo.txt"
    path.write_text(f"{TEXT}\n", encoding="utf-8")
    return read_file(path)


def _letter(study: Settings) -> ReturnedFile:
    add_note(study, "chiba-1", "話。", NoteFields(place="ai-rpa", said_by="課長"))
    path = study.study().folder / "letter.md"
    asked(study, "confirm", "send", "chiba-1", "--yes", "-o", str(path))
    rows = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{row.removesuffix('|')}{TEXT} |" if row.startswith("| 1 <") else row for row in rows]
    path.write_text("\n".join(rows), encoding="utf-8")
    return read_file(path)


# By kind of file what makes one with TEXT in it; a new proposer needs its own.
WAYS: Mapping[str, Mapping[str, Callable[[Settings], ReturnedFile]]] = {
    "sheet": {
        f"{ending}-{reader}": _sheet(ending, reader)
        for ending in (*PAGES, *TABLES)
        for reader in ("city", "interviewer")
    },
    "comparison": {"csv": _comparison},
    "memo": {"txt": _memo},
    "letter": {"md": _letter},
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in PROPOSERS for name in WAYS[kind]]
)
def test_a_mark_in_mid_sentence_waits_on_every_way_in(
    field: Settings, kind: str, name: str
) -> None:
    visit = "chiba-1" if kind == "memo" else ""
    file, arrival = WAYS[kind][name](field), Arrival(visit, kind)
    before = [note.body for note in notes(field)]
    store_reading(field, propose(field, file, arrival), arrival)
    assert [note.body for note in notes(field)] == before
    [item] = waiting(field)
    assert (item.text, "mark-inside" in item.reasons) == (TEXT, True)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "add", "chiba-1", "ai-rpa"),
        ("note", "edit", "HANDLE"),
        ("summary", "set", "ai-rpa/status", "--city", "千葉市"),
    ],
)
def test_and_is_refused_at_the_keyboard(field: Settings, words: tuple[str, ...]) -> None:
    named = {"HANDLE": noted(field).handle}
    folder = str(field.study().folder)
    before = field.study().database.read_bytes()
    for text in (TEXT, TEXT.replace("関係者限り", "背景")):
        result = run_here("--study", folder, *(named.get(word, word) for word in words), text)
        assert result.code == 2, result.err
        assert field.study().database.read_bytes() == before


def test_known_ones_at_the_ends_are_honoured_at_the_keyboard(field: Settings) -> None:
    add, again = ("note", "add", "chiba-1", "ai-rpa"), ("--reason", "聞き直した")
    asked(field, *add, "【発言】足りない。（匿名）")
    (note,) = notes(field)
    assert (note.body, note.kind, note.disclosure) == ("足りない。", "quote", "anonymous")
    asked(field, "note", "edit", note.handle, "【関係者限り】足りる。", *again)
    assert notes(field)[0].disclosure == "group"
    asked(field, "note", "edit", note.handle, "【背景】足りる。", "--as-written", *again)
    asked(field, "note", "edit", note.handle, "【背景】もう足りる。", *again)  # it stood before
    assert notes(field)[0].body == "【背景】もう足りる。"
    for words, piece in ((("【匿名】x", "-d", "group"), ""), (("x【匿名】", "--as-written"), "-d")):
        refused = run_here("--study", str(field.study().folder), *add, *words)
        assert (refused.code, piece in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("typed", "level"), [("off-record\n", "off-record"), ("?\ngroup\n", "group"), ("\n", "")]
)
def test_a_word_about_who_may_read_it_asks_for_the_level(
    field: Settings, typed: str, level: str
) -> None:
    words = ("--study", str(field.study().folder), "note", "add", "chiba-1", "ai-rpa")
    text = "他言無用とのこと。"
    unseen = run_here(*words, text)
    assert (unseen.code, "-d off-record" in unseen.err) == (2, True)
    result = run_here(*words, text, stdin=typed, tty="keyboard")
    assert result.code == (0 if level else 2)
    assert [note.disclosure for note in notes(field)] == ([level] if level else [])
    assert run_here(*words, text, "-d", "confirm").code == 0
