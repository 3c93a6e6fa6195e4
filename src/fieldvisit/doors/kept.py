"""What a study keeps: its database, guides, drafts, materials, by whatever path."""

import os
from pathlib import Path

from fieldvisit.doors import inputs

DATABASE = "fieldvisit.db"
GUIDES = "interview_guides"
DRAFTS = "drafts"
MATERIALS = "materials"
APPLICATION_ID = 0x46565354  # "FVST": every database of a study carries it in its head
_KEPT = (GUIDES, DRAFTS, MATERIALS)
_SQLITE, _ID_AT, _HEAD = b"SQLite format 3\0", 68, 100


def is_kept(path: Path, study: Path | None) -> bool:
    """Tell whether a file there is, or would be, a part of a study; raises OSError.

    ``study`` is the folder of the one in use, if any.
    """
    spelled, real = _spellings(path)
    if any(one.name.casefold().startswith(DATABASE) for one in (spelled, real)):
        return True
    if lies_in_what_is_kept(path) or _is_database(real):
        return True
    return study is not None and _is_of(study, real)


def lies_in_what_is_kept(path: Path) -> bool:
    """Tell whether the path, as it is spelled or where it leads, lies in a folder of a study."""
    return any(_lies_below(one) for one in _spellings(path))


def _spellings(path: Path) -> tuple[Path, Path]:
    """Return the path as it is spelled and where it leads, both from the root."""
    # Not as pathlib does it: `..` is to be taken off as spelled, and a loop of links is no bug.
    return Path(os.path.abspath(path)), Path(os.path.realpath(path))  # noqa: PTH100 - see above


def _lies_below(path: Path) -> bool:
    for inner, outer in zip((path, *path.parents), path.parents, strict=False):
        name = inner.name.rstrip(". ").casefold()
        if name in _KEPT and (outer / DATABASE).exists():
            return True
    return False


def _is_database(path: Path) -> bool:
    """Tell whether a database of a study stands there, under whatever name, or beside it.

    Its journal and its copies have names that begin with its own.
    """
    return any(_has_its_head(path.parent / path.name[:n]) for n in range(1, len(path.name) + 1))


def _has_its_head(path: Path) -> bool:
    try:
        head = inputs.read(path, _HEAD)
    except OSError:
        return False
    number = head[_ID_AT : _ID_AT + 4]
    return head.startswith(_SQLITE) and number == APPLICATION_ID.to_bytes(4, "big")


def _is_of(study: Path, path: Path) -> bool:
    """Tell whether an entry of the study leads to the path, or to a folder that it lies in."""
    tops = [study / name for name in (DATABASE, *_KEPT)]
    kept = {_identity(entry) for top in tops for entry in (top, *top.rglob("*"))}
    return any(_identity(one) in kept for one in (path, *path.parents))


def _identity(path: Path) -> tuple[int, int] | str:
    """Return what tells a file from every other by whatever name; of one to come, its name."""
    try:
        found = path.stat()
    except OSError:
        return os.path.realpath(path)
    return found.st_dev, found.st_ino
