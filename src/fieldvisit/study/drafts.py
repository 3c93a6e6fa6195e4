"""Drafts: text that a person typed and that is not stored yet. Never dropped unasked.

A draft is two files in `drafts/`: the text, which an editor opens, and beside it, hidden, what it
belongs to. That is written first, so that there is no text without it; whoever works on a draft
holds its lock from before it is there until it is stored or left.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.doors import inputs
from fieldvisit.doors.outputs import delete, make_folder, remove, write_new, write_whole
from fieldvisit.errors import Ambiguous, BadText, NotFound
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.language import _, enumerated, together
from fieldvisit.settings import Study
from fieldvisit.storage import ids, queries
from fieldvisit.storage.connection import reading

_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST_STEM = 120  # bytes: what is beside it has a longer name still
_NO_PURPOSE = Purpose("")


class Draft(Struct, frozen=True):
    """A draft: the file of its text, and what it belongs to."""

    path: Path
    purpose: Purpose

    @property
    def name(self) -> str:
        """Return the name by which `draft` commands know it."""
        return self.path.name

    def saved_at(self) -> str:
        """Return when it was last saved, as UTC ISO 8601 with Z."""
        saved = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        return saved.isoformat(timespec="seconds").replace("+00:00", "Z")

    def data(self) -> bytes:
        """Return the bytes that stand in it; what is longer than any text is refused."""
        return inputs.bytes_of(self.path, inputs.LARGEST_TABLE)

    def text(self) -> str:
        """Return what stands in it; bytes that are no UTF-8 are refused, not replaced."""
        try:
            return inputs.as_text(self.data(), str(self.path), inputs.LARGEST_TABLE)
        except BadText as error:
            error.hint = together(error.hint, _("The draft is kept."))
            raise

    def is_text(self) -> bool:
        """Tell whether it can be read as text."""
        try:
            self.text()
        except BadText:
            return False
        return True

    def was_left_alone(self, start: str) -> bool:
        """Tell whether it still is as it was when it was opened, with ``start`` in it."""
        return self.path.exists() and self.data() == start.encode()


def drafts(place: Study) -> tuple[Draft, ...]:
    """Return the drafts of the study, oldest first."""
    if not place.drafts.is_dir():
        return ()
    found = []
    for path in place.drafts.iterdir():
        with suppress(OSError):  # somebody else stored it meanwhile
            if path.is_file() and not path.name.startswith("."):
                found.append((path.stat().st_mtime, path))
    return tuple(Draft(path, _purpose(path)) for _time, path in sorted(found))


def draft_called(place: Study, typed: str) -> Draft:
    """Return the draft with that name, with or without its ending, or the only one begun so."""
    known = drafts(place)
    found = [draft for draft in known if typed in (draft.name, draft.path.stem)]
    found = found or [draft for draft in known if typed and draft.name.startswith(typed)]
    if len(found) == 1:
        return found[0]
    raise (Ambiguous if found else NotFound)(
        _("“{typed}” names no single draft.").format(typed=typed),
        _("There are: {names}").format(names=enumerated(draft.name for draft in known) or "-"),
    )


@contextmanager
def new_draft(place: Study, purpose: Purpose, ending: str, data: bytes) -> Iterator[Draft]:
    """Write a new draft, readable by its owner alone, and hold it; OSError if that cannot be."""
    make_folder(place.drafts)
    purpose = replace(purpose, change=purpose.change or ids.new_id())
    stem = _stem(purpose)
    for number in count(1):
        path = place.drafts / f"{stem}{f'.{number}' if number > 1 else ''}{ending}"
        if path.exists():
            continue
        with _locked(path) as ours:
            if ours and _made(path, purpose, data):
                yield Draft(path, purpose)
                return


def _stem(purpose: Purpose) -> str:
    """Return what the file is called: words of the command and its target, and no path."""
    words = _UNSAFE.sub("-", f"{purpose.command}-{purpose.target}").strip("-")
    return words.encode("utf-8", "ignore")[:_LONGEST_STEM].decode("utf-8", "ignore") or "draft"


def _made(path: Path, purpose: Purpose, data: bytes) -> bool:
    """Write both files; False if the name was taken meanwhile."""
    if path.exists():
        return False
    write_whole(_beside(path), msgspec.json.encode(purpose))
    try:
        write_new(path, data)
    except FileExistsError:  # put there by somebody who knows nothing of locks
        return False
    return True


def belongs_now(draft: Draft, purpose: Purpose) -> Draft:
    """Say anew what a draft belongs to, and return it."""
    write_whole(_beside(draft.path), msgspec.json.encode(purpose))
    return Draft(draft.path, purpose)


def offered(place: Study, purpose: Purpose) -> Generator[Draft, None, None]:
    """Yield the drafts for the same that nobody works on, newest first, each held a while."""
    for draft in reversed(drafts(place)):
        if draft.purpose.is_for(purpose):
            with _locked(draft.path) as ours:
                if ours and draft.path.exists():
                    yield draft


def change_of(draft: Draft, text: str) -> str:
    """Return the id of the change that stores ``text`` of a draft: the same text, the same id."""
    try:
        return ids.derived_id(draft.purpose.change, text)
    except ValueError:  # of a draft that somebody made by hand
        return ""


def is_stored(place: Study, draft: Draft, text: str) -> bool:
    """Tell whether ``text`` of a draft is stored, though a crash may have left the draft."""
    with reading(place.database) as connection:
        return queries.has_change(connection, change_of(draft, text))


def drop(draft: Draft) -> None:
    """Delete a draft for good; raises OSError."""
    delete(draft.path)
    remove(_beside(draft.path))


def close(draft: Draft) -> bool:
    """Delete a draft whose text is stored or was never touched; False if it cannot be deleted."""
    try:
        drop(draft)
    except OSError:
        return False
    return True


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")


def _purpose(path: Path) -> Purpose:
    """Return what a draft belongs to; a file that somebody else put there belongs to nothing."""
    try:
        return msgspec.json.decode(inputs.read(_beside(path), inputs.LARGEST_TABLE), type=Purpose)
    except (OSError, msgspec.MsgspecError):
        return _NO_PURPOSE


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Hold a draft, be it there yet or not; False if somebody else does. A crash lets go of it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:  # of the lock, of which nobody knows but we
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        yield True
    finally:
        remove(Path(lock.lock_file))  # before it is let go: nobody may hold a name that went
        lock.release()
