"""Drafts: text that a person typed and that is not stored yet. Never dropped unasked."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from fieldvisit.errors import Ambiguous, NotFound, Refused
from fieldvisit.files import write_whole
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Study

if TYPE_CHECKING:
    from filelock import BaseFileLock

_UNSAFE = re.compile(r"[^\w-]+")


class Draft(Struct, frozen=True):
    """A draft: its file, and beside it what the program needs to know of it (may be missing)."""

    path: Path

    @property
    def name(self) -> str:
        """Return the name by which `draft` commands know it."""
        return self.path.name

    @property
    def beside(self) -> Path:
        """Return the file that holds what was shown when the draft was opened."""
        return self.path.with_name(f".{self.path.name}.shown")

    @property
    def holder(self) -> Path:
        """Return the file that is locked while a person works on the draft."""
        return self.path.with_name(f".{self.path.name}.lock")

    def saved_at(self) -> str:
        """Return when it was last saved, as UTC ISO 8601 with Z."""
        saved = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        return saved.isoformat(timespec="seconds").replace("+00:00", "Z")

    def text(self) -> str:
        """Return what stands in the draft; bytes that are no UTF-8 are refused, not replaced."""
        try:
            return self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Refused(
                _("{path} is not valid UTF-8 (byte {at}).").format(path=self.path, at=error.start),
                _("Nothing was stored. Save it as UTF-8 and try again; the draft is kept."),
            ) from error


def drafts(place: Study) -> tuple[Draft, ...]:
    """Return the drafts of the study, oldest first."""
    if not place.drafts.is_dir():
        return ()
    files = (path for path in place.drafts.iterdir() if path.is_file())
    seen = [path for path in files if not path.name.startswith(".")]
    return tuple(Draft(path) for path in sorted(seen, key=lambda path: path.stat().st_mtime))


def draft_called(place: Study, typed: str) -> Draft:
    """Return the draft with that name, with or without its ending, or the only one begun so."""
    found = [draft for draft in drafts(place) if typed in (draft.name, draft.path.stem)]
    found = found or [draft for draft in drafts(place) if typed and draft.name.startswith(typed)]
    if len(found) == 1:
        return found[0]
    names = enumerated(draft.name for draft in drafts(place)) or "-"
    raise (Ambiguous if found else NotFound)(
        _("“{typed}” names no single draft.").format(typed=typed),
        _("There are: {names}").format(names=names),
    )


def open_draft(
    place: Study, subject: str, ending: str, data: bytes, shown: bytes | None = None
) -> Draft:
    """Write a new draft, readable by its owner alone, and return it.

    Drafts of one subject are numbered `.2`, `.3`; no subject has a dot of its own.
    """
    place.drafts.mkdir(mode=0o700, exist_ok=True)
    stem = _UNSAFE.sub("-", subject)
    taken = {draft.name for draft in drafts(place)}
    names = (f"{stem}{number}{ending}" for number in ["", *(f".{n}" for n in range(2, 10_000))])
    draft = Draft(place.drafts / next(name for name in names if name not in taken))
    if shown is not None:
        write_whole(draft.beside, shown)
    write_whole(draft.path, data)
    return draft


def keep_strays(place: Study, subject: str, text: str) -> Draft | None:
    """Keep what was not recognised in files on ``subject``, once; None if there is nothing."""
    if not text:
        return None
    stem, data = f"returned-{subject}", f"{text}\n".encode()
    for draft in drafts(place):
        if draft.name.startswith(stem) and draft.path.read_bytes() == data:
            return draft
    return open_draft(place, stem, ".txt", data)


def was_left_alone(draft: Draft, start: str) -> bool:
    """Tell whether the draft still is as it was when it was opened, with ``start`` in it."""
    return draft.path.exists() and draft.path.read_bytes() == start.encode()


def drop(draft: Draft) -> None:
    """Delete a draft for good."""
    draft.path.unlink(missing_ok=True)
    draft.beside.unlink(missing_ok=True)


def close(draft: Draft) -> None:
    """Delete a draft whose text is stored or was never touched, if it can be deleted.

    One that stays is only offered again, or known by what lies beside it.
    """
    with suppress(OSError):
        drop(draft)


@contextmanager
def held(draft: Draft) -> Iterator[None]:
    """Hold a draft while a person works on it, so that nobody else is offered it.

    The operating system lets go of it if the program ends otherwise. Raises Refused if somebody
    holds it already.
    """
    lock = _lock(draft)
    if lock is None:
        raise Refused(
            _("Somebody is working on {path}.").format(path=draft.path),
            _("Wait until that editor is closed, then try again."),
        )
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            draft.holder.unlink(missing_ok=True)


def offered(found: Sequence[Draft], subject: str) -> tuple[Draft, ...]:
    """Return the drafts on ``subject`` that nobody is working on, newest first."""
    stem = _UNSAFE.sub("-", subject)
    mine = [d for d in found if re.fullmatch(rf"{re.escape(stem)}(\.\d+)?\.\w+", d.name)]
    return tuple(draft for draft in reversed(mine) if not _is_held(draft))


def _is_held(draft: Draft) -> bool:
    lock = _lock(draft) if draft.holder.exists() else None
    if lock:
        lock.release()
    return draft.holder.exists() and lock is None


def _lock(draft: Draft) -> "BaseFileLock | None":
    """Return the lock, None if somebody else has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(draft.holder, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock
