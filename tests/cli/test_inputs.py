"""What comes in: whole and up to a limit, or a refusal at once that says why."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, in_shell, run_here, tree
from fieldvisit.doors import inputs
from fieldvisit.doors.inputs import Unreadable, as_text, bytes_of
from fieldvisit.errors import BadText
from fieldvisit.text import LONGEST_TEXT, checked

MIB = 1 << 20


NO_FILES: dict[str, Callable[[Path], object]] = {
    "fifo.md": os.mkfifo, "folder.md": Path.mkdir, "/dev/zero": str, "nothing.md": str,
    "link.md": lambda path: path.symlink_to("/dev/zero"),
}  # fmt: skip


@pytest.fixture(params=NO_FILES)
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    NO_FILES[request.param](path)
    return path


def test_what_is_no_file_is_refused_by_name(no_file: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        bytes_of(no_file)
    assert str(no_file) in caught.value.sentence
    assert caught.value.hint


@pytest.mark.parametrize(
    "words",
    [
        "note add chiba-1 hiring @{0}", "summary set hiring --city 千葉市 @{0}",
        "read --as memo --visit chiba-1 {0}", "review take aaaa --text @{0}", "guide check {0}",
        "material add chiba-1 x --file {0}",
    ],
)  # fmt: skip
def test_every_command_that_reads_a_file_refuses_what_is_none(
    three: Path, words: str, no_file: Path
) -> None:
    before = tree(three)
    result = run_here(*words.format(no_file).split())
    assert result.code in {1, 2}
    assert "bug" not in result.err
    assert tree(three) == before


def test_settings_that_are_no_file_or_too_long_are_refused_at_once(
    run: Run, three: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home" / "config" / "fieldvisit"
    home.mkdir(parents=True)
    os.mkfifo(home / "config.toml")
    assert_refused(run("status"), 1, "config.toml", "pipe")
    (home / "config.toml").unlink()
    (home / "config.toml").write_bytes(b"#" * (LONGEST_TEXT + 1))
    assert_refused(run("status"), 1, "config.toml", "larger")


def test_a_pipe_without_an_end_is_left_at_the_limit(three: Path) -> None:
    done = in_shell("yes | fieldvisit note add chiba-1 hiring -")
    assert done.returncode == 1
    assert b"1 MB" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_note_of_a_megabyte_is_stored_and_no_longer_one(
    run: Run, three: Path, tmp_path: Path
) -> None:
    whole = "あ" * (LONGEST_TEXT // 3)
    path = tmp_path / "long.txt"
    path.write_text(whole, encoding="utf-8")
    place = ("chiba-1", "hiring")
    assert run("note", "add", *place, f"@{path}").code == 0
    assert run("note", "add", *place, "-", stdin=whole).code == 0
    for text in (f"{whole}あ", f"{whole}ab\n"):
        path.write_text(text, encoding="utf-8")
        assert_refused(run("note", "add", *place, f"@{path}"), 1, "1 MB")
        assert_refused(run("note", "add", *place, "-", stdin=text), 1, "1 MB")
    with pytest.raises(BadText):
        checked(f"{whole}あ")


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_up_to_its_limit_a_file_comes_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size)
    assert bytes_of(path, 10) == b"x" * size
    path.write_bytes(b"x" * 11)
    with pytest.raises(Unreadable, match="larger"):
        bytes_of(path, 10)


def test_no_more_than_the_limit_is_ever_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(8 << 40)
    assert len(inputs.read(path, MIB)) == MIB + 1


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    assert as_text("\ufeff話".encode(), "x") == "話"
    with pytest.raises(BadText, match=r"x.*byte 3"):
        as_text("話".encode() + b"\xff", "x")
