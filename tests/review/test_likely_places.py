"""Where a text may belong, by the words that it shares with guides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.guide import Address, Guide, Probe, Question, Topic, Words
from fieldvisit.review.likely_places import LikelyPlaces, terms

MID_CAREER = Question(
    "mid-career", 2, Words("民間経験者の採用はありますか。", "Do you hire from companies?"),
    Words("民間経験者の採用", "Mid-career hiring"),
    (Probe(Words("任期付職員はどうですか。", "What of fixed-term staff?")),),
)  # fmt: skip
GUIDE = Guide("own", "1", Words("項目", "Items"), topics=(
    Topic("hiring", 1, Words("職員の採用", "Hiring of staff"), Words("採用", "Hiring"), questions=(
        Question("number", 1, Words("職員の人数は何人ですか。", "How many are they?")), MID_CAREER,
    )),
    Topic("ai-rpa", 2, Words("AIの活用", "Use of AI"), questions=(
        Question("effect", 1, Words("ＲＰＡの効果は何時間ですか。", "What effect had RPA?")),
        Question("plans", 2, Words("チャットボットの計画は。", "Any plans for chatbots?")),
    )),
    Topic("other", 3, Words("その他", "Other")),
))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("職員の人数は12人。", "hiring/number"),
        ("民間から任期付職員を採る。", "hiring/mid-career"),
        ("We took on a fixed-term expert.", "hiring/mid-career"),
        ("rpaで300時間を減らした。", "ai-rpa/effect"),
        ("ﾁｬｯﾄﾎﾞｯﾄを置いた。", "ai-rpa/plans"),
        ("Companies lend us people.", "hiring/mid-career"),
        ("活用が進まない。", "ai-rpa"),
        ("Hiring is hard.", "hiring/mid-career"),
    ],
)
def test_the_place_whose_words_are_shared_most_is_suggested(text: str, place: str) -> None:
    assert str(LikelyPlaces([GUIDE]).suggested(text)) == place


@pytest.mark.parametrize("text", ["", "。", "人", "xyzzy", "12", "です。ます。", "😀"])
def test_nothing_is_suggested_where_nothing_is_shared(text: str) -> None:
    assert LikelyPlaces([GUIDE]).suggested(text) is None


def test_a_word_that_few_questions_have_weighs_more() -> None:
    asked = ["自治体の人数", "自治体の予算", "自治体の計画", "自治体の庁舎", "共同の調達"]
    questions = tuple(Question(f"q{n}", n, Words(ask)) for n, ask in enumerate(asked, 1))
    guide = Guide("g", "1", Words(), topics=(Topic("t", 1, Words("題"), questions=questions),))
    assert LikelyPlaces([guide]).suggested("自治体と共同で。") == Address("t", "q5")


def test_terms_are_pairs_of_kanji_and_katakana_and_whole_latin_words() -> None:
    assert terms("情報化とオープンデータ、ＡＩ×RPA2.0") == {
        "情報", "報化", "オー", "ープ", "プン", "ンデ", "デー", "ータ", "ai", "rpa2",
    }  # fmt: skip


@given(st.text())
def test_any_text_gets_a_place_of_the_guides_or_none(text: str) -> None:
    known = {None, *GUIDE.addresses(), *(Address(topic.key) for topic in GUIDE.topics)}
    found = LikelyPlaces([GUIDE]).suggested(text)
    assert found in known
    shared = set(terms(text)) & {
        term
        for topic in GUIDE.topics
        for words in (topic.title, topic.short, *(q.ask for q in topic.questions),
                      *(q.written for q in topic.questions),
                      *(p.ask for q in topic.questions for p in q.probes))
        for both in (words.ja, words.en)
        for term in terms(both)
    }  # fmt: skip
    assert (found is None) == (not shared)


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("採用", "hiring/number"), ("1 職員の採用", "hiring/number"), ("Use of AI", "ai-rpa"),
        ("２／２ 計画", "ai-rpa/plans"), ("ＲＰＡの効果は何時間ですか。", "ai-rpa/effect"),
        ("3 その他", "other"), ("別の話", "hiring/number"),
    ],
)  # fmt: skip
def test_a_heading_that_names_a_place_says_where_to_look(heading: str, place: str) -> None:
    assert str(LikelyPlaces([GUIDE]).suggested("人数は12人。", ("千葉市メモ", heading))) == place
