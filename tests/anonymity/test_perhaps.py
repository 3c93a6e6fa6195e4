"""What may tell who it is: whole kinds of hints, each listed; and what a person ticked off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymity.test_names import alias, names
from fieldvisit.anonymity.form import bare
from fieldvisit.anonymity.perhaps import Search

KANJI = st.text(
    st.sampled_from("高橋藤井渡辺佐久間蓮田北海松浦岸和岡崎諏訪鷹栖槻"), min_size=1, max_size=3
)
KATAKANA = st.text(st.sampled_from("アイカキサスタトナノマミラリ"), min_size=2, max_size=5)
ROMAN = st.from_regex("[A-Z][a-z]{2,7}", fullmatch=True)
DIGITS = st.integers(0, 9999).map(lambda n: f"{n:04}")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def of(form: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda given: form.format(*given))


def one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


POSTS = "氏 さん 様 殿 市長 町長 部長 課長 係長 室長 局長 主査 主幹 議員 先生 所長 補佐 委員長"
PLACES = "市 町 村 区 県 郡 島 川 湖 駅 港 城 寺 神社 公園 空港 温泉 地区 役場 会館"
BODIES = "大学 高校 病院 銀行 新聞 組合 協議会 研究所 株式会社 センター"
TITLES = "Mr. Ms. Dr. Prof. Mayor Governor Director"
HINTS = {
    "a person by a title": of("{}{}", st.one_of(KANJI, KATAKANA, ROMAN), one_of("氏 さん 様")),
    "a person by a post": of("{}{}", st.one_of(KANJI, KATAKANA), one_of(POSTS)),
    "a person behind a post": of("課長　{}", st.sampled_from(["高橋", "佐久間", "藤井"])),
    "a person in hiragana": of("{}さん", one_of("たなか すずき やまもと ささき")),
    "a person in English": of("{} {}", one_of(TITLES), ROMAN),
    "a person as addressed": of("{}{}", ROMAN, one_of("-san -sama -sensei")),
    "a place": of("{}{}", st.one_of(KANJI, KATAKANA), one_of(PLACES)),
    "a place in hiragana": of("{}{}", one_of("さいたま いわき うるま"), one_of("市 町 駅")),
    "a prefecture": one_of("愛媛 愛媛県 北海道 東京 東京都 鹿児島"),
    "a body": of("{}{}", st.one_of(KANJI, KATAKANA), one_of(BODIES)),
    "an office": of("{}{}", one_of("情報政策 総務 企画調整 税務"), one_of("課 部 局 室")),
    "a place in English": of("{} {}", ROMAN, one_of("City Town University Hospital Station")),
    "a place by its kind": of("{} {}", st.sampled_from(["Lake", "Mount", "University of"]), ROMAN),
    "a place in romaji": of("{}-{}", ROMAN, one_of("shi machi mura ken ku")),
    "a name within a sentence": of("we met {}", ROMAN),
    "a telephone": of("0{}-{}-{}", one_of("3 43 120"), one_of("12 345 6789"), DIGITS),
    "a telephone in brackets": of("0{}({}){}", one_of("3 43"), one_of("1234 345"), DIGITS),
    "a telephone without": of("0{}{}{}", one_of("9012 4312"), one_of("3"), DIGITS),
    "a telephone typed in kana": of("03ー{}ー{}", DIGITS, DIGITS),
    "an extension": of("内線{}", DIGITS),
    "a postal code": of("〒{}-{}", one_of("260 070"), DIGITS),
    "a number of a house": of("{}-{}-{}", *[st.integers(1, 30).map(str)] * 3),
    "an address of the net": of("https://{}.{}/x", one_of("www.city city"), one_of("lg.jp com")),
    "a host": of("{}.{}", one_of("city-x example"), one_of("lg.jp co.jp com")),
    "mail": of("{}@{}", one_of("joho dx.team"), one_of("city.x.lg.jp example.com")),
    "an exact figure": st.integers(0, 9_999_999).map(lambda n: f"{n * 10 + 1_000_001:,}人"),
    "a figure in kanji": one_of("三百二十四名 二万三千四百人 一二三件"),
    "a figure in man": of("{}万{}人", st.integers(1, 99).map(str), one_of("3,456 9876")),
    "a share": of("{}.{}%", st.integers(10, 99).map(str), st.integers(1, 9).map(str)),
    "a day": of("{}月{}日", st.integers(1, 12).map(str), st.integers(1, 31).map(str)),
    "a day of the era": of("令和元年{}月{}日", one_of("4 10"), one_of("1 21")),
    "a day in English": of("{} {}", one_of("Oct October Dec."), st.integers(1, 31).map(str)),
    "a day in signs": of("2019/{}/{}", one_of("4 10"), one_of("1 21")),
}  # fmt: skip
SEARCH = Search(names())


def listed(text: str, *ticked_off: str) -> list[str]:
    search = Search(names(*(alias(word, "word") for word in ticked_off)))
    return [one.text for one in search.left(text) if not one.ticked_off]


@pytest.mark.parametrize("kind", HINTS)
@given(data=st.data(), wide=st.booleans())
def test_every_hint_of_a_kind_is_replaced_or_listed(
    kind: str, data: st.DataObject, *, wide: bool
) -> None:
    hint = data.draw(HINTS[kind])
    shown = hint.translate(WIDE) if wide else hint
    text = f"話は、{shown}のことで、以上。"
    pieces = SEARCH.names.pieces(text)
    told = [one.text for one in SEARCH.left(text)]
    kept = "".join(piece for piece in pieces if isinstance(piece, str))
    assert told or shown not in kept
    words = hint.removeprefix("we met ")
    assert bare(words) not in bare(kept) or bare(words) in "".join(map(bare, told)), told


@pytest.mark.parametrize(
    "text",
    ["本市では各市町村の中核市と同市の市民、市内", "500時間ほど、約1,000件、5％、2019年度の30人",
     "令和元年度から全部の課で使う", "仕様書と多様な様式を同様に", "たくさんあり、課長が決めた",
     "RPA and AI are used in 3 offices, 2019", "成長と延長、会議の市場調査は都市で"],
)  # fmt: skip
def test_ordinary_words_are_not_listed(text: str) -> None:
    assert listed(text) == []


def test_what_was_ticked_off_stands_there_alone() -> None:
    assert listed("高橋課長と336人と1,336人", "336人") == ["高橋課長", "1,336人"]
    assert listed("高橋課長と高橋課長補佐", "高橋課長") == ["高橋課長補佐"]
    assert listed("３３６人、336 人", "336人") == []
    assert listed("千葉大学", "千葉大学") == []
    assert listed("千葉大学と千葉のこと", "千葉大学") == ["千葉"]


@given(st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_ticking_off_lets_nothing_else_through(text: str, word: str) -> None:
    before = list(SEARCH.left(text))
    ticked = Search(names(alias(word, "word")))
    after = list(ticked.left(text))
    let = {one.text for one in after if one.ticked_off}
    assert all(bare(one) in bare(word) for one in let)
    assert {one.text for one in before} <= {one.text for one in after}
