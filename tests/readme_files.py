"""What others write into the files that the docs show: a city, a colleague at a spreadsheet."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path


def reply(path: Path, corrections: Mapping[int, str]) -> None:
    """Answer a letter in Markdown: ``corrections`` by number, everything else is right."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if found := re.match(r"\| (\d+) <!--", line):
            correction = corrections.get(int(found[1]), "")
            *cells, choices, _empty = line.split(" | ")
            right, *others = choices.split("□")[1:]
            ticks = ["□", "☑"] if correction else ["☑", "□"]
            ticked = f"{ticks[0]}{right}{ticks[1]}{'□'.join(others)}"
            lines[at] = " | ".join([*cells, ticked, f"{correction} |"])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def summarise(path: Path, summaries: Mapping[tuple[str, str], str]) -> None:
    """Write summaries into a comparison in CSV, by the key of the topic and the city."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    for row in rows:
        if not row[3] and (text := summaries.get((row[1], row[6]))):
            row[-3] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heads, *rows])


def item_in(listed: str) -> str:
    found = re.search(r"^(?:item|判断待ち)[:：] *([a-z2-7]{10})", listed, re.MULTILINE)
    return found[1] if found else ""
