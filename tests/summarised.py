"""A study with notes and summaries, and its comparison in the hands of a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cli.harness import run_here
from fieldvisit.actions.read_files import propose, store_reading
from fieldvisit.actions.summaries import WantedSummaries, set_summary, summaries, summary_history
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import NotFound
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import StandingSummary
from fieldvisit.review.columns import MATRIX_COLUMNS
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.pieces import ReturnedFile
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields


def asked(study: Settings, *words: str, lang: str = "") -> bytes:
    result = run_here("--study", str(study.study().folder), *words, lang=lang)
    assert result.code == 0, result.err
    return result.out_bytes


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


PLACE = "ai-rpa/status"


def noted(
    given: Settings,
    body: str = "RPAを使う。",
    level: str = "group",
    place: str = PLACE,
    where: str = "chiba-1",
    **more: Any,
) -> Note:
    return add_note(given, where, body, NoteFields(place=place, disclosure=level, **more))


def summed(given: Settings, text: str, place: str = PLACE, **more: Any) -> StandingSummary:
    city = {} if more.get("across") else {"city": "千葉市"}
    return set_summary(given, place, text, **{**city, **more})


def listed(given: Settings, audience: str = "all", study_group: str = "") -> list[StandingSummary]:
    found, _register, _held = summaries(given, WantedSummaries(study_group=study_group), audience)
    return list(found)


def texts(given: Settings, audience: str = "all") -> list[str]:
    return [one.summary.body for one in listed(given, audience)]


def why_stale(given: Settings, audience: str = "all") -> dict[str, set[tuple[str, str]]]:
    """By the text of each summary the reasons to look again, each with a handle."""
    return {
        one.summary.body: {(stale.why, stale.note.handle) for stale in one.stale}
        for one in listed(given, audience)
    }


def past(given: Settings, audience: str, place: str = PLACE, **more: Any) -> list[str]:
    """The texts in the history of the summary of a cell; none if the audience knows of none."""
    city = {} if more.get("across") else {"city": "千葉市"}
    try:
        revisions, _register, _handles = summary_history(given, place, audience, **{**city, **more})
    except NotFound:
        return []
    return [then.body for _revision, then in revisions]


def compared(given: Settings, audience: str = "all", *words: str) -> dict[str, Any]:
    """The summaries in the JSON of a comparison by `city:topic/question`."""
    found = json.loads(asked(given, "compare", *words, "--json", "--audience", audience))
    cells: dict[str, Any] = {}
    for topic in found["topics"]:
        told = [("across", one) for one in (topic["across"], *topic["across_questions"])]
        for city in topic["cities"]:
            code = city["city"]["code"] or city["city"]["name"]
            told += [(code, cell["summary"] and {**cell["summary"], "question": cell["question"]})
                     for cell in city["cells"]]  # fmt: skip
        for where, one in told:
            if one:
                question = f"/{one['question']}" if one["question"] else ""
                cells[f"{where}:{topic['topic']}{question}"] = one
    return cells


Rows = list[dict[str, str]]
KEYS = {
    name: key for key, term in MATRIX_COLUMNS.items() for name in (term.en, term.ja)
}  # fmt: skip


class Sheet:
    """The rows below the heads, as a person sees them."""

    def __init__(self, heads: Sequence[str], rows: Rows) -> None:
        self.heads, self.rows = list(heads), rows

    def row(self, city: str, question: str = "", topic: str = "ai-rpa") -> dict[str, str]:
        """The row of a city's question; ``city`` empty = across the cities."""
        return next(
            row
            for row in self.rows
            if (row["topic"], row["question"]) == (topic, question)
            and (row["city"] == city if city else not row["city_code"])
        )

    def saved(self, path: Path, encoding: str = "utf-8-sig", line: str = "\r\n", sign: str = ",",
              quote: int = csv.QUOTE_MINIMAL) -> Path:  # fmt: skip
        """Save it as a spreadsheet might."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=line, delimiter=sign, quoting=quote)  # type: ignore[arg-type] # a constant
        writer.writerow(self.heads)
        for row in self.rows:
            by_head = {head: row.get(KEYS.get(head, head), "") for head in self.heads}
            writer.writerow([by_head[head] for head in self.heads])
        path.write_bytes(out.getvalue().encode(encoding, "replace"))
        return path


def exported(given: Settings, *words: str, audience: str = "group", lang: str = "en") -> Sheet:
    """What `compare --cells both --format csv` writes."""
    typed = ("compare", *words, "--cells", "both", "--format", "csv", "--audience", audience)
    data = asked(given, *typed, lang=lang)
    heads, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    keys = [KEYS[head] for head in heads]
    return Sheet(heads, [dict(zip(keys, row, strict=True)) for row in rows])


class CameBack(NamedTuple):
    """What became of a comparison, or of a sheet of summaries: what was stored, what waits."""

    stored: list[StandingSummary]
    unchanged: int
    waiting: list[Item]


def came_back(given: Settings, path: Path) -> CameBack:
    return stored_of(given, read_file(path))


def stored_of(given: Settings, file: ReturnedFile) -> CameBack:
    """Take all that is plain of a file."""
    arrival = Arrival(kind="comparison")
    found = store_reading(given, propose(given, file, arrival), arrival, command="summary edit")
    ids = {item.stored for item in found.items if item.state == "taken"}
    return CameBack(
        [one for one in listed(given) if one.summary.id in ids],
        found.reading.proposed.unchanged,
        [item for item in found.items if item.state == "waiting"],
    )
