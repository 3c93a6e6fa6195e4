"""Notes to be sorted, and the places they are filed under."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.harness import Run
from cli.pty_run import Screen, on_terminal
from fieldvisit.actions.recording.memos import store_memo
from fieldvisit.fieldwork.memo.paragraphs import MemoParagraph
from fieldvisit.fieldwork.sheets.returned_file import Where
from fieldvisit.settings import Settings

SORT = ("note", "sort", "chiba-1")
TEXTS = (
    "情報化を担当する部署の職員数は12名である。", "RPAを税務で使う。議事録にはAIを使う。",
    "監査は外部に頼んでいる。", "xyzzy", "オープンデータの庁内での活用はこれから。",
)  # fmt: skip


def stored(folder: Path, texts: Sequence[str], **said: Any) -> None:
    given = Settings(folder, str(folder), "佐藤")
    paragraphs = [
        MemoParagraph(text, Where("m", "line", n), **said) for n, text in enumerate(texts)
    ]
    assert len(store_memo(given, "chiba-1", paragraphs).stored) == len(texts)


def notes(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("note", "list", "--audience", "all", "--json").json["notes"]
    return found


def filed(run: Run) -> dict[str, list[str]]:
    return {
        note["body"]: [
            "/".join(filter(None, (place["topic"], place["question"])))
            for place in ([note] if note["topic"] else []) + note["also"]
        ]
        for note in notes(run)
    }


def on(columns: int, *typed: tuple[str, str], words: Sequence[str] = SORT) -> Screen:
    return on_terminal(*words, typed=typed, columns=columns)
