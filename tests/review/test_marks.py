"""The one reader of marks, and the words that colour."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.review.hints import HINTS, hints_in
from fieldvisit.review.marks import brackets_in, read_marks

words = st.text(st.sampled_from("市庁舎で係が三名abc、"), min_size=1, max_size=9)
levels = {
    bracket.format(name): value
    for value, term in DISCLOSURES.items()
    for name in (value, term.ja, term.en, term.mark)
    for bracket in ("【{}】", "（{}）", "({})")
    if not {"（", "("} & set(name) or bracket.startswith("【")
}
kinds = {
    f"【{name}】": value
    for value, term in KINDS.items()
    for name in (value, term.ja, term.en, term.mark)
}


@given(text=words, mark=st.sampled_from(sorted(levels)), end=st.sampled_from(["", "。"]))
def test_a_known_level_at_either_end_is_honoured(text: str, mark: str, end: str) -> None:
    for typed, kept in ((f"{mark}{text}", text), (f" {text} {mark}{end}", text + end)):
        found = read_marks(typed)
        assert (found.disclosure, found.text, found.reasons) == (levels[mark], kept, ())


@given(text=words, mark=st.sampled_from(sorted(kinds)))
def test_a_known_kind_is_honoured_in_the_brackets_of_marks_alone(text: str, mark: str) -> None:
    found = read_marks(f"{mark}【発言者：山田 太郎】{text}")
    assert (found.kind, found.speaker, found.text) == (kinds[mark], "山田 太郎", text)
    assert found.reasons == ()
    round_ = f"（{mark[1:-1]}）{text}"
    if "（" not in mark[1:-1] and mark[1:-1] not in {name[1:-1] for name in levels}:
        assert read_marks(round_).text == round_


@given(before=words, behind=words, mark=st.sampled_from(sorted({**levels, **kinds})))
@example(before="話", behind="\n続き", mark="【オフレコ】")
def test_a_mark_anywhere_else_must_be_looked_at(before: str, behind: str, mark: str) -> None:
    text = f"{before}{mark}{behind}"
    found = read_marks(text)
    assert found.reasons == ("mark-inside",)
    assert (found.text, found.disclosure) == (text.strip(), levels.get(mark, ""))


@pytest.mark.parametrize(
    ("text", "reasons", "level"),
    [
        ("【背景】話", ("unknown-mark",), ""),
        ("話【背景】", ("unknown-mark",), ""),
        ("【オフレコ】【背景】話", ("unknown-mark",), "off-record"),
        ("【オフレコ・背景】話", ("unknown-mark",), ""),
        ("【オフレコ 話", ("unknown-mark",), ""),
        ("話】", ("unknown-mark",), ""),
        ("【オフレコ】", ("unknown-mark",), "off-record"),
        ("【公表可】話【オフレコ】", ("marks-at-odds",), "off-record"),
        ("【発言・所見】話", ("marks-at-odds",), ""),
        ("【発言者：山田】話【発言者：佐藤】", ("marks-at-odds",), ""),
        ("【発言者：】話", ("unknown-mark",), ""),
        ("話（オフレコ）の続き", ("mark-inside",), "off-record"),
        ("一段落。\n\n【オフレコ】二段落。", ("mark-inside",), "off-record"),
    ],
)
def test_what_must_be_looked_at_is_whole(text: str, reasons: tuple[str, ...], level: str) -> None:
    found = read_marks(text)
    assert (found.text, found.reasons, found.disclosure) == (text, reasons, level)


@pytest.mark.parametrize("text", ["話（参考）", "（注）話", "[オフレコ]話", "話「オフレコ」"])
def test_other_brackets_are_text(text: str) -> None:
    found = read_marks(text)
    assert (found.text, found.reasons, found.disclosure) == (text, (), "")


@given(text=strategies.bodies)
def test_nothing_is_lost(text: str) -> None:
    found = read_marks(text)
    gone = "".join(brackets_in(text))
    assert set(text) - set(found.text) - set(gone) <= {c for c in text if c.isspace()}
    assert not found.reasons or found.text == text.strip()


def test_the_words_that_colour_are_few_and_are_found_however_they_are_written() -> None:
    assert len(HINTS) <= 30
    assert len(set(HINTS)) == len(HINTS)
    for text in ("オフ・レコで", "ｵﾌﾚｺです", "Off-the-Record", "非 公 表で", "Don’t quote me"):
        assert hints_in(text), text
    for text in ("データを公開している", "市長の記録", "欠かせない", "quoted"):
        assert hints_in(text) == (), text
