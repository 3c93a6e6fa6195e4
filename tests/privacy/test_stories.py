"""Chance brings whatever the two worlds must be tried with."""

import sqlite3
from contextlib import closing
from pathlib import Path

from cli.harness import run_here
from privacy.stories import told_once

HIDDEN = "n.disclosure NOT IN ('public', 'confirm', 'anonymous', 'group')"
ONCE = """JOIN revision r ON r.object = n.id AND r.kind = 'note'
    AND r.body LIKE '%"disclosure":"off-record"%'"""
TRAITS = {
    "off the record and deleted": f"note n WHERE {HIDDEN} AND deleted = 1",
    "went off the record later": f"""note n JOIN revision r ON r.object = n.id
        WHERE {HIDDEN} AND r.body LIKE '%"disclosure":"public"%'""",
    "opened again": f"note n {ONCE} WHERE NOT {HIDDEN}",
    "changed before it was opened": f"note n {ONCE} WHERE NOT {HIDDEN} AND n.number > 2",
    "confirmed before it was opened": f"""note n {ONCE} JOIN confirmation c ON c.note_id = n.id
        AND note_revision <> n.revision WHERE NOT {HIDDEN}""",
    "in conflict before it was opened": f"""note n {ONCE} JOIN note_conflict c
        ON n.id IN (first, second) WHERE NOT {HIDDEN}""",
    "damaged level": f"note n WHERE {HIDDEN} AND disclosure <> 'off-record'",
    "of a city": f"note n WHERE {HIDDEN} AND visit_id IS NULL",
    "unsorted": f"note n WHERE {HIDDEN} AND id NOT IN (SELECT note_id FROM note_place)",
    "in several places": f"""note n JOIN note_place p ON p.note_id = n.id
        WHERE {HIDDEN} GROUP BY n.id HAVING count(*) > 1""",
    "with a tag": f"note n JOIN note_tag t ON t.note_id = n.id WHERE {HIDDEN}",
    "with a speaker": f"note n WHERE {HIDDEN} AND said_by IS NOT NULL",
    "on a material": f"note n WHERE {HIDDEN} AND material > 900",
    "only for a group": f"note n JOIN note_group g ON g.note_id = n.id WHERE {HIDDEN}",
    "of a visit that serves another group": """note n JOIN visit_group g
        ON g.visit_id = n.visit_id AND g.short = 'jinzai' WHERE n.deleted = 0""",
    "marked question": f"""note n JOIN note_place p ON p.note_id = n.id
        JOIN mark m ON m.visit_id = n.visit_id AND m.topic = p.topic WHERE {HIDDEN}""",
    "city known only so": f"""note n WHERE {HIDDEN}
        AND city_code NOT IN (SELECT city_code FROM visit) AND city_code NOT IN
        (SELECT city_code FROM note n WHERE NOT {HIDDEN})""",
    "visit with nothing else, whose guides it fixed": f"""note n JOIN visit_guide g
        ON g.visit_id = n.visit_id AND sha256 <> '' WHERE {HIDDEN} AND n.visit_id NOT IN
        (SELECT visit_id FROM note n WHERE NOT {HIDDEN} AND visit_id IS NOT NULL)""",
    "summary on one": f"""summary_note s JOIN note n ON n.id = s.note_id
        WHERE rests AND {HIDDEN}""",
    "once on one": f"""note n JOIN revision r ON r.kind = 'summary'
        AND instr(r.body, n.id) JOIN summary s ON s.id = r.object WHERE {HIDDEN}
        AND s.id NOT IN (SELECT summary_id FROM summary_note WHERE note_id = n.id)""",
    "across the cities": "summary WHERE city_code IS NULL",
    "in knowledge of one": f"""summary_note s JOIN note n ON n.id = s.note_id
        WHERE NOT rests AND {HIDDEN}""",
    "deleted summary": "summary WHERE deleted",
    "confirmed": f"""confirmation c JOIN note n ON n.revision = note_revision
        WHERE c.state IN ('ok', 'corrected') AND NOT c.deleted AND NOT {HIDDEN}""",
    "asked of one": f"confirmation c JOIN note n ON n.id = note_id WHERE {HIDDEN}",
    "in conflict with one": f"""note_conflict c JOIN note n ON n.id IN (first, second)
        WHERE {HIDDEN}""",
    "made of several": "revision WHERE kind = 'note' AND json_array_length(parents) > 1",
    "taken from what came back": f"note n WHERE item <> '' AND NOT {HIDDEN}",
    "waits on an open note": f"""item JOIN note n ON n.id = target
        WHERE state = 'waiting' AND NOT {HIDDEN}""",
    "waits on a confirmed note": """item JOIN confirmation c ON c.note_id = target
        WHERE item.state = 'waiting' AND c.state IN ('ok', 'corrected')""",
    "dropped": "item WHERE state = 'dropped'",
    "damaged material": "material WHERE disclosure NOT IN ('public', 'group', 'off-record')",
}  # fmt: skip


def test_chance_brings_what_must_be_tried(template: Path, tmp_path: Path) -> None:
    seen: set[str] = set()
    anonymised = set()
    for seed in range(80):
        folder = told_once(template, tmp_path / str(seed), seed).study().folder
        with closing(sqlite3.connect(folder / "fieldvisit.db")) as database:
            seen |= {name for name, sql in TRAITS.items() if name not in seen
                     and database.execute(f"SELECT 1 FROM {sql}").fetchone()}  # fmt: skip
        anonymised.add(run_here("--study", str(folder), "compare", "--anonymise").code)
        if (seen, anonymised) == (set(TRAITS), {0, 1}):
            return
    assert (set(TRAITS) - seen, anonymised) == (set(), {0, 1})
