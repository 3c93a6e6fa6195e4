"""Canaries: words that stand in one confidential field alone never sing anywhere else."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.harness import run_here, tree
from fieldvisit.documents.formats import FORMATS
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from privacy.aviary import UNPRINTED, Aviary
from privacy.canaries import GROUP, OFF_RECORD, Cage, unzipped
from privacy.commands import (
    COMPLETED,
    DELIVERING,
    LANGUAGES,
    Line,
    asked,
    command_of,
    decks,
    kind,
    lines,
    shell_offers,
)


def sung(aviary: Aviary, a_story: Path, audience: str, room: Path) -> bytes:
    """All that every command writes for ``audience``, on both streams and into files."""
    heard = []
    names = aviary.names()
    each = [
        (Line(words, format_, audience, "en"), {**names, "seen": handle})
        for words in ("note show {seen}", "note history {seen}")
        for format_ in ("md", "json")
        for handle in aviary.seen
    ]
    # Each line in one language, now this, now that.
    told = [line for line in lines()
            if line.audience in {audience, ""} and kind(line) in decks(a_story)]  # fmt: skip
    spoken = [line for number, line in enumerate(told) if number % 4 in {0, 3}]
    for number, (line, filled) in enumerate([*((line, names) for line in spoken), *each]):
        into_file = number % 5 == 0 and "-o" in DELIVERING[command_of(line.words)]
        file = room / f"{number}.{line.format}" if into_file else None
        result = asked(aviary.folder, line, filled, file=file)
        assert result.code in {0, 1, 2}, result.err
        if line.audience or audience == "group":
            heard += [unzipped(result.out_bytes), result.err_bytes]
    for name, data in tree(room).items():
        heard += [name.encode(), unzipped(data)]
    return b"\n".join(dict.fromkeys(heard))


def test_every_format_can_be_listened_to(aviary: Aviary, a_story: Path) -> None:
    """A form in which words cannot be read again would hide every canary."""
    for format_ in FORMATS:
        commands = [command for command, known in decks(a_story) if known == format_]
        words = "note list" if "note list" in commands else "prepare otsu-2"
        heard = asked(aviary.folder, Line(words, format_, "group", "ja"), aviary.names())
        leaks = aviary.group.leaks(unzipped(heard.out_bytes))
        assert set(leaks) == set(GROUP), format_


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nothing_off_the_record_reaches_the_group(
    aviary: Aviary, a_story: Path, room: Path
) -> None:
    heard = sung(aviary, a_story, "group", room)
    assert aviary.off.leaks(heard) == []
    assert set(aviary.group.missing(heard.decode())) == UNPRINTED & set(aviary.group.fields)


def test_nothing_confidential_reaches_the_public(aviary: Aviary, a_story: Path, room: Path) -> None:
    heard = sung(aviary, a_story, "public", room)
    assert aviary.off.leaks(heard) == []
    assert aviary.group.leaks(heard) == []
    assert "いまは公表できる話" in heard.decode()


def test_those_in_charge_see_it_all_and_see_that_it_is_off_the_record(
    aviary: Aviary, room: Path
) -> None:
    notes = [f"note history {handle} --json" for handle in (*aviary.seen, *aviary.gone)]
    shown = [f"note show {handle}" for handle in (*aviary.seen, *aviary.gone)]
    all_of_it = [
        "note list", "note list --json", "coverage", "compare", "draft show note.txt",
        "material list --json", "summary list --json", "confirm list --json",
        "review --list --json", "summary history other --across --json",
        "summary history ai-rpa/status --city 大津市 --json",
        "summary history hiring/staff-mix --city 大津市 --json",
        "summary history coordination/cio --city 大津市 --json",
    ]  # fmt: skip
    heard = ""
    for words in (*notes, *shown, *all_of_it):
        study = ("--study", str(aviary.folder))
        result = run_here(*study, *words.split(), "--audience", "all")
        assert result.code == 0, result.err
        heard += result.out
    assert set(aviary.off.missing(heard)) == UNPRINTED & set(aviary.off.fields)
    compared = run_here("--study", str(aviary.folder), "compare", "--audience", "all").out
    whole = [line for line in compared.split("<br>") if OFF_RECORD[0] in line]
    assert whole
    assert all("off the record" in line for line in whole)


def test_a_terminal_shows_it_marked(aviary: Aviary) -> None:
    for words in ("note list", "compare --audience all", "search KAGEMUSHA"):
        result = run_here("--study", str(aviary.folder), *words.split(), tty="all")
        assert OFF_RECORD[0] in result.out
        assert "off the record" in result.out.replace("\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    ["log", "log --json", "note delete {gone}x", "note show {gone4}", "visit remove otsu-2",
     "visit edit otsu-2 --remove-person 総務部 --by x", "undo nothing-such", "draft show note.txt",
     "note edit {gone} -d public", "note restore {gone}", "mark otsu-2 9/9 declined"],
)  # fmt: skip
def test_refusals_and_the_log_hold_no_text_of_notes(
    aviary: Aviary, room: Path, words: str, lang: str
) -> None:
    names = aviary.names()
    typed = [word.format(**names) for word in words.split()]
    result = run_here("--study", str(aviary.folder), *typed, lang=lang)
    texts = Cage(tuple(aviary.off.fields["body"].split()))
    assert texts.leaks(result.out_bytes + result.err_bytes) == []
    bodies = [text for name, text in aviary.off.fields.items() if name != "author"]
    assert not any(text in result.out + result.err for text in bodies)


def test_the_shell_is_offered_nothing_off_the_record(
    aviary: Aviary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "all")
    offered = "".join(shell_offers(aviary.folder, words) for words in COMPLETED)
    assert aviary.off.leaks(offered.encode()) == []
    assert not any(handle in offered for handle in aviary.gone)
    assert all(handle in offered for handle in aviary.seen)


@pytest.mark.parametrize("words", ["compare", "note list", "prepare chiba-1", "status", "coverage"])
def test_a_bug_tells_no_text_of_notes(
    aviary: Aviary, room: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """An error that carries a note's text as its message, as errors of libraries do."""
    from fieldvisit.storage.gate import present

    def buggy(note: Note, *_more: Any, **_named: Any) -> None:
        try:
            raise KeyError(note.body)
        except KeyError as error:
            raise ValueError(note) from error

    monkeypatch.setattr(present, "note_for", buggy)
    typed = ("--study", str(aviary.folder), *words.split())
    result = run_here(*typed, "--audience", "all")
    assert result.code == 3
    reports = list(room.glob("fieldvisit-bug-*.txt"))
    assert len(reports) == 1
    report = reports[0].read_bytes()
    assert b"KeyError" in report
    assert b"ValueError" in report
    told = result.out_bytes + result.err_bytes + report + reports[0].name.encode()
    assert aviary.off.leaks(told) == []
    assert aviary.group.leaks(told) == []


@pytest.mark.parametrize("table", ["revision", "change", "note_place", "note"])
def test_a_broken_database_tells_no_text_of_notes(given: Settings, room: Path, table: str) -> None:
    study = given.study().folder
    with closing(sqlite3.connect(study / "fieldvisit.db", isolation_level=None)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO broken")
    cage = Cage(OFF_RECORD)
    words = ("note", "add", "chiba-1", "ai-rpa", cage("body"), "-d", "off-record", "-t", cage("t"))
    result = run_here("--study", str(study), *words)
    assert result.code in {1, 3}
    reports = b"".join(path.read_bytes() for path in room.glob("fieldvisit-bug-*.txt"))
    assert cage.leaks(result.out_bytes + result.err_bytes + reports) == []
