"""Text files as they come back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit import language
from fieldvisit.errors import BadText, Refused
from fieldvisit.exchange import encodings
from fieldvisit.exchange.encodings import decoded, text_of
from strategies import storable

CP932 = st.text(
    st.characters(
        codec="cp932",
        exclude_characters="\0\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3¢£¬‖−〜",
    )
)


@given(text=storable)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_text_comes_back(encoding: str, text: str) -> None:
    if encoding == "utf-8" and text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
    assert decoded(text.encode(encoding), "x") == (text, encoding)


def test_utf_16_may_begin_with_either_byte() -> None:
    for mark, order in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decoded(mark + "回答𠮷".encode(order), "x") == ("回答𠮷", "utf-16")


@given(text=CP932)
def test_what_japanese_windows_writes_comes_back_or_is_refused(text: str) -> None:
    data = ("番号、質問。" + text).encode("cp932")
    assert decoded(data, "x") == (data.decode("cp932"), "cp932")


def test_the_signs_of_windows_are_known() -> None:
    text = "①髙﨑㈱～－Ⅳ№"
    assert decoded(text.encode("cp932"), "x") == (text, "cp932")


def test_ascii_is_utf_8() -> None:
    assert decoded(b"a,b\r\n", "x") == ("a,b\r\n", "utf-8")
    assert decoded(b"", "x") == ("", "utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("一行目\n二".encode() + b"\xff\n", ("0xFF", "13", "2")),
        ("一行目\n二\n".encode("cp932") + b"\x81", ("0x81", "10", "3")),
        ("一行目\n".encode("cp932") + b"a\x80", ("0x80", "8", "2")),
        ("市\n".encode("cp932") + b"\xa0", ("0xA0", "3", "2")),
        (b"\xef\xbb\xbfa\xff", ("0xFF", "4", "1")),
        (b"\xff\xfe\n\x00a", ("0x61", "4", "2")),
    ],
)
def test_the_byte_that_cannot_be_read_is_named(data: bytes, said: tuple[str, str, str]) -> None:
    with pytest.raises(BadText) as refused:
        decoded(data, "回答.csv")
    byte, at, line = said
    assert "回答.csv" in refused.value.sentence
    assert f"byte {byte} at {at} (line {line})" in refused.value.sentence
    assert "UTF-8" in refused.value.hint


@pytest.mark.parametrize("data", [b"a\n\0b", "回\0".encode(), b"\xff\xfe\0\0", b"a\0b\0"])
def test_a_nul_is_refused(data: bytes) -> None:
    with pytest.raises(BadText, match="NUL"):
        decoded(data, "x")


@pytest.mark.parametrize(("encoding", "name"), [("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022")])
def test_another_encoding_of_japanese_is_named_and_never_misread(encoding: str, name: str) -> None:
    with pytest.raises(BadText, match=name):
        decoded("職員は12名です。".encode(encoding), "x")


def test_an_escape_sign_alone_makes_no_other_encoding() -> None:
    for text in ("\x1b$", "a\x1b$B", "\x1b$B回答"):
        assert decoded(text.encode(), "x") == (text, "utf-8")


def test_the_refusal_speaks_japanese_too(tmp_path: Path) -> None:
    language.use("ja")
    with pytest.raises(Refused) as refused:
        text_of(tmp_path / "無い.csv")
    assert "無い.csv" in refused.value.sentence


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 11)
    assert text_of(path) == "a" * 11
    monkeypatch.setattr(encodings, "LARGEST_TABLE", 10)
    with pytest.raises(Refused, match=r"x\.csv cannot be read: it is larger"):
        text_of(path)
    with pytest.raises(Refused, match="it is a folder"):
        text_of(tmp_path)
