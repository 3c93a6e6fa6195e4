"""Replacing by chance: nothing but names changes, and no name is left, however it is written."""

import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.anonymity.finding import Finder
from fieldvisit.fieldwork.anonymity.folding import bare, fold
from fieldvisit.fieldwork.anonymity.leaks import Search
from fieldvisit.fieldwork.anonymity.replacing import left_of, ready, set_apart
from fieldvisit.fieldwork.anonymity.walking import Text
from fieldwork.anonymity.known import alias, names, replacer

ENTERED = (
    alias("千葉", "city", "121002"),
    alias("RPAマスター", "system"),
    alias("みなと計算", "vendor"),
)
KNOWN = names(*ENTERED)
REPLACER = replacer(*ENTERED)
SEARCH = Search(KNOWN)
# Label and forms of each; the forms share no letter with what stands between them.
FORMS = {
    "City C": ("千葉市", "千葉県千葉市", "千葉", "chiba", "Chiba City", "chiba-1"),
    "City O": ("大津市", "Otsu"),
    "City T": ("三重県津市", "Tsu City"),
    "City K": ("つくば市", "TSUKUBA", "ツクバシ"),
    "City R": ("龍ケ崎市", "龍ヶ崎市"),
    "Prefecture P": ("千葉県", "Chiba Prefecture"),
    "Person Z": ("山田太郎", "鈴木　花子", "John Smith"),
    "Department Z": ("情報経営部業務改革推進課",),
    "System Z": ("RPAマスター",),
    "Vendor Z": ("みなと計算",),
}
BETWEEN = st.text(
    st.sampled_from("、。（）「」→★\n０12ёあのとを話効果※É\u00a0"), min_size=1, max_size=8
)
Piece = tuple[str, str]


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _blanked(text: str) -> str:
    return text if text.isascii() else "\u3000".join(text)


def _unseen(text: str) -> str:
    return "\u200b".join(text)


DISGUISES: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.lower, _wide, _blanked, _unseen,
    lambda text: unicodedata.normalize("NFD", text),
)  # fmt: skip


@st.composite
def named(draw: st.DrawFn) -> tuple[str, str]:
    """A text with names in it, and what is to become of it."""
    text, wanted = draw(BETWEEN), ""
    wanted = text
    for _ in range(draw(st.integers(0, 5))):
        label = draw(st.sampled_from(sorted(FORMS)))
        form = draw(st.sampled_from(DISGUISES))(draw(st.sampled_from(FORMS[label])))
        between = draw(BETWEEN)
        text, wanted = f"{text}。{form}。{between}", f"{wanted}。{label}。{between}"
    return text, wanted


@given(named())
def test_nothing_but_names_changes(pair: tuple[str, str]) -> None:
    text, wanted = pair
    assert ready(REPLACER.text(text)) == wanted


@given(named())
def test_what_was_replaced_stays_as_it_is(pair: tuple[str, str]) -> None:
    once = ready(REPLACER.text(pair[0]))
    assert ready(REPLACER.text(once)) == once


ANY = st.text(
    st.sampled_from("千葉市県大津京都東つくばちチバ山田太郎chiba otsuCITYRPA12100-1\n　ﾞ\u3099")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)


@given(ANY)
def test_no_name_is_left_in_any_text(text: str) -> None:
    """What is left after replacing holds no whole name; parts of names are reported."""
    done = REPLACER.text(text)
    whole = Finder((pattern, means) for pattern, means in KNOWN.wanted if means)
    rest = fold(left_of(done))
    kept = {bare("東京都"), bare("京都府")}
    assert [m for m in whole.find(rest) if not any(word in bare(rest) for word in kept)] == []
    reported = [trace.part for trace in SEARCH.left_in(Text(done, ()))]
    if "大津" in ready(done):
        assert reported


@given(ANY)
def test_text_without_a_name_stays_letter_for_letter(text: str) -> None:
    done = REPLACER.text(text)
    if "\ufdd0" not in done:
        assert done == text.replace("\ufdd0", "").replace("\ufdd1", "")


@given(st.lists(st.tuples(st.text("ab", max_size=3), st.booleans()), max_size=6))
def test_a_label_leaves_one_sign_where_it_stood(pieces: list[tuple[str, bool]]) -> None:
    text = "".join(set_apart(word) if label else word for word, label in pieces)
    rest = "".join("\ufdd0" if label else word for word, label in pieces)
    assert left_of(text) == rest
    assert ready(text) == "".join(word for word, _label in pieces)
