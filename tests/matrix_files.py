"""A comparison as CSV in a spreadsheet's hands: its rows by key, changed, and saved again."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from cli.harness import run_here
from fieldvisit.actions.summarising.store_summaries import StoredSummaries, store_summaries
from fieldvisit.exchange.returned_comparisons import read_summaries
from fieldvisit.fieldwork.sheets.columns import MATRIX_COLUMNS
from fieldvisit.settings import Settings
from summarised import noted, summed

HARD = "𠮷野家—葛\U000e0100城 é 👩‍👩‍👧 〜"
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
    folder = str(given.study().folder)
    asked = ("compare", *words, "--cells", "both", "--format", "csv", "--audience", audience)
    result = run_here("--study", folder, *asked, lang=lang)
    assert result.code == 0, result.err
    reader = csv.reader(io.StringIO(result.out_bytes.decode("utf-8-sig"), newline=""))
    heads, *rows = list(reader)
    keys = [KEYS[head] for head in heads]
    return Sheet(heads, [dict(zip(keys, row, strict=True)) for row in rows])


def came_back(given: Settings, path: Path) -> StoredSummaries:
    """Read a file back."""
    return store_summaries(given, "summary read", *read_summaries(path))


def ready_to_export(given: Settings) -> Settings:
    """The study with two cities that have notes, one a summary that CP932 cannot hold."""
    noted(given, f"RPAを使う。{HARD}", "public")
    noted(given, "=1+1", "group", "ai-rpa")
    noted(given, "使わない。", "confirm", where="himeji-1")
    summed(given, f"千葉は使う。{HARD}\n\n=効果あり", "ai-rpa/status")
    return given
