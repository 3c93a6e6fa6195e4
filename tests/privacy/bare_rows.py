"""The rows of a study as they stand in its database, read with nothing but SQLite."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from fieldvisit.storage.kinds import KINDS

TABLES = ("note", "note_place", "note_tag", "note_group", "person", "person_at_visit", "visit",
          "visit_group", "confirmation", "note_conflict", "material", "summary", "summary_note",
          "revision", "change")  # fmt: skip
Row = dict[str, Any]


class BareRows:
    """All that stands in a study."""

    def __init__(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "fieldvisit.db")) as database:
            database.row_factory = sqlite3.Row
            self.rows: dict[str, list[Row]] = {
                table: [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
                for table in TABLES
            }
        for rows in self.rows.values():
            rows.sort(key=lambda row: row["seq"])
        self._told: dict[tuple[Any, ...], Any] = {}

    def told(self, what: str, *of: Any, **named: Any) -> Any:
        """What the method of that name answers, worked out once."""
        key = (what, *of, *sorted(named.items()))
        if key not in self._told:
            self._told[key] = getattr(self, what)(*of, **named)
        return self._told[key]

    def of(self, table: str, **where: Any) -> list[Row]:
        return [row for row in self.rows[table] if all(row[k] == v for k, v in where.items())]

    def past(self, kind: str, name: str) -> list[tuple[Row, Any]]:
        """The revisions of an object, oldest first, each with what then stood."""
        rows = self.of("revision", kind=kind, object=name)
        return [(row, KINDS[kind].from_body(row["body"])) for row in rows]

    def upto(self, revision: str) -> list[Row]:
        """The revisions of the same object up to one, and that itself."""
        (last,) = self.of("revision", id=revision)
        rows = self.of("revision", kind=last["kind"], object=last["object"])
        return [row for row in rows if row["seq"] <= last["seq"]]

    def reason(self, revision: str) -> str:
        """The reason that was given for the change of a revision."""
        (row,) = self.of("revision", id=revision)
        (change,) = self.of("change", id=row["change_id"])
        return str(change["command"]).partition(": ")[2]

    def parents(self, revision: str) -> list[str]:
        """The revisions from which one was made."""
        (row,) = self.of("revision", id=revision)
        return list(json.loads(row["parents"]))
