"""Every form in which a canary may leak is known again, wherever it stands in a text."""

import base64
import io
import zipfile

import pytest

from privacy.canaries import ENCODINGS, ESCAPES, GROUP, OFF_RECORD, Cage, can
from privacy.test_canaries import unzipped

WORDS = (*OFF_RECORD, *GROUP)
AROUND = "話は{}だと言う"


def found(data: bytes, word: str) -> list[str]:
    cage = Cage(OFF_RECORD if word in OFF_RECORD else GROUP)
    return [leak for leak in cage.leaks(b"x" + data + b"y") if leak.startswith(word)]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("encoding", [*ENCODINGS, "iso-2022-jp"])
def test_in_another_encoding(word: str, encoding: str) -> None:
    text = AROUND.format(word)
    if can(text, encoding):
        assert found(text.encode(encoding), word)
    else:
        assert encoding in {"cp932", "euc-jp", "iso2022_jp_3", "iso-2022-jp"}


def test_each_encoding_has_most_of_the_words() -> None:
    for encoding in ENCODINGS:
        assert sum(can(word, encoding) for word in WORDS) >= 4


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", ESCAPES)
def test_escaped(word: str, name: str) -> None:
    assert found(ESCAPES[name](AROUND.format(word)).encode(), word)


@pytest.mark.parametrize("word", WORDS)
def test_in_base64_wherever_it_begins(word: str) -> None:
    for before in range(3):
        text = AROUND.format(word).encode()
        assert found(base64.b64encode(b"-" * before + text), word)
        assert found(("-" * before + AROUND.format(word)).encode("utf-7"), word)


@pytest.mark.parametrize("word", WORDS)
def test_in_the_part_of_an_office_file(word: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as office:
        office.writestr("word/document.xml", AROUND.format(word) * 9)
    assert found(file.getvalue(), word) == []
    assert found(unzipped(file.getvalue()), word)


def test_other_words_are_none() -> None:
    for family in (OFF_RECORD, GROUP):
        assert Cage(family).leaks("話は普通だと言う".encode()) == []
