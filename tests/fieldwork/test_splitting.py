import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.splitting import cuts, parts
from strategies import HARD

PIECES = st.sampled_from([*HARD, "。", "！", "？」", ".", "\n", "\n\n", " ", "　", "職員", "A"])
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("職員は12名。専門職はいない。", [("職員は12名。", "専門職はいない。")]),
        ("「人が足りない。」と言う。次。", [
            ("「人が足りない。」", "と言う。次。"), ("「人が足りない。」と言う。", "次。"),
        ]),
        ("Yes. It is v1.5 now. Done", [
            ("Yes.", "It is v1.5 now. Done"), ("Yes. It is v1.5 now.", "Done"),
        ]),
        ("一行目\n\n 二行目", [("一行目", "二行目")]),
        ("本当か！？　はい。", [("本当か！？", "はい。")]),
        ("文が一つだけ。", []),
        ("1.5億円", []),
        ("？？\n。。", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_a_sentence_or_a_line_ends(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [parts(text, cut) for cut in cuts(text)] == expected


@given(TEXTS)
def test_the_parts_joined_give_the_text_back(text: str) -> None:
    found = cuts(text)
    assert list(found) == sorted(set(found))
    for end, start in found:
        before, after = parts(text, (end, start))
        assert f"{before}{text[end:start]}{after}" == text
        assert not text[end:start].strip()
        assert all(re.search(r"[^\W_]", part) for part in (before, after))
        joined = f"{before}\n{after}"
        assert "".join(joined.split()) == "".join(text.split())
