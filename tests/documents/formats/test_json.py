"""JSON for programs."""

import json

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.documents.formats.json import write
from fieldvisit.harmless import visible

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_the_schema_comes_first_and_japanese_stays_readable() -> None:
    assert write("city list", {"cities": [{"name": "千葉市"}]}) == (
        '{\n  "schema": "fieldvisit.city list/1",\n  "cities": [\n    {\n'
        '      "name": "千葉市"\n    }\n  ]\n}\n'
    )


@given(value=VALUES)
def test_nothing_is_lost(value: object) -> None:
    assert json.loads(write("x", {"value": value}))["value"] == value


@given(value=VALUES)
def test_nothing_in_it_acts_on_a_terminal(value: object) -> None:
    text = write("x", {"value": value})
    assert visible(text) == text


def test_what_acts_is_escaped_also_beyond_the_basic_plane() -> None:
    text = write("x", {"v": "\x9b\u202e\u2028\ufeff\U000e0041"})
    assert r'"\u009b\u202e\u2028\ufeff\udb40\udc41"' in text
