"""Wishes, remarks and instructions that stand where a corrected text was asked for."""

import pytest

from fieldvisit.fieldwork.confirming.doubts import why_no_corrected_text
from fieldvisit.fieldwork.confirming.wishes import asks_not_to_use
from fieldvisit.fieldwork.note import Note

NOT_TO_BE_USED = (
    """
使わないでください|この件は使わないでください|この内容は使用を差し控えてください。|使用しないでください|使わない
削除してください。|この部分は削除願います|全文削除|2行目を削除|取り下げます|取り消し|取消|カット|不要|掲載不可
回答を差し控えます|差控えたい|掲載しない|載せない|公表しないこと|公開しない方向で|非公表|非公表でお願いいたします。
内部資料のため掲載不可|関係者限りとしてください|取扱注意|オフレコでお願いします|掲載は差し控えていただきたい
匿名であれば可|匿名なら掲載可|市名を出さないなら可
Please do not use this passage.|do not use|Please delete.
withdraw|remove this|to be removed|We would rather not have this published.|Not to be quoted.
Not for publication|only anonymously|Anonymous, please
""".strip()
    .replace("\n", "|")
    .split("|")
)
REMARKS = (
    """
上司に確認中|後日回答します|別紙のとおり|同上|〃|×|該当なし|要検討|検討中|公にしないでほしい|使用|数字が違います
この発言は無かったことに|そのような発言はしていません|上司に相談します|担当が異動したため不明です|了解しました|OK
see attached|n/a|N／A|ditto|to be confirmed|We never said that.|Our mayor does not agree.|x
「9人」を「10人」に修正|9人を10人に訂正|◯行目を「10人」に|第2文は誤りです|9人→10人|誤：9人　正：10人
replace "9" by "10"|should read: 10 people|Change 9 to 10
""".strip()
    .replace("\n", "|")
    .split("|")
)
PASSAGES = (
    "発言",
    "専門職は12名で、うち委託が3名である。",
    "The section has 12 specialists, 3 of them contractors.",
)
CORRECTIONS = (
    ("9人", "10人"),
    ("9人", "十人"),
    ("百円", "150円"),
    ("9人", "令和元年度は10人（うち専任3人）"),
    ("委託費は100円である。", "委託費は年間150万円である。"),
    ("専門職は12名で、うち委託が3名である。", "専門職は13名。"),
    ("専門職は12名で、うち委託が3名である。", "専門職員は13人、外部委託は3人である。"),
    ("RPAは3業務で使っている。", "RPAは4業務で利用している。"),
    ("効果を測っている。", "効果を測定している。"),
    ("個人情報は公開しない。", "個人情報は公開しないが、統計は公開する。"),
    ("データを匿名で公開している。", "データを匿名にして毎月公開している。"),
    ("申請書の押印は不要にした。", "申請書の押印は不要にし、電子申請も始めた。"),
    ("「旧」を「新」に改めた。", "「旧」を「新型」に改めた。"),
    ("システムを新型に変更した。", "システムを新型に変更し、台数も増やした。"),
    ("窓口で申請してくださいと言う。", "窓口か電子で申請してくださいと言う。"),
    ("The section has 12 specialists.", "The section has 13 specialists, all permanent."),
    ("We do not use RPA.", "We do not use RPA yet."),
)


def why(text: str, passage: str) -> str:
    note = Note("n", "aaaaaaaaaa", "121002", "v", "statement", passage, "confirm", "佐藤")
    return why_no_corrected_text(text, note, "7")


@pytest.mark.parametrize("passage", PASSAGES)
@pytest.mark.parametrize("text", [*NOT_TO_BE_USED, *REMARKS])
def test_what_is_no_text_is_told_from_a_correction(text: str, passage: str) -> None:
    found = why(text, passage)
    assert "Passage 7, note aaaaaaaaaa" in found
    assert "fieldvisit note edit aaaaaaaaaa -d off-record" in found
    assert "fieldvisit confirm set VISIT aaaaaaaaaa corrected TEXT" in found


@pytest.mark.parametrize(("passage", "text"), CORRECTIONS)
def test_a_corrected_text_is_one(passage: str, text: str) -> None:
    assert why(text, passage) == ""


@pytest.mark.parametrize("text", NOT_TO_BE_USED)
def test_a_wish_is_one_without_a_passage_too(text: str) -> None:
    assert asks_not_to_use(text)


@pytest.mark.parametrize(
    "text", ["いつもお世話になっております。", "修正は2か所です。", "Thank you for your visit."]
)
def test_a_kind_word_is_no_wish(text: str) -> None:
    assert not asks_not_to_use(text)


@pytest.mark.parametrize("text", ["匿名で", "匿名", "データは匿名。ほかは削除してください。"])
def test_a_word_of_the_passage_is_no_excuse_for_a_wish(text: str) -> None:
    assert why(text, "データを匿名で毎月公開しており、件数は120件である。")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("使わないで", "not be quoted, or not be used"),
        ("「12名」を「13名」に修正", "how a part is to change"),
        ("課長の異動があった。", "next to nothing in common"),
    ],
)
def test_the_reason_is_said(text: str, reason: str) -> None:
    assert reason in why(text, PASSAGES[1])
