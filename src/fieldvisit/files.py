"""Files read up to a limit, and written whole or not at all, readable by their owner alone."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


def bytes_up_to(path: Path, largest: int) -> bytes | None:
    """Return what is in the file, None where that is more than ``largest`` bytes.

    Raises OSError, for a pipe or a device too: it could keep the program waiting for ever.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
    with path.open("rb") as file:
        data = file.read(largest + 1)
    return data if len(data) <= largest else None


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path``: a crash leaves the old file or the new one.

    A file that was there keeps its mode. Raises OSError; then nothing has changed and nothing is
    left lying beside.
    """
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Do the same for several files: none takes its place before all of them are on the disk."""
    asides: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            asides[path] = _aside(path, data)
        for path, aside in asides.items():
            aside.replace(path)
    except OSError as error:
        for aside in asides.values():
            with suppress(OSError):
                aside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
    for folder in {path.parent for path in files}:
        sync_folder(folder)


@contextmanager
def written_until(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Write ``data`` beside ``path`` and give what puts it there, for a block that does more.

    If the block fails, everything is as before: the file that was there, or none. Raises OSError.
    """
    aside = _aside(path, data)
    before = path.read_bytes() if path.exists() else None
    is_there = False

    def put() -> None:
        nonlocal is_there
        aside.replace(path)
        is_there = True
        sync_folder(path.parent)

    try:
        yield put
    except BaseException:
        with suppress(OSError):
            if is_there and before is None:
                path.unlink(missing_ok=True)
            elif is_there and before is not None:
                write_whole(path, before)
        raise
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _aside(path: Path, data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            aside.chmod(stat.S_IMODE(path.stat().st_mode))
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return aside


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
