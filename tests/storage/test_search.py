"""Search finds exactly what brute force over the normal form finds."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from fieldvisit.actions.write_note import add_note, delete_note
from fieldvisit.settings import Settings
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields
from fieldvisit.text import normal


def found(given_study: Settings, *phrases: str, audience: str = "all") -> list[str]:
    with reading(given_study.study().database) as connection:
        return [note.body for note in gate.search(connection, audience, phrases)]


@settings(max_examples=15)
@given(st.lists(strategies.bodies, min_size=1, max_size=4), st.data())
def test_it_finds_what_brute_force_finds(
    fresh_field: Callable[[], Settings], texts: list[str], data: st.DataObject
) -> None:
    field = fresh_field()
    for text in texts:
        add_note(field, "chiba-1", text, NoteFields())
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    cut = text[start : start + data.draw(st.integers(1, 4))]
    for phrases in ([cut], [cut, data.draw(strategies.bodies)]):
        expected = [t for t in texts if all(normal(p) in normal(t) for p in phrases)]
        assert found(field, *phrases) == expected[::-1]


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("防災の職員", "防災"),
        ("防災の職員", "災"),
        ("ＲＰＡを導入", "rpa"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("か\u3099く", "がく"),
        ("𠮷野家", "𠮷"),
        ("改行\r\nのあと", "改行 の"),
        ("50% OR _x*", "% or _x*"),
        ('"引用"', '"'),
    ],
)
def test_a_phrase_is_found_as_people_see_it(field: Settings, body: str, phrase: str) -> None:
    add_note(field, "chiba-1", body, NoteFields())
    add_note(field, "chiba-1", "無関係", NoteFields())
    assert found(field, phrase) == [body]


def test_what_an_audience_may_not_see_is_not_found(field: Settings) -> None:
    add_note(field, "chiba-1", "ひみつ", NoteFields(disclosure="off-record"))
    gone = add_note(field, "chiba-1", "ひみつ2", NoteFields())
    delete_note(field, gone.handle)
    assert found(field, "ひみつ", audience="group") == []
    assert found(field, "ひみつ") == ["ひみつ"]
