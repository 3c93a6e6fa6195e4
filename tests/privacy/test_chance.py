"""Chance brings whatever the two worlds must be tried with."""

import sqlite3
from contextlib import closing
from pathlib import Path

from privacy.by_chance import inhabited

HIDDEN = "n.disclosure NOT IN ('public', 'confirm', 'anonymous', 'group')"
TRAITS = {
    "off the record": f"SELECT 1 FROM note n WHERE {HIDDEN}",
    "off the record and deleted": f"SELECT 1 FROM note n WHERE {HIDDEN} AND deleted = 1",
    "went off the record later": f"""SELECT 1 FROM note n JOIN revision r ON r.object = n.id
        WHERE {HIDDEN} AND r.body LIKE '%"disclosure":"public"%'""",
    "opened again": f"""SELECT 1 FROM note n JOIN revision r ON r.object = n.id
        WHERE NOT {HIDDEN} AND r.body LIKE '%"disclosure":"off-record"%'""",
    "damaged level": f"SELECT 1 FROM note n WHERE {HIDDEN} AND disclosure <> 'off-record'",
    "of a city": f"SELECT 1 FROM note n WHERE {HIDDEN} AND visit_id IS NULL",
    "unsorted": f"""SELECT 1 FROM note n WHERE {HIDDEN}
        AND id NOT IN (SELECT note_id FROM note_place)""",
    "in several places": f"""SELECT 1 FROM note n JOIN note_place p ON p.note_id = n.id
        WHERE {HIDDEN} GROUP BY n.id HAVING count(*) > 1""",
    "with a tag": f"SELECT 1 FROM note n JOIN note_tag t ON t.note_id = n.id WHERE {HIDDEN}",
    "with a speaker": f"SELECT 1 FROM note n WHERE {HIDDEN} AND said_by IS NOT NULL",
    "only for a group": f"""SELECT 1 FROM note n JOIN note_group g ON g.note_id = n.id
        WHERE {HIDDEN}""",
    "marked question": f"""SELECT 1 FROM note n JOIN note_place p ON p.note_id = n.id
        JOIN mark m ON m.visit_id = n.visit_id AND m.topic = p.topic
        AND m.question = coalesce(p.question, '') WHERE {HIDDEN}""",
    "city known only so": f"""SELECT 1 FROM note n WHERE {HIDDEN}
        AND city_code NOT IN (SELECT city_code FROM visit) AND city_code NOT IN
        (SELECT city_code FROM note n WHERE NOT {HIDDEN})""",
    "visit with nothing else": f"""SELECT 1 FROM note n WHERE {HIDDEN} AND visit_id NOT IN
        (SELECT visit_id FROM note n WHERE NOT {HIDDEN} AND visit_id IS NOT NULL)""",
    "summary on one": f"""SELECT 1 FROM summary_note s JOIN note n ON n.id = s.note_id
        WHERE rests AND {HIDDEN}""",
    "once on one": f"""SELECT 1 FROM note n JOIN revision r ON r.kind = 'summary'
        AND instr(r.body, n.id) JOIN summary s ON s.id = r.object WHERE {HIDDEN}
        AND s.id NOT IN (SELECT summary_id FROM summary_note WHERE note_id = n.id)""",
    "across the cities": "SELECT 1 FROM summary WHERE city_code IS NULL",
    "in knowledge of one": f"""SELECT 1 FROM summary_note s JOIN note n ON n.id = s.note_id
        WHERE NOT rests AND {HIDDEN}""",
    "deleted summary": "SELECT 1 FROM summary WHERE deleted",
    "confirmed": f"""SELECT 1 FROM confirmation c JOIN note n ON n.revision = note_revision
        WHERE c.state IN ('ok', 'corrected') AND NOT c.deleted AND NOT {HIDDEN}""",
    "confirmed before": f"""SELECT 1 FROM confirmation c JOIN note n ON n.id = note_id
        AND n.revision <> note_revision WHERE c.state = 'ok' AND NOT {HIDDEN}""",
    "asked of one": f"""SELECT 1 FROM confirmation c JOIN note n ON n.id = note_id
        WHERE {HIDDEN}""",
    "in conflict with one": f"""SELECT 1 FROM note_conflict c JOIN note n
        ON n.id IN (first, second) WHERE {HIDDEN}""",
    "made of several": """SELECT 1 FROM revision
        WHERE kind = 'note' AND json_array_length(parents) > 1""",
}


def test_chance_brings_what_must_be_tried(template: Path, tmp_path: Path) -> None:
    seen: set[str] = set()
    for seed in range(12):
        folder = tmp_path / str(seed)
        inhabited(template, folder, seed)
        with closing(sqlite3.connect(folder / "fieldvisit.db")) as database:
            seen |= traits(database)
    assert seen == set(TRAITS)


def traits(database: sqlite3.Connection) -> set[str]:
    return {name for name, sql in TRAITS.items() if database.execute(sql).fetchone()}
