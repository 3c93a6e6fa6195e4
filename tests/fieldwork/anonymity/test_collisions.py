"""Names that stand in other names and in other words."""

import pytest

from fieldvisit import language
from fieldvisit.fieldwork.anonymity.leaks import Search
from fieldvisit.fieldwork.anonymity.replacing import ready
from fieldvisit.fieldwork.anonymity.walking import Text
from fieldwork.anonymity.known import alias, names, replacer


def replaced(text: str, *aliases: object) -> str:
    with language.speaking("ja"):
        return ready(replacer(*aliases).text(text))  # type: ignore[arg-type]


def left(text: str, *aliases: object) -> list[str]:
    """What is left after the names were replaced."""
    done = replacer(*aliases).text(text)  # type: ignore[arg-type]
    found = Search(names(*aliases), {"abcdefghij", "v1"}).left_in(Text(done, ()))  # type: ignore[arg-type]
    return [trace.part for trace in found]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("千葉市の話", "C市の話"),
        ("龍ケ崎市と竜ヶ崎市", "R市とR市"),
        ("千葉県千葉市中央区", "C市中央区"),
        ("千葉県と千葉市", "県PとC市"),
        ("大津市と津市", "O市とT市"),
        ("三重県津市", "T市"),
        ("東京都と京都市と京都府", "東京都とY市と県F"),
        ("つくば市、つくばし、ツクバシ", "K市、K市、K市"),
        ("龍ヶ崎市", "R市"),
        ("千 葉\n市", "C市"),
        ("千\u200b葉市", "C市"),
        ("ﾁﾊﾞｼは", "C市は"),
        ("チハ\u3099シは", "C市は"),
        ("Chiba, CHIBA CITY, chiba-shi, City of Chiba", "C市, C市, C市, C市"),
        ("ＣＨＩＢＡ　Ｃｉｔｙ", "C市"),
        ("Ｃ　Ｈ　Ｉ　Ｂ　Ａ", "C市"),
        ("Chiba Prefecture, Chiba-ken", "県P, 県P"),
        ("Ōtsu's", "O市's"),
        ("chiba-1では", "C市では"),
        ("千葉chibaに", "千葉C市に"),
        ("Kaku village", "V村"),
        ("山田太郎、山田 太郎、鈴木花子、JOHN SMITH", "担当者Z、担当者Z、担当者Z、担当者Z"),
        ("総務部情報政策課長", "部署Z長"),
    ],
)
def test_names_are_found(text: str, shown: str) -> None:
    assert replaced(text) == shown
    assert left(text.replace("千葉chiba", "chiba")) == []


@pytest.mark.parametrize(
    "text",
    ["いちばん", "立ちはしばし", "いつしか", "今津市", "唐津市", "草津市場", "ichiban", "tsunami",
     "kakumei", "Tokyo to Osaka", "大津町", "今治市", "東京都", "サツシステム", "12100人", "12,100",
     "3.12100"],
)  # fmt: skip
def test_other_words_stay(text: str) -> None:
    assert replaced(text) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("千葉大学", ["千葉"]),
        ("千　葉大学", ["千葉"]),
        ("チバでは", ["チバ"]),
        ("水戸とつくばの間", ["つくば"]),
        ("草津市", ["津市"]),
        ("大津の人", ["大津"]),
        ("兵庫と滋賀", ["滋賀"]),
        ("山田課長が", ["山田"]),
        ("鈴木さん", ["鈴木"]),
        ("鈴木が言う", ["鈴木"]),
        ("山田によれば", ["山田"]),
        ("（山\n田）", ["山田"]),
        ("花子さん", ["花子"]),
        ("Ms. Smith and Smith-san", ["smith", "smith"]),
        ("業務改革推進課では", ["業務改革推進課"]),
        ("情報政策課", ["情報政策課"]),
        ("121002", ["121002"]),
        ("１２１００", ["12100"]),
        ("990019", ["990019"]),
        ("abcdefghijを見よ", ["abcdefghij"]),
    ],
)
def test_what_may_lead_to_a_name_is_reported(text: str, parts: list[str]) -> None:
    assert replaced(text) == text
    assert left(text) == parts


@pytest.mark.parametrize(
    "text",
    ["いちばん", "いつしか", "ichiban", "大津町", "東京都", "12100人", "12,100円", "山田町",
     "鈴木林業", "小山田が", "花子", "Smith College", "3.12100", "1210025", "abcdefghijk",
     "課長", "総務"],
)  # fmt: skip
def test_no_false_alarm(text: str) -> None:
    assert left(text) == []


@pytest.mark.parametrize(
    ("text", "entered", "shown"),
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
    text: str, entered: object, shown: str
) -> None:
    assert replaced(text, entered) == shown
    assert left(text.replace("と千葉", ""), entered) == []


def test_an_alias_of_an_alias_means_the_same() -> None:
    known = names(alias("基幹系", "system"), alias("KIKAN", "system", "基幹系"))
    assert known.subject("system", "ＫＩＫＡＮ") == known.subject("system", "基幹系")
    ring = names(alias("a1", "system", "b1"), alias("b1", "system", "a1"))
    assert ring.subject("system", "a1").kind == "system"
