"""Letters sent from a study, filled in, and read back."""

from pathlib import Path

from fieldvisit.actions.confirming.confirm_letter import letter, send
from fieldvisit.actions.confirming.read_letters import StoredLetters, read_letters, store_letters
from fieldvisit.documents.confirmation_letter import document
from fieldvisit.documents.formats import render
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing


def found(given: Settings, body: str, audience: str = "all") -> Note:
    with viewing(given, audience) as view:
        return next(note for note in view.every_note.values() if note.body == body)


def asked(given: Settings, note: Note) -> Confirmation:
    with viewing(given, "all") as view:
        return view.confirmations[note.id]


def sent(given: Settings, name: str = "letter.md", **wish: str) -> Path:
    path = given.study().folder / name
    wanted = letter(given, "chiba-1", **wish)  # type: ignore[arg-type] # by name
    send(given, wanted, path, render(document(wanted), path.suffix[1:]))
    return path


def answered(path: Path, body: str, change: str = "", correction: str = "") -> Path:
    """Fill in the row of the passage with that text."""
    lines = path.read_text("utf-8").split("\n")
    (at,) = [n for n, line in enumerate(lines) if f"| {body} " in line]
    lines[at] = f"{lines[at].partition('| □')[0]}| {change} | {correction} |"
    path.write_text("\n".join(lines), "utf-8")
    return path


def back(given: Settings, path: Path, **more: str) -> StoredLetters:
    return store_letters(given, read_letters(given, [path]), **more)  # type: ignore[arg-type] # by name
