"""What an editor writes into a record sheet, and what is stored and kept then."""

import re
from pathlib import Path
from typing import Any

from cli.harness import Result, run_here
from cli.pty_run import Screen
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing

GO_ON = "Go on with it?"


def under(address: str, text: str) -> str:
    """Code of an editor that writes into the empty box of an address."""
    box = f"{{{address}}}\n"
    return f"assert {box!r} in text\ntext = text.replace({box!r}, {box + text!r})\n"


def cut(handle: str) -> str:
    """Code of an editor that takes out a note with its frame, which is then `found`."""
    return (
        f"import re\nfound = re.search('`+ {{#{handle}.*?\\n`+\\n', text, re.S)[0]\n"
        "text = text.replace(found, '')\n"
    )


def waiting(study: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return type, text and reasons of what waits."""
    with viewing(Settings(study, str(study), "t"), "all") as view:
        return [(item.type, item.text, item.reasons) for item in view.items]


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
