"""Names by hand: cities whose names stand in one another, a visit, aliases."""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit import language
from fieldvisit.anonymity.form import bare, form
from fieldvisit.anonymity.names import Names, Subject, in_letters, label
from fieldvisit.anonymity.perhaps import Search
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.study import NameAlias
from fieldvisit.fieldwork.visit import Participant, Visit

CHIBA = City("121002", "千葉県", "千葉市", "ちばし", "chiba", "Chiba")
OTSU = City("252018", "滋賀県", "大津市", "おおつし", "otsu", "Shiga")
TSU = City("242012", "三重県", "津市", "つし", "tsu", "Mie")
TSUKUBA = City("082201", "茨城県", "つくば市", "つくばし", "tsukuba", "Ibaraki")
KYOTO = City("261009", "京都府", "京都市", "きょうとし", "kyoto", "Kyoto")
RYUGASAKI = City("082082", "茨城県", "龍ケ崎市", "りゅうがさきし", "ryugasaki", "Ibaraki")
OURS = City("990019", "架空県", "かくう村", "かくうむら", "kaku")
CITIES = (CHIBA, OTSU, TSU, TSUKUBA, KYOTO, RYUGASAKI, OURS)
LETTERS = {
    "121002": "C", "252018": "O", "242012": "T", "082201": "K", "261009": "Y", "082082": "R",
    "990019": "V", "千葉県": "P", "滋賀県": "S", "三重県": "M", "茨城県": "I", "京都府": "F",
    "架空県": "X",
}  # fmt: skip
PEOPLE = (
    Participant("p1", "respondent", "山田太郎", "総務部 情報政策課", "課長"),
    Participant("p2", "respondent", "鈴木　花子", "情報経営部業務改革推進課"),
    Participant("p3", "interviewer", "John Smith"),
)
VISIT = Visit("v1", "chiba-1", "121002", participants=PEOPLE)
KINDS = {city.code: "市" for city in CITIES} | {"990019": "村"}


def alias(name: str, kind: str, stands_for: str = "") -> NameAlias:
    return NameAlias(kind, name, stands_for)


def names(*aliases: NameAlias, others: tuple[str, ...] = ("今治市", "大津町")) -> Names:
    return Names(CITIES, (VISIT,), aliases, others, KINDS)


def replaced(names: Names, text: str) -> str:
    """The text with each label in brackets of its own, which no text here has."""

    def called(subject: Subject) -> str:
        word = names.word(subject, [subject])
        return f"⟦{label(word, LETTERS.get(subject.id, 'Z'))}⟧"

    pieces = names.pieces(text)
    return "".join(piece if isinstance(piece, str) else called(piece) for piece in pieces)


def shown(text: str, *aliases: NameAlias) -> str:
    with language.speaking("ja"):
        return re.sub("[⟦⟧]", "", replaced(names(*aliases), text))


def left(text: str, *aliases: NameAlias) -> list[str]:
    """What is left after the names were replaced."""
    found = Search(names(*aliases), {"abcdefghij", "v1"}).left(text, shapes=False)
    return [one.text for one in found if not one.ticked_off]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("千葉市の話", "C市の話"), ("龍ケ崎市と竜ヶ崎市", "R市とR市"),
        ("千葉県千葉市中央区", "C市中央区"), ("千葉県と千葉市", "県PとC市"),
        ("大津市と津市", "O市とT市"), ("三重県津市", "T市"),
        ("東京都と京都市と京都府", "東京都とY市と県F"),
        ("つくば市、つくばし、ツクバシ", "K市、K市、K市"), ("龍ヶ崎市", "R市"),
        ("千 葉\n市", "C市"), ("千\u200b葉市", "C市"), ("ﾁﾊﾞｼは", "C市は"),
        ("チハ\u3099シは", "C市は"),
        ("Chiba, CHIBA CITY, chiba-shi, City of Chiba", "C市, C市, C市, C市"),
        ("ＣＨＩＢＡ　Ｃｉｔｙ", "C市"), ("Ｃ　Ｈ　Ｉ　Ｂ　Ａ", "C市"),
        ("Chiba Prefecture, Chiba-ken", "県P, 県P"), ("Ōtsu's", "O市's"),
        ("chiba-1では", "C市では"), ("千葉chibaに", "千葉C市に"), ("Kaku village", "V村"),
        ("山田太郎、山田 太郎、鈴木花子、JOHN SMITH", "担当者Z、担当者Z、担当者Z、担当者Z"),
        ("総務部情報政策課長", "部署Z長"),
    ],
)  # fmt: skip
def test_names_are_found(text: str, becomes: str) -> None:
    assert shown(text) == becomes
    assert left(text.replace("千葉chiba", "chiba")) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("千葉大学", ["千葉"]), ("千　葉大学", ["千 葉"]), ("チバでは", ["チバ"]),
        ("水戸とつくばの間", ["つくば"]), ("草津市", ["津市"]), ("大津の人", ["大津"]),
        ("兵庫と滋賀", ["滋賀"]), ("山田課長が", ["山田"]), ("鈴木さん", ["鈴木"]),
        ("鈴木が言う", ["鈴木"]), ("山田によれば", ["山田"]), ("（山\n田）", ["山 田"]),
        ("花子さん", ["花子"]), ("Ms. Smith and Smith-san", ["Smith", "Smith"]),
        ("業務改革推進課では", ["業務改革推進課"]), ("情報政策課", ["情報政策課"]),
        ("121002", ["121002"]), ("１２１００２", ["121002"]), ("990019", ["990019"]),
        ("abcdefghijを見よ", ["abcdefghij"]), ("今津市", ["津市"]), ("唐津市", ["津市"]),
        ("草津市場", ["津市"]),
        *((word, []) for word in (
            "いちばん", "いつしか", "ichiban", "kakumei", "Tokyo to Osaka", "大津町", "今治市",
            "東京都", "12100人", "12,100円", "3.12100", "1210025", "abcdefghijk", "山田町",
            "鈴木林業", "小山田が", "課長", "総務", "立ちはしばし", "tsunami", "サツシステム",
        )),
    ],
)  # fmt: skip
def test_what_may_lead_to_a_name_is_told_and_nothing_else(text: str, parts: list[str]) -> None:
    assert shown(text) == text
    assert left(text) == parts


