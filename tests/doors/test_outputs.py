"""What goes out: whole or not at all, for its owner alone, and under no name that is none."""

import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from fieldvisit import stored
from fieldvisit.doors.outputs import (
    check_folder,
    check_free,
    files_with,
    make_folder,
    save,
    save_all,
    write_all,
    write_new,
    write_whole,
)
from fieldvisit.errors import Refused


@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("trouble", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("ends", ["well", "before it put", "after it put", "after it stored"])
def test_a_block_leaves_the_new_file_alone_or_everything_as_it_was(
    tmp_path: Path, old: bytes | None, trouble: type[BaseException], ends: str
) -> None:
    path = tmp_path / "letter.md"
    if old is not None:
        path.write_bytes(old)
    expected = nullcontext() if ends == "well" else pytest.raises(trouble)
    with expected, files_with() as put:
        if ends == "before it put":
            raise trouble
        put(path, b"new")
        assert path.read_bytes() == b"new"
        if ends == "after it stored":
            stored.remember()
        if ends != "well":
            raise trouble
    left = b"new" if ends in ("well", "after it stored") else old
    assert (path.read_bytes() if path.exists() else None) == left
    assert _names(tmp_path) == ([] if left is None else ["letter.md"])


def test_of_several_files_all_go_where_one_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"), files_with() as put:
        list(map(put, (tmp_path / "a", tmp_path / "none" / "a"), (b"x", b"x")))
    assert _names(tmp_path) == []


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_its_owner_s_alone_under_any_umask(umask: None, tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    make_folder(folder)
    write_whole(folder / "a", b"x")
    write_new(folder / "b", b"x")
    write_all({folder / "c": b"x"})
    save(folder / "d.md", b"x", force=False, study=None)
    save_all(folder / "three", {"e.md": b"x"}, force=False, study=None)
    assert {_mode(path) for path in tmp_path.rglob("?") if path.is_file()} == {0o600}
    assert {_mode(path) for path in tmp_path.rglob("*") if path.is_dir()} == {0o700}


def test_a_file_that_is_there_keeps_its_mode_and_no_new_one_takes_its_place(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    save(path, b"new", force=True, study=None)
    assert (path.read_bytes(), _mode(path)) == (b"new", 0o640)
    with pytest.raises(FileExistsError):
        write_new(path, b"of another")
    assert (_names(tmp_path), path.read_bytes()) == (["a.md"], b"new")


RESERVED = ("con", "CON", "nul", "Nul", "aux", "prn", "com1", "LPT9", "COM¹", "conin$", "CONOUT$")


@pytest.mark.parametrize(
    "name",
    [
        *RESERVED,
        *(f"{name}{ending}" for name in RESERVED for ending in (".md", ".tar.gz", " .md", ".")),
        "a:b.md", "a?", "a\nb.md", "a*", "a|b", "<a>", '"a"', "a\\b", "a\x1bb", "a\tb/c.md",
        "a.", "a ", "a.md.", "a.md ", "...", "new. /a.md", "nul/a.md", "con.x/y/a.md",
    ],
)  # fmt: skip
def test_a_name_that_windows_cannot_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as caught:
        check_free(tmp_path / name, force=True, study=None)
    assert caught.value.hint
    assert _names(tmp_path) == []


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 260) / "b.md"
    with pytest.raises(Refused, match="too long"):
        save(path, b"x", force=False, study=None)
    with pytest.raises(Refused, match="too long"):
        check_folder(path)
    assert _names(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["console.md", "nullen", "aux1.md", "com.md", "com10", "a.nul", "比較.md", ".a", "a.b.c"],
)
def test_any_other_name_is_taken_and_a_folder_that_is_there_is_used(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "aux").mkdir()
    save(tmp_path / "aux" / name, b"x", force=False, study=None)
    assert _names(tmp_path / "aux") == [name]


def test_a_device_or_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    for path, force in itertools.product((Path("/dev/null"), pipe), (False, True)):
        with pytest.raises(Refused, match="pipe or a device"):
            save(path, b"x", force=force, study=None)
    with pytest.raises(OSError, match="pipe"):
        write_whole(pipe, b"x")
    with pytest.raises(OSError, match="pipe"), files_with() as put:
        put(pipe, b"x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_loop_of_links_is_no_bug(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(Refused):
        save(tmp_path / "a", b"x", force=True, study=None)
