"""What the program writes of a study, taken apart again."""

import csv
import io

from cli.harness import run_here
from fieldvisit.settings import Settings


def asked(study: Settings, *words: str) -> bytes:
    result = run_here("--study", str(study.study().folder), *words)
    assert result.code == 0, result.err
    return result.out_bytes


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
