"""A file that is written together with something else: both stand, or neither."""

from pathlib import Path

import pytest

from fieldvisit.files import written_until


class Trouble(Exception):
    """What goes wrong behind the file."""


@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("puts", [True, False])
def test_a_block_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, old: bytes | None, puts: bool
) -> None:
    path = tmp_path / "letter.md"
    if old is not None:
        path.write_bytes(old)
    with pytest.raises(Trouble):
        _fail_after(path, puts=puts)
    assert (path.read_bytes() if path.exists() else None) == old
    assert _names(tmp_path) == ([] if old is None else ["letter.md"])


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_block_that_ends_well_leaves_the_new_file_alone(
    tmp_path: Path, old: bytes | None
) -> None:
    path = tmp_path / "letter.md"
    if old is not None:
        path.write_bytes(old)
    with written_until(path, b"new") as put:
        assert (path.read_bytes() if path.exists() else None) == old
        put()
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["letter.md"]


def test_without_a_place_the_block_is_not_entered(tmp_path: Path) -> None:
    entered = []
    with pytest.raises(OSError, match="none"), written_until(tmp_path / "none" / "a", b"x"):
        entered.append(1)
    assert entered == []


def _fail_after(path: Path, *, puts: bool) -> None:
    with written_until(path, b"new") as put:
        if puts:
            put()
            assert path.read_bytes() == b"new"
        raise Trouble


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
