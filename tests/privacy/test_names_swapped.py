"""Names swapped: studies that differ in names alone give the same anonymised output."""

import random
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from cli.harness import run_here
from fieldvisit.anonymity.form import bare
from fieldvisit.storage import ids
from privacy import commands
from privacy.canaries import unzipped
from privacy.casts import ONE, OTHER, Cast, played, stage
from privacy.commands import LANGUAGES
from privacy.worlds import EXAMPLES

WAYS = ("", "ai-rpa hiring", "--view city", "--rows cities", "--rows items", "--cells both",
        "--cells summary", "--cells both --view city")  # fmt: skip
# Each study costs more than a line: an ordinary run has few of them, and every line.
STUDIES = EXAMPLES if EXAMPLES >= commands.STUDIES else max(EXAMPLES // 5, 4)
Line = tuple[str, str, str, str]


@cache
def every_line(a_story: Path) -> list[Line]:
    """Every way in every format for each audience; an ordinary run has them in one language."""
    forms = commands.forms(a_story, "compare")
    ways = list(product(WAYS, forms, ("group", "public", "all")))
    random.Random(0).shuffle(ways)
    both = LANGUAGES if STUDIES >= commands.STUDIES else ()
    return [(*way, lang) for n, way in enumerate(ways) for lang in both or (LANGUAGES[n % 2],)]


def share(a_story: Path, seed: int) -> list[Line]:
    lines = every_line(a_story)
    each = -(-len(lines) // STUDIES)
    return [lines[(seed * each + at) % len(lines)] for at in range(each)]


def anonymised(folder: Path, line: Line) -> bytes:
    way, format_, audience, language = line
    words = ("compare", *way.split(), "--anonymise", "--format", format_, "--audience", audience)
    result = run_here("--study", str(folder), *words, lang=language)
    assert result.code == 0, result.err
    return result.out_bytes


def names_in(data: bytes, cast: Cast) -> list[str]:
    """The names of a cast that stand in an output; those of one letter are in other words."""
    text = bare(unzipped(data).decode())
    return [word for word in map(bare, cast.words().values()) if len(word) > 3 and word in text]


@pytest.fixture(scope="session")
def stages(_no_configuration: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The study of each cast before there are notes."""
    room = tmp_path_factory.mktemp("stages")
    return {"one": stage(room / "one", ONE), "other": stage(room / "other", OTHER)}


@pytest.mark.by_chance
@pytest.mark.parametrize("seed", range(STUDIES))
def test_with_other_names_the_output_is_the_same(
    tmp_path: Path,
    a_story: Path,
    stages: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """The same letters are drawn for the same roles."""
    casts = {"one": ONE, "other": OTHER}
    roles = {
        name: played(stages[name], tmp_path / name, cast, seed)[1] for name, cast in casts.items()
    }
    for line in share(a_story, seed):
        made = {}
        for name, cast in casts.items():
            role = roles[name].__getitem__
            monkeypatch.setattr(ids, "shuffled", lambda found, role=role: sorted(found, key=role))
            made[name] = anonymised(tmp_path / name, line)
            assert names_in(made[name], cast) == []
        assert made["one"] == made["other"], line


def test_the_names_do_stand_in_what_is_not_anonymised(
    tmp_path: Path, stages: dict[str, Path]
) -> None:
    played(stages["one"], tmp_path / "one", ONE, 3)
    shown = run_here("--study", str(tmp_path / "one"), "compare", "--format", "md").out_bytes
    assert len(names_in(shown, ONE)) > 5