@pytest.mark.parametrize(
    ("text", "entered", "becomes"),
    [
        ("千葉大学", alias("千葉", "city", "121002"), "C市大学"),
        ("筑波と千葉", alias("筑波", "city", "082201"), "K市と千葉"),
        ("滋賀大学", alias("滋賀", "city", "滋賀県"), "県S大学"),
        ("千葉大学", alias("千葉大学", "vendor"), "事業者Z"),
        ("千葉大学", alias("千葉大学", "word"), "千葉大学"),
        ("草津市", alias("草津市", "word"), "草津市"),
        ("山田課長", alias("山田", "person", "山田太郎"), "担当者Z課長"),
        ("ロボとロボット", alias("ロボ", "system"), "システムZとロボット"),
        ("ＡＩＲＰＡとRPA", alias("RPA", "system"), "ＡＩＲＰＡとシステムZ"),
        ("ちばといちばん", alias("ちば", "city", "121002"), "C市といちばん"),
    ],
)
def test_an_alias_is_replaced_and_a_plain_word_stays(
    text: str, entered: NameAlias, becomes: str
) -> None:
    assert shown(text, entered) == becomes
    assert left(text.replace("と千葉", ""), entered) == []


def test_an_alias_of_an_alias_means_the_same() -> None:
    known = names(alias("基幹系", "system"), alias("KIKAN", "system", "基幹系"))
    assert known.subject("system", "ＫＩＫＡＮ") == known.subject("system", "基幹系")
    ring = names(alias("a1", "system", "b1"), alias("b1", "system", "a1"))
    assert ring.subject("system", "a1").kind == "system"


KNOWN = names(
    alias("千葉", "city", "121002"), alias("RPAマスター", "system"), alias("みなと計算", "vendor")
)  # fmt: skip
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


DISGUISES: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.lower,
    lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    lambda text: text if text.isascii() else "\u3000".join(text),
    "\u200b".join,  # nobody sees what is between
    lambda text: unicodedata.normalize("NFD", text),
)  # fmt: skip


@st.composite
def named(draw: st.DrawFn) -> tuple[str, str]:
    """A text with names in it, and what is to become of it."""
    text = wanted = draw(BETWEEN)
    for _ in range(draw(st.integers(0, 5))):
        label = draw(st.sampled_from(sorted(FORMS)))
        form = draw(st.sampled_from(DISGUISES))(draw(st.sampled_from(FORMS[label])))
        between = draw(BETWEEN)
        text, wanted = f"{text}。{form}。{between}", f"{wanted}。{label}。{between}"
    return text, wanted


@given(named())
def test_nothing_but_names_changes(pair: tuple[str, str]) -> None:
    text, wanted = pair
    assert re.sub("[⟦⟧]", "", replaced(KNOWN, text)) == wanted


ANY = st.text(
    st.sampled_from("千葉市県大津京都東つくばちチバ山田太郎chiba otsuCITYRPA12100-1\n　ﾞ\u3099")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)


@given(ANY)
def test_no_name_is_left_in_any_text(text: str) -> None:
    """What stays of a text holds no whole name, and all of it stays letter for letter."""
    pieces = KNOWN.pieces(text)
    rest = "\ufdd0".join(piece for piece in pieces if isinstance(piece, str))
    found = KNOWN.find(form(rest).text)
    assert [subject for _start, _end, subject in found if subject] == []
    if all(isinstance(piece, str) for piece in pieces):
        assert "".join(map(str, pieces)) == text
    if "大津" in rest:
        assert "大津" in [one.text for one in Search(KNOWN).left(text, shapes=False)]


@given(ANY)
def test_every_character_of_the_form_has_its_place(text: str) -> None:
    found = form(text)
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    for at, character in enumerate(found.text):
        start, end = found.span(at, at + 1)
        assert bare(character) in bare(text[start:end])


@pytest.mark.parametrize(
    ("kinds", "words"),
    [("市市", "市市"), ("市市市町", "団体団体団体団体"), ("市市市町町町", "市市市町町町"),
     ("村", "村"), ("市市市市村村", "団体団体団体団体団体団体")],
)  # fmt: skip
def test_what_a_city_is_stands_where_three_share_it_or_all(kinds: str, words: str) -> None:
    codes = [f"{number:06}" for number in range(len(kinds))]
    known = Names((), kinds=dict(zip(codes, kinds, strict=True)))
    told = [*(Subject("city", code) for code in codes), Subject("city", "千葉県")]
    assert "".join(known.word(subject, told) for subject in told[:-1]) == words
    assert known.word(told[-1], told) == "prefecture"


def test_letters_go_on_behind_z() -> None:
    found = list(islice(in_letters(), 30))
    assert (found[0], found[25:28]) == ("A", ["Z", "AA", "AB"])
