"""What one study group may not use leaves no trace in what is narrowed to that group.

World A is a study, world B the same one without every note that is for other groups alone or from
a visit that does not serve the group. Each answer must be the same byte for byte, and hold no
handle and no text of what is gone.
"""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct

from cli.harness import assert_refused, run_here
from privacy import commands
from privacy.canaries import unzipped
from privacy.commands import ASKED, DELIVERING, LANGUAGES, command_of
from privacy.stories import told_once
from privacy.worlds import A_FEW

GROUPS = ("jimu", "jinzai")
AUDIENCES = ("all", "group", "public")
NARROWED = tuple(
    words for words in ASKED
    if "--study-group" in DELIVERING[command_of(words)] and "--study-group" not in words
    and "{" not in words and "--anonymise" not in words
)  # fmt: skip


class Worlds(Struct, frozen=True):
    """The two worlds of one seed and group; ``gone`` are handles and texts that B has not."""

    a: Path
    b: Path
    gone: list[str]
    elsewhere: list[str]


def worlds(template: Path, folder: Path, seed: int, group: str) -> Worlds:
    told_once(template, folder / "a", seed)
    with closing(sqlite3.connect(folder / "a" / "fieldvisit.db")) as database:
        database.execute("UPDATE note SET body = body || ' 札' || handle || '札'")
        database.commit()
    shutil.copytree(folder / "a", folder / "b")
    with closing(sqlite3.connect(folder / "b" / "fieldvisit.db")) as database:
        return Worlds(folder / "a", folder / "b", *_without_others(database, group))


def _without_others(database: sqlite3.Connection, group: str) -> tuple[list[str], list[str]]:
    """Drop what the group may not use; return its handles, and those of visits to others."""
    theirs = (
        "SELECT id FROM note WHERE (id IN (SELECT note_id FROM note_group) AND id NOT IN"
        " (SELECT note_id FROM note_group WHERE short = ?)) OR (visit_id IS NOT NULL AND"
        " visit_id NOT IN (SELECT visit_id FROM visit_group WHERE short = ?))"
    )
    both = (group, group)
    found = database.execute(f"SELECT id, handle FROM note WHERE id IN ({theirs})", both).fetchall()
    for note_id, _handle in found:
        for table in ("note_place", "note_tag", "note_group", "confirmation"):
            database.execute(f"DELETE FROM {table} WHERE note_id = ?", (note_id,))
        database.execute("DELETE FROM revision WHERE object = ?", (note_id,))
        database.execute("DELETE FROM note WHERE id = ?", (note_id,))
    database.commit()
    rows = database.execute(
        "SELECT handle FROM visit WHERE id NOT IN (SELECT visit_id FROM visit_group WHERE short=?)",
        (group,),
    )
    said = "".join(body for (body,) in database.execute("SELECT body FROM note"))
    # What a note that stays has in its own words stays too.
    gone = [handle for _id, handle in found if handle not in said]
    return gone, [handle for (handle,) in rows]


@pytest.mark.by_chance
@pytest.mark.parametrize("seed", range(A_FEW))
def test_what_is_for_others_alone_leaves_no_trace(
    template: Path, a_story: Path, tmp_path: Path, seed: int
) -> None:
    group, dice = GROUPS[seed % 2], random.Random(seed)
    found = worlds(template, tmp_path, seed, group)
    forms = [(words, f) for words in NARROWED for f in commands.forms(a_story, command_of(words))]
    for words, format_ in dice.sample(forms, 25):
        lang, audience = dice.choice(LANGUAGES), dice.choice(AUDIENCES)
        typed = [*words.split(), "--study-group", group, "--audience", audience]
        a, b = (
            run_here("--study", str(folder), *typed, "--format", format_, lang=lang)
            for folder in (found.a, found.b)
        )
        assert a.code == b.code, (typed, a.err, b.err)
        assert unzipped(a.out_bytes) == unzipped(b.out_bytes), (typed, format_)
        assert a.err.replace(str(found.a), "") == b.err.replace(str(found.b), ""), typed
        said = unzipped(a.out_bytes).decode("utf-8", "replace") + a.err
        assert [handle for handle in found.gone if handle in said] == [], (typed, format_)
        named = [h for h in found.elsewhere if h in said and h not in words]
        assert named == [], (typed, format_)


def test_an_unknown_group_and_a_visit_that_does_not_serve_it_are_refused(template: Path) -> None:
    study = ("--study", str(template))
    for words in {command_of(words): words for words in NARROWED}.values():
        result = run_here(*study, *words.split(), "--study-group", "nobody")
        assert_refused(result, 1, "nobody", "jimu, jinzai")
    for words in ("coverage", "visit show", "prepare", "material list", "note list --visit"):
        refused = run_here(*study, *words.split(), "himeji-1", "--study-group", "jimu")
        assert_refused(refused, 1, "himeji-1 does not serve the study group “jimu”")
