import pytest
import yaml

from fieldvisit.guide_files.reading import check
from fieldvisit.guide_files.yaml_nodes import Node, compose


@pytest.fixture(params=["C", "Python"], autouse=True)
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)


def test_every_value_is_text_and_knows_its_line() -> None:
    root, problems = compose("a: no\nb:\n  - 0123\n  - '貴市'\nc:\n".encode())
    assert problems == []
    listed = [Node(3, "0123"), Node(4, "貴市")]
    assert root == Node(
        1, {"a": (1, Node(1, "no")), "b": (2, Node(3, listed)), "c": (5, Node(5, ""))}
    )


@pytest.mark.parametrize(
    ("text", "first"), [("\ufeffa: 1\r\nb: 2\r\n", 1), ("---\na: 1\nb: 2\n...\n", 2)]
)
def test_byte_order_marks_windows_lines_and_document_signs_are_no_fault(
    text: str, first: int
) -> None:
    entries = {"a": (first, Node(first, "1")), "b": (first + 1, Node(first + 1, "2"))}
    assert compose(text.encode()) == (Node(first, entries), [])


BOMB = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 30))]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# nothing but a comment\n", 1, "empty"),
        (b"a: 1\n" + b"#" * 1_000_000, 1, "larger than 1 MB"),
        (b"a: 1\nb: \x8d\xc6\x97p\n", 2, "not UTF-8"),
        ("a: 採用\n".encode("utf-16"), 1, "not UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", 2, "not UTF-8"),
        (b"a: 1\nb: x\0y\n", 2, "U+0000"),
        (b"a: 1\nb: x\x1b[2Jy\n", 2, "U+001B"),
        (b"a: &x 1\nb: *x\n", 2, "“*x” repeats"),
        (b"a: 1\nb: &x [*x]\n", 2, "“*x” repeats"),
        (b"a: 1\n---\nb: 2\n", 2, "second document"),
        (b"a: 1\n? [x]\n: 2\n", 2, "A key is one word"),
        (b"a: 1\nb: " + b"[" * 20_000 + b"\n", 2, "nested"),
        (b"a: 1\nb: " + b"{x: " * 20_000 + b"\n", 2, "nested"),
        (b"a: 1\n\tb: 2\n", 2, "cannot be read as YAML"),
        (b"a: 1\nb: c: d\n", 2, "cannot be read as YAML"),
        (b"a: 1\nb: {city_you}x\n", 2, "cannot be read as YAML"),
        (b'a: 1\nb: "\\UFFFFFFFF"\n', None, "cannot be read as YAML"),
        ("\n".join(BOMB).encode(), 2, "“*a0” repeats"),
        (b"%YAML 9.9\n---\na: 1\n", 1, "cannot be read as YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line(
    data: bytes, line: int | None, words: str
) -> None:
    root, problems = compose(data)
    assert root is None
    assert words in problems[-1].sentence
    assert line in {None, problems[-1].line}


@pytest.mark.parametrize(
    ("text", "line", "path", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a", "first in line 1"),
        ("x:\n  - {a: 1,\n     a: 2}\n", 3, "x.1.a", "first in line 2"),
        ("a: 1\nb: !!binary aGk=\n", 2, "b", "binary"),
        ("a: 1\nb: !!python/object:os.system [x]\n", 2, "b", "python/object"),
        ("a: 1\nb: ! x\n", 2, "b", "“!”"),
        ("a: 1\nb: &x 2\n", 2, "b", "“&x”"),
    ],
)
def test_what_has_no_place_in_a_guide_is_told_and_the_rest_is_read(
    text: str, line: int, path: str, words: str
) -> None:
    root, (problem,) = compose(text.encode())
    assert root is not None
    assert (problem.line, problem.path) == (line, path)
    assert words in problem.sentence


def test_a_lone_surrogate_in_an_escape_does_not_get_through() -> None:
    topics = b"topics:\n  - {topic: a, title: {ja: x}}\n"
    guide, (problem,) = check(b'guide: g\nversion: 1\ntitle: {ja: "\\ud800"}\n' + topics)
    assert guide is None
    assert problem.line == 3


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    assert compose(b"[" * 21 + b"]" * 21)[1] == []
    assert compose(b"[" * 22 + b"]" * 22)[1] != []
