"""What an editor writes into a record sheet, and what is stored and kept then."""

import re
from pathlib import Path
from typing import Any

from cli.harness import Result, run_here
from cli.pty_run import Screen

AGAIN = "Open it again?"
GO_ON = "Go on with it?"


def under(address: str, text: str) -> str:
    """Code of an editor that writes a paragraph under the heading of an address."""
    return (
        f"heading = next(l for l in text.splitlines() if l.endswith('{{{address}}}'))\n"
        f"text = text.replace(heading, heading + '\\n\\n' + {text!r} + '\\n')\n"
    )


def notes(visit: str = "chiba-1") -> list[dict[str, Any]]:
    words = ("note", "list", "--visit", visit, "--audience", "all", "--json")
    found: list[dict[str, Any]] = run_here(*words).json["notes"]
    return found


def bodies() -> list[str]:
    return [note["body"] for note in notes()]


def drafts(study: Path) -> list[str]:
    return sorted(path.name for path in (study / "drafts").glob("*"))


def assert_ended(screen: Screen | Result, code: int, *pieces: str) -> None:
    assert screen.code == code, screen.text
    assert "Traceback" not in screen.text
    flat = re.sub(r"\s", "", screen.text)
    for piece in pieces:
        assert re.sub(r"\s", "", piece) in flat, screen.text
