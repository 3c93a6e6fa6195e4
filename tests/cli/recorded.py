"""What is stored, waits and is kept, and what an editor writes into a sheet of `record`."""

import re
from pathlib import Path
from typing import Any

from cli.harness import Result, Run, run_here
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
        f"import re\nfound = re.search('{handle}]\\n+(`+ {{.*?\\n`+\\n)', text, re.S)[1]\n"
        "text = text.replace(found, '')\n"
    )


def waiting(study: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return type, text and reasons of what waits."""
    with viewing(Settings(study, str(study), "t"), "all") as view:
        return [(item.type, item.text, item.reasons) for item in view.items]


def notes(*words: str) -> list[dict[str, Any]]:
    """Return all notes, or those that ``words`` narrow down to, as `note list` gives them."""
    line = ("note", "list", "--audience", "all", "--json", *words)
    found: list[dict[str, Any]] = run_here(*line).json["notes"]
    return found


def handle_of(body: str) -> str:
    return next(str(note["handle"]) for note in notes() if note["body"] == body)


def bodies() -> list[str]:
    return [note["body"] for note in notes()]


def added(run: Run, *words: str, stdin: str = "") -> dict[str, Any]:
    result = run("note", "add", *words, stdin=stdin)
    assert result.code == 0, result.err
    assert re.fullmatch(r"[a-z2-7]{10}\n", result.out)
    return shown(run, result.out.strip())


def shown(run: Run, handle: str) -> dict[str, Any]:
    found: dict[str, Any] = run("note", "show", handle, "--audience", "all", "--json").json["note"]
    return found


def drafts(study: Path) -> list[str]:
    return sorted(path.name for path in (study / "drafts").glob("*"))


def assert_ended(screen: Screen | Result, code: int, *pieces: str) -> None:
    assert screen.code == code, screen.text
    assert "Traceback" not in screen.text
    flat = re.sub(r"\s", "", screen.text)
    for piece in pieces:
        assert re.sub(r"\s", "", piece) in flat, screen.text
