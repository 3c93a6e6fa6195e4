"""The way out: files made aside and moved into their place, for their owner alone.

What a person names as an output is never written over what a study keeps.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import TextIO, cast

from fieldvisit import stored
from fieldvisit.doors import inputs
from fieldvisit.doors.kept import is_kept, lies_in_what_is_kept
from fieldvisit.errors import Refused, reason
from fieldvisit.language import _

_STANDARD_OUTPUT = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}
_RESERVED = r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?"
_IN_NO_NAME = r'[\0-\x1f<>:"|?*\\]'


def is_standard_output(path: Path | None) -> bool:
    """Tell whether an output goes to standard output, by whatever name."""
    return path is None or str(path) in _STANDARD_OUTPUT


def save(path: Path, data: bytes, *, force: bool, study: Path | None) -> None:
    """Write what a person asked for; raises Refused as ``check_free``, or as unwritable."""
    check_free(path, force=force, study=study)
    try:
        write_whole(path, data)
    except OSError as error:
        raise unwritable(path, reason(error)) from error


def save_all(
    folder: Path, files: Mapping[str, bytes], *, force: bool, study: Path | None
) -> tuple[Path, ...]:
    """Write files into a folder, made if need be: all or none; return their paths."""
    paths = {folder / name: data for name, data in files.items()}
    for path in paths:
        check_free(path, force=force, study=study)
    try:
        make_folder(folder, parents=False)  # a longer path is rather mistyped
        write_all(paths)
    except OSError as error:
        raise unwritable(folder, reason(error)) from error
    return tuple(paths)


def check_free(path: Path, *, force: bool, study: Path | None) -> None:
    """Refuse a path on which nothing may be written.

    That is a folder, a pipe, a device, a name that Windows cannot have, what a study keeps
    (``study`` is the folder of the one in use, if any), and without ``force`` a file that is there.
    """
    check_name(path)
    try:
        is_there, is_folder, is_file = path.exists(), path.is_dir(), path.is_file()
        belongs = is_kept(path, study)
    except OSError as error:
        raise unwritable(path, reason(error)) from error
    if is_folder or not path.name:
        raise unwritable(path, _("it is a folder"))
    if is_there and not is_file:
        raise unwritable(path, reason(OSError(errno.ENXIO, "")))
    if belongs:
        raise Refused(
            _("{path} belongs to a study; no output is written over it.").format(path=path),
            _("Nothing was written. Name a file outside of the study's folders."),
        )
    if is_there and not force:
        raise Refused(
            _("{path} is there already.").format(path=path),
            _("Nothing was written. Give another name, or --force to overwrite it."),
        )


def check_name(path: Path) -> None:
    """Refuse a name that Windows cannot have, also of folders that are still to be made."""
    for part in (path, *path.parents):
        try:
            if part != path and part.exists():
                return
        except OSError as error:
            raise unwritable(path, reason(error)) from error
        if why := _wrong_in(part.name):
            raise unwritable(path, why)


def _wrong_in(name: str) -> str:
    if re.fullmatch(_RESERVED, name, re.IGNORECASE) or name not in ("..", name.rstrip(". ")):
        return _("Windows keeps the name “{name}” for itself").format(name=name)
    if found := re.search(_IN_NO_NAME, name):
        shown = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        return _("Windows takes no name with “{character}” in it").format(character=shown)
    return ""


def check_folder(folder: Path) -> None:
    """Refuse a folder for a new study that lies in what another one keeps."""
    check_name(folder)
    if lies_in_what_is_kept(folder):
        raise unwritable(folder, _("it belongs to a study"))


def unwritable(path: Path, why: str) -> Refused:
    """Return the refusal of a path that cannot be written."""
    return Refused(
        _("{path} cannot be written: {reason}").format(path=path, reason=why),
        _("Nothing was written. Name another place."),
    )


def make_folder(folder: Path, *, parents: bool = True) -> None:
    """Make a folder, and those above it that lack, for their owner alone; raises OSError."""
    if folder.is_dir():
        return
    if parents and folder.parent != folder:
        make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)  # whatever the umask took away
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def temporary_folder(prefix: str) -> Path:
    """Make a new folder where the system keeps what is temporary."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix=prefix))


def write_aside(name: str, data: bytes) -> Path:
    """Write a new file where the system keeps what is temporary; raises OSError."""
    import tempfile

    path = Path(tempfile.gettempdir()) / name
    write_whole(path, data)
    return path


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
            remove(aside)
        raise OSError(error.errno, error.strerror, str(path)) from error
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def write_new(path: Path, data: bytes) -> None:
    """Make a file that was not there; FileExistsError if somebody else was faster."""
    aside = _aside(path, data)
    try:
        move_new(aside, path)
    finally:
        remove(aside)
    sync_folder(path.parent)


def move_new(aside: Path, path: Path) -> None:
    """Give a file made aside its name; FileExistsError if something has it already."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        aside.replace(path)


@contextmanager
def files_with() -> Iterator[Callable[[Path, bytes], None]]:
    """Give what writes a file whole, for a block that stores a change too.

    If the block fails and has stored nothing, the files are again what they were, or gone.
    """
    before, done = stored.anything(), list[tuple[Path, bytes | None]]()

    def put(path: Path, data: bytes) -> None:
        old = inputs.read(path, inputs.LARGEST_FILE) if path.exists() else None
        done.append((path, old))
        write_whole(path, data)

    try:
        yield put
    except BaseException:
        for path, old in reversed(done) if stored.anything() == before else ():
            with suppress(OSError):
                delete(path) if old is None else write_whole(path, old)
        raise


def free_name(path: Path) -> Path:
    """Return ``path``, or where that is taken, with a number: ``a.pdf`` becomes ``a.2.pdf``."""
    names = chain([path], (path.with_stem(f"{path.stem}.{n}") for n in count(2)))
    return next(name for name in names if not os.path.lexists(name))


def empty_aside(path: Path) -> Path:
    """Make an empty file beside ``path``, for its owner alone, to be filled and moved."""
    descriptor, aside = _made(prefix=f"{path.name}.", folder=path.parent)
    os.close(descriptor)
    return aside


def _aside(path: Path, data: bytes) -> Path:
    if path.exists() and not path.is_file():
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
    descriptor, aside = _made(prefix=".", folder=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            aside.chmod(stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        remove(aside)
        raise OSError(error.errno, error.strerror, str(path)) from error
    except BaseException:
        remove(aside)
        raise
    return aside


def _made(prefix: str, folder: Path) -> tuple[int, Path]:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=".new", dir=folder)
    aside = Path(name)
    aside.chmod(0o600)  # whatever the umask took away
    return descriptor, aside


def nothingness(mode: str) -> TextIO:
    """Return a stream that gives nothing, or takes everything and keeps nothing."""
    return cast("TextIO", open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123 - it stays open


def closed_output() -> TextIO:
    """Return a stream that refuses whatever is written, as one that the caller closed."""
    return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")


def delete(path: Path) -> None:
    """Delete a file, which may be gone already; raises OSError."""
    path.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file that nobody needs any more, if it can be removed."""
    with suppress(OSError):
        delete(path)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
