"""Two worlds, anonymised: letters, marks, refusals and traces rest on nothing off the record."""

import random
import sqlite3
from collections.abc import Collection
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from cli.harness import Result, run_here
from fieldvisit.storage import ids
from privacy import worlds
from privacy.by_chance import inhabited
from privacy.commands import FORMATS, LANGUAGES

WAYS = ("", "--cells both", "--view city --cells both", "ai-rpa hiring", "--study-group jimu",
        "--city 千葉市 --city 西予市")  # fmt: skip
# One of these comes into the text of a note that stays: names that are known only from notes off
# the record among them.
SAID = ("西予市の例", "西予から", "千葉大学", "姫路市と", "山田課長", "{gone}を見よ",
        "{seen}を見よ", "架空市", "愛媛県", "話")  # fmt: skip
LINES = list(product(WAYS, FORMATS, LANGUAGES, ("group", "public")))


@pytest.fixture
def _in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw in order what otherwise is drawn by chance."""

    def letters(taken: Collection[str]) -> str:
        return next(a for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if a not in taken)

    def mark(taken: Collection[str]) -> str:
        return next(str(n) for n in range(1000, 10_000) if str(n) not in taken)

    monkeypatch.setattr(ids, "new_letters", letters)
    monkeypatch.setattr(ids, "new_mark", mark)


def said_in(folder: Path, seed: int) -> None:
    """Let a note that stays say something that may be a name."""
    dice = random.Random(seed)
    with closing(sqlite3.connect(folder / "fieldvisit.db", isolation_level=None)) as database:
        levels = "('public', 'confirm', 'anonymous', 'group')"
        read = f"SELECT handle FROM note WHERE disclosure {{}} IN {levels} ORDER BY seq"
        seen, gone = ([h for (h,) in database.execute(read.format(w))] for w in ("", "NOT"))
        for handle in seen:
            if dice.random() < 0.4:
                names = {"seen": seen[0], "gone": (gone or ["aaaaaaaaaa"])[0]}
                text = dice.choice(SAID).format(**names)
                database.execute("UPDATE note SET body = ? WHERE handle = ?", (text, handle))


def ask(folder: Path, words: str, lang: str = "en") -> Result:
    return run_here("--study", str(folder), *words.split(), lang=lang)


@pytest.mark.usefixtures("_in_order")
@pytest.mark.parametrize("seed", range(worlds.A_FEW))
def test_anonymised_outputs_are_the_same_in_both_worlds(
    template: Path, tmp_path: Path, seed: int
) -> None:
    a, b = pair(template, tmp_path, seed)
    for way, form, lang, audience in random.Random(seed).sample(LINES, 6):
        words = f"compare {way} --anonymise --format {form} --audience {audience}"
        assert_alike(ask(a, words, lang), ask(b, words, lang))
    assert_alike(ask(a, "compare --anonymise"), ask(b, "compare --anonymise"))
    for mark in ("A", "B", *range(1000, 1010)):
        assert_alike(ask(a, f"trace {mark}"), ask(b, f"trace {mark}"))
    for letter in "ABCDEF":
        assert_alike(ask(a, f"trace {letter}市"), ask(b, f"trace {letter}市"))


def pair(template: Path, room: Path, seed: int) -> tuple[Path, Path]:
    inhabited(template, room / "a", seed)
    said_in(room / "a", seed)
    if seed % 2:  # letters and marks are known already, those of what is off the record too
        ask(room / "a", "compare --anonymise --audience all")
    worlds.without_off_record(room / "a", room / "b", cities=True)
    return room / "a", room / "b"


def assert_alike(one: Result, other: Result) -> None:
    assert one.code == other.code, (one.err, other.err)
    assert one.out_bytes == other.out_bytes
    if one.code:
        assert one.err == other.err


def test_some_are_refused_and_some_are_not(template: Path, tmp_path: Path) -> None:
    codes = set()
    for seed in range(8):
        a, _b = pair(template, tmp_path / str(seed), seed)
        codes.add(ask(a, "compare --anonymise").code)
    assert codes == {0, 1}
