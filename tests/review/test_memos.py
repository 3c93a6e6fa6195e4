"""What a memo would change: its lines as items, and what is suggested for them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant, Visit
from fieldvisit.review.item import Arrival, Item
from fieldvisit.review.likely_places import LikelyPlaces
from fieldvisit.review.memos import MemoInputs, items_of
from fieldvisit.review.outline import read_sign
from fieldvisit.review.pieces import LOOKS, Piece, ReturnedFile, Where
from memos import ENUMERATORS, OFF, TITLE, UNKNOWN, WAYS, marked

GUIDE = Guide("g", "1", Words("題"), topics=(
    Topic("hiring", 1, Words("採用"), questions=(Question("staff", 1, Words("職員の人数は。")),)),
    Topic("training", 2, Words("研修"), disclosure="group"),
))  # fmt: skip
PEOPLE = (
    Participant("p1", THEIRS, "千葉太郎", "企画部", "課長"),
    Participant("p2", THEIRS, "山田一郎", "総務部", "部長"),
    Participant("p3", OURS, "佐藤花子"),
)
VISIT = Visit("v", "chiba-1", "121002", participants=PEOPLE)


def usual(kind: str, place: Address | None) -> str:
    return default_disclosure(kind, "group" if place and place.topic == "training" else "")


INPUTS = MemoInputs(VISIT, LikelyPlaces([GUIDE]), usual, frozenset({1}), frozenset({"既にある。"}))


def items(text: str, unit: str = "line", look: str = "") -> tuple[Item, ...]:
    lines = enumerate(text.split("\n"), 1)
    return items_in(*(Piece(line, Where("memo", unit, at), look=look) for at, line in lines))


def items_in(*pieces: Piece) -> tuple[Item, ...]:
    return items_of(ReturnedFile("memo", "0" * 64, "", pieces), INPUTS, Arrival())


def one(text: str) -> Item:
    """Return the item of a statement below a title."""
    return items(f"題\n\n{text}")[1]


def said(text: str) -> list[tuple[str, str]]:
    return [(item.advice, item.text) for item in items(text)]


@pytest.mark.parametrize("mark", OFF)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ENUMERATORS)
@pytest.mark.parametrize("unit", ["line", "paragraph"])
def test_what_stands_below_an_off_record_heading_is_suggested_off_record(
    unit: str, form: str, way: str, mark: str
) -> None:
    first, second = ENUMERATORS[form]
    text = f"題\n\n{first}{marked(mark, way)}\n\n対応が遅い。\n\n高い。\n\n{second}研修\n\n年１回。"
    found = {item.text: item for item in items(text, unit)}
    assert {found[text].disclosure for text in ("対応が遅い。", "高い。")} == {"off-record"}
    assert "memo" in found["対応が遅い。"].reasons


@pytest.mark.parametrize("form", sorted(set(ENUMERATORS) - {"", "1-1"}))
def test_the_next_heading_of_the_same_form_ends_it(form: str) -> None:
    first, second = ENUMERATORS[form]
    text = f"題\n\n{first}{TITLE}【オフレコ】\n\n対応が遅い。\n\n{second}制度\n\n年１回。"
    assert [item.disclosure for item in items(text)][-1] == "confirm"


@pytest.mark.parametrize("mark", UNKNOWN)
@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_mark_stays_and_is_named(way: str, mark: str) -> None:
    found = one(f"{marked(mark, way)}は高い。")
    assert mark in found.text
    assert "unknown-mark" in found.reasons


def test_deeper_headings_stay_closed_and_higher_ones_end_it() -> None:
    text = (
        "１　業者【オフレコ】\n（１）対応\nア　遅い。\n（２）費用\n高い。\n"
        "２　研修\n（１）回数\n一回。"
    )
    levels = {item.text: item.disclosure for item in items(text, "paragraph")}
    assert [levels[t] for t in ("遅い。", "高い。", "一回。")] == ["off-record"] * 2 + ["group"]


@pytest.mark.parametrize(
    ("typed", "level", "kind", "rest"),
    [
        ("足りない。【発言】", "confirm", "quote", "足りない。"),
        ("【匿名】足りない。", "anonymous", "statement", "足りない。"),
        ("足りない（関係者限り）。", "group", "statement", "足りない。"),
        ("【公表可】足りない。", "confirm", "statement", "【公表可】足りない。"),
        ("市長は【オフレコ】足りないと言う。", "off-record", "statement", None),
        ("【発言・所見】足りない。", "confirm", "quote", None),
        ("ここだけの話、足りない。", "off-record", "statement", None),
        ("研修の話。", "group", "statement", None),
        ("既にある。", "confirm", "statement", None),
    ],
)
def test_marks_only_suggest_and_never_a_level_more_open_than_confirm(
    typed: str, level: str, kind: str, rest: str | None
) -> None:
    found = one(typed)
    assert (found.disclosure, found.text) == (level, typed if rest is None else rest)
    assert found.kind == kind or "marks-at-odds" in found.reasons
    assert ("opens" in found.reasons) == ("公表可" in typed)
    assert ("known" in found.reasons) == (typed == "既にある。")


@pytest.mark.parametrize(
    ("typed", "by", "rest"),
    [
        ("課長：足りない。", "企画部 課長 千葉太郎", "足りない。"),
        ("千葉課長：足りない。", "企画部 課長 千葉太郎", "足りない。"),
        ("○山田部長　足りない。", "総務部 部長 山田一郎", "足りない。"),
        ("【発言者：千葉課長】足りない。", "企画部 課長 千葉太郎", "足りない。"),
        ("市長：足りない。", "", "市長：足りない。"),
        ("【発言者：市長】足りない。", "", "【発言者：市長】足りない。"),
    ],
)
def test_a_speaker_is_suggested_if_exactly_one_was_present(typed: str, by: str, rest: str) -> None:
    found = one(typed)
    assert (found.said_by, found.text) == (by, rest)
    assert ("speaker" in found.reasons) == (not by and "【" in typed)


def test_a_material_of_the_visit_is_told_and_another_stays_in_the_text() -> None:
    known, other = one("300時間。（資料1 p.7）"), one("300時間。【資料9】")
    assert (known.material, known.page, known.text) == (1, "7", "300時間。")
    assert (other.material, other.page, other.text) == (0, "", "300時間。【資料9】")


def test_a_report_in_the_official_form_is_taken_apart() -> None:
    text = (
        "令和元年１０月２３日\n\n　　復　　命　　書\n\n　架空市長　様\n\n　企画部　主査　佐藤\n\n"
        "　出張を命ぜられましたので、下記のとおり復命します。\n\n　　記\n\n"
        "１　日　　時　　令和元年１０月２１日（月）１３時から\n２　場　　所　　市役所　会議室\n"
        "３　相 手 方　　企画部　課長　外２名\n４　内　　容\n（１）採用について\n"
        "　ア　採用は平成２８年度から行っている。\n　　　毎年２名程度である。\n"
        "　イ　任期付は１名。\n"
        "（２）ＲＰＡについて\n　　①　試行中。\n　　※　ここだけの話、高い。\n"
        "５　所　　感\n　　定着が課題と感じた。\n\n　　　　以　上\n"
    )
    found = items(text)
    assert [item.text for item in found if not item.advice] == [
        "採用は平成２８年度から行っている。\n毎年２名程度である。", "任期付は１名。", "試行中。",
        "ここだけの話、高い。", "定着が課題と感じた。",
    ]  # fmt: skip
    by_text = {item.text: item for item in found}
    assert by_text["任期付は１名。"].section == ("４　内　　容", "（１）採用について")
    assert by_text["任期付は１名。"].place == Address("hiring")
    assert by_text["ここだけの話、高い。"].disclosure == "off-record"
    assert by_text["定着が課題と感じた。"].kind == "remark"
    assert by_text["試行中。"].kind == "statement"


def test_official_numbering_of_word_paragraphs() -> None:
    text = (
        "１　採用について\n（１）情報職\nア　平成28年度から実施\n（ア）応募は年10名程度\n"
        "（イ）採用は年２名\nイ　任期付は１名\n（２）研修\nア　年１回実施\n２　ＲＰＡについて\n"
        "（１）税務で試行中\n第３　その他\n特になし"
    )
    advised = [item.text for item in items(text, "paragraph") if item.advice == "drop"]
    assert advised == ["採用について", "情報職", "研修", "ＲＰＡについて", "その他"]


def test_bold_lines_are_suggested_as_headings_and_a_bold_sentence_ends_no_section() -> None:
    lines = [
        ("題", ""), ("業者（オフレコ）", "bold"), ("遅い。", ""), ("一年もかかった。", "bold"),
        ("高い。", ""), ("研修", "bold"), ("年１回。", ""),
    ]  # fmt: skip
    places = (Where("memo", "paragraph", at) for at in range(1, 9))
    found = items_in(*(Piece(text, next(places), style=style) for text, style in lines))
    assert [item.text for item in found if item.advice == "drop"] == [
        "題", "業者（オフレコ）", "研修",
    ]  # fmt: skip
    assert [item.disclosure for item in found][1:5] == ["off-record"] * 4
    assert (found[-1].disclosure, found[-1].section) == ("group", ("研修",))


CUT = (
    "１．契約について\n\n"
    "・契約の相手方と金額は、市としてまだ議会に説明していないため、この部分は報告書には書か\n\n"
    "ないでいただきたいとのことであった。\n\n・来年度は職員を２名増やす予定である。\n"
)


@pytest.mark.parametrize("unit", ["line", "paragraph"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_block_that_a_pdf_cut_is_offered_joined(unit: str, gap: str) -> None:
    found = items(CUT.replace("\n\n", gap), unit)
    assert [item.advice for item in found] == ["drop", "join", ""]
    assert found[1].text.endswith("この部分は報告書には書かないでいただきたいとのことであった。")
    assert found[1].disclosure == "off-record"


@pytest.mark.parametrize(
    "text",
    [
        "情報職の採用は平成二十八年度から。㎡\n\n任期付職員はいないが検討中である\n\n研修は年二回",
        "採用は\u200b平成28年度から。\u2028次の行。\n\n二つ目\u200bの段落。",
    ],
)
def test_paragraphs_of_any_length_and_signs_that_cannot_be_seen_stay(text: str) -> None:
    assert [item.text for item in items(text)] == text.split("\n\n")


def test_questions_and_what_was_quoted_are_no_statements() -> None:
    assert said(
        "問１　採用について\n答　平成28年度から。\n　　年10名程度。\n\n"
        "Q2. 公開は？\nA2. 120件を公開。"
    ) == [
        ("drop", "採用について"), ("", "平成28年度から。\n年10名程度。"),
        ("drop", "公開は？"), ("", "120件を公開。"),
    ]  # fmt: skip
    mail = "件名: 回答\n\n12名です。\n\n> 何名ですか。\n佐藤：何名ですか。\n\n--\n架空市\n電話"
    assert said(mail) == [
        ("drop", "件名: 回答"), ("", "12名です。"), ("drop", "> 何名ですか。"),
        ("drop", "佐藤：何名ですか。"), ("drop", "架空市\n電話"),
    ]  # fmt: skip


def test_what_the_head_of_every_page_says_holds_for_all() -> None:
    head = Piece("取扱注意（オフレコ）", Where("memo", "paragraph", 9), look="margin")
    body = Piece("職員は12名。", Where("memo", "paragraph", 1))
    assert [item.disclosure for item in items_in(body, head)] == ["off-record"] * 2


@pytest.mark.parametrize("look", LOOKS)
def test_a_text_that_is_no_plain_text_says_why(look: str) -> None:
    assert {look, "memo"} <= set(items("職員は12名。", look=look)[0].reasons)


@pytest.mark.parametrize(
    "text",
    ["1.5億円を使う。", "２、３名いる。", "(1)と(2)は別。", "12 名", "○○市では使わない。", "A市は"],
)
def test_what_only_looks_like_a_sign_stays(text: str) -> None:
    assert read_sign(text).text == text


SIGNS = st.sampled_from([
    *(sign for pair in ENUMERATORS.values() for sign in pair), *OFF, *UNKNOWN, "【", "】", "（",
    "\n", "\n", "\n\n", "　", " ", "\t", "----", "--", "> ", "Q1. ", "答　", "課長：", "日時：",
    "記", "以上", "**", "。", "職員は12名。", "x" * 45, "採用は平成二十八年度から" * 4, "\u200b",
])  # fmt: skip
WILD = st.lists(SIGNS | st.text(max_size=3), max_size=25).map("".join)


@given(WILD, st.sampled_from(["line", "paragraph"]), st.sampled_from(["", *LOOKS]))
def test_every_piece_waits_no_more_open_than_confirm(text: str, unit: str, look: str) -> None:
    found = items(text, unit, look)
    assert not any(item.is_plain for item in found)
    assert len({item.id for item in found}) == len(found)
    for item in found:
        assert strictest((item.disclosure, "confirm")) == item.disclosure
        assert item.text.strip()
        assert item.place is None or item.advice != "drop"


SENTENCE = st.text(st.characters(min_codepoint=0x5000, max_codepoint=0x5FFF), min_size=6)
LINES = st.lists(
    st.tuples(SIGNS | st.text(max_size=3), SENTENCE, st.sampled_from(["。", "", *OFF, *UNKNOWN]),
              st.sampled_from(["\n", "\n\n", "\n----\n"])),
    max_size=12,
)  # fmt: skip


@given(LINES, st.sampled_from(["line", "paragraph"]), st.randoms(use_true_random=False))
def test_no_sentence_is_lost_and_other_words_are_decided_alike(
    lines: list[tuple[str, str, str, str]], unit: str, random: Random
) -> None:
    found = items("".join(map("".join, lines)), unit)
    for _sign, sentence, _end, _gap in lines:
        assert any(sentence in item.text for item in found)
    other = [(sign, _shuffled(words, random), *rest) for sign, words, *rest in lines]
    again = items("".join(map("".join, other)), unit)
    assert [_decided(item) for item in found] == [_decided(item) for item in again]


def _shuffled(words: str, random: Random) -> str:
    return "".join(chr(random.randrange(0x5000, 0x5FFF)) for _character in words)


def _decided(item: Item) -> tuple[str, str, str, bool]:
    return item.id, item.type, item.state, item.is_plain
