"""The letter as the city reads it, and the list as we do."""

import json
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from documents.values import CHIBA, VISIT
from documents.word_parts import text_of, tree
from fieldvisit import language
from fieldvisit.documents import wordings
from fieldvisit.documents.confirmation_letter import document, page
from fieldvisit.documents.confirmations import (
    confirmation_list,
    in_words,
    shape,
    told_going,
    told_passages,
)
from fieldvisit.documents.formats import markdown, render
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.confirming.standing import standings
from fieldvisit.fieldwork.note import Note
from letters import letter

TODAY = date(2019, 12, 2)
BODIES = ("専門職は12名。", "RPAを税務で使う。")
NOTE = replace(letter(BODIES).passages[0].note, handle="abcdefghij", tags=("札",), by="書き手")
ASKED = Confirmation(
    NOTE.id, VISIT.id, "sent", NOTE.revision, "情報部", "2019-11-01", "2019-11-30", by="書き手"
)
OK = replace(ASKED, state="ok", answered_on="2019-11-08", who="情報部")


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_city_reads_its_passages_and_nothing_of_ours(spoken: str) -> None:
    sent = letter(BODIES)
    passages = tuple(replace(one, note=replace(NOTE, body=one.note.body)) for one in sent.passages)
    with language.speaking(spoken):
        text = markdown.write(page(replace(sent, passages=passages)))
    for word in (
        *BODIES,
        "千葉市",
        "情報部",
        "情報化の調査",
        "架空大学",
        "報告書の作成",
        "架空大学 佐藤",
    ):
        assert word in text
    for word in (
        "abcdefghij",
        "書き手",
        "札",
        "山田",
        "要確認",
        "confirm]",
        "発言要旨",
        "statement",
    ):
        assert word not in text
    assert ("2019年11月30日（土）" if spoken == "ja" else "Sat 30 November 2019") in text


def test_in_japanese_it_is_a_letter() -> None:
    with language.speaking("ja"):
        text = markdown.write(page(letter(BODIES)))
    for words in (
        "ヒアリング記録の内容確認のお願い", "千葉市 情報部　御中", "貴市からお伺いした内容",
        "ご回答期限", "□なし　□あり",
        "| 番号 | 項目・質問 | 記録した内容 | 修正の有無（なし・あり） | 修正案 |",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_it_says_where_to_write_that_a_passage_is_not_to_be_used(spoken: str) -> None:
    with language.speaking(spoken):
        text = markdown.write(page(letter(BODIES)))
    wished = {
        "ja": "その旨を「修正案」の欄にお書きください",
        "en": "write so under “correction”, for example “not to be used”",
    }
    assert wished[spoken] in text


def test_without_a_date_none_is_asked_for() -> None:
    with language.speaking("ja"):
        text = markdown.write(page(replace(letter(BODIES), due="", department="")))
    assert "までに" not in text
    assert "ご回答期限" not in text
    assert "千葉市　御中" in text


def test_it_goes_into_word_with_its_tags_out_of_sight() -> None:
    shown = text_of(tree(page(letter(BODIES))))
    assert "専門職は12名。" in shown
    assert "fieldvisit" not in shown
    assert render(document(letter(BODIES)), "docx") == render(document(letter(BODIES)), "docx")


@pytest.mark.parametrize("name", ["csv", "json", "xlsx"])
def test_it_has_no_form_that_could_not_be_filled_in(name: str) -> None:
    with pytest.raises(WrongUsage, match="cannot be written"):
        render(document(letter(BODIES)), name)


def test_what_goes_is_listed_with_number_first_words_and_handle() -> None:
    sent = letter(["一行目\n二行目", "長" * 50])
    assert list(told_passages(sent)) == [
        "1. 一行目 二行目 [aaaaaaaaaa]", f"2. {'長' * 40}… [aaaaaaaaaa]",
    ]  # fmt: skip
    counted = replace(sent, left_out={"off-record": 1, "agreed": 2}, agreed=frozenset({"x"}))
    assert [line.rpartition(": ")[2] for line in told_going(counted)][1:4] == ["1", "2", "1"]


def listed(*pairs: tuple[Note, Confirmation | None]) -> list[list[str]]:
    found = standings(
        [VISIT], [note for note, _asked in pairs],
        {note.id: asked for note, asked in pairs if asked}, TODAY.isoformat(),
    )  # fmt: skip
    made = confirmation_list(found, {CHIBA.code: CHIBA}, "group", TODAY)
    data = json.loads(render(made, "json"))
    assert data["schema"] == "fieldvisit.confirmations/1"
    assert data["audience"] == "group"
    return [[one["note"], one["state"], str(one["overdue"])] for one in data["confirmations"]]


def other(handle: str, **changes: Any) -> Note:  # by name
    return replace(NOTE, id=f"{NOTE.id[:-4]}{handle[:4]}", handle=handle, **changes)


def test_overdue_ones_come_first_and_changed_ones_are_told_apart() -> None:
    late = other("late")
    changed, again = other("void", revision="later"), other("wait", revision="later")
    group, remark = other("grou", disclosure="group"), other("rema", kind="remark")
    found = listed(
        (NOTE, OK), (other("news"), None), (changed, OK), (again, replace(ASKED, due="")),
        (group, None), (remark, None), (other("quie"), replace(OK, state="no-reply")),
        (late, replace(ASKED, due="2019-11-20")), (other("last"), ASKED),
    )  # fmt: skip
    assert found == [
        ["late", "sent", "True"], ["last", "sent", "True"], ["abcdefghij", "ok", "False"],
        ["news", "not-sent", "False"], ["void", "changed", "False"],
        ["wait", "changed-since-sent", "False"], ["quie", "no-reply", "False"],
    ]  # fmt: skip


def test_the_list_says_who_and_when_in_words() -> None:
    found = standings([VISIT], [NOTE], {NOTE.id: ASKED}, TODAY.isoformat())
    with language.speaking("ja"):
        text = render(confirmation_list(found, {CHIBA.code: CHIBA}, "group", TODAY), "md").decode()
    assert "期限超過" in text
    for words in ("依頼中", "情報部", "2019年11月1日（金）", "確認状況"):
        assert words in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (None, ""),
        (ASKED, "依頼中（2019年11月1日（金）、回答期限 2019年11月30日（土））"),
        (OK, "確認済（情報部、2019年11月8日（金））"),
        (replace(OK, note_revision="x"),
         "確認済（情報部、2019年11月8日（金）、その後に記録事項の変更あり）"),
    ],
)  # fmt: skip
def test_one_line_tells_who_confirmed_a_note_and_when(
    asked: Confirmation | None, words: str
) -> None:
    with language.speaking("ja"):
        assert in_words(asked, NOTE) == words
    assert (shape(asked, NOTE) or {}).get("holds") == (asked and asked.note_revision != "x")


def test_a_confirmed_note_may_be_quoted_and_bears_no_mark() -> None:
    with language.speaking("ja"):
        assert wordings.marks(NOTE) == "【要確認】"
        assert wordings.marks(replace(NOTE, confirmed=True)) == ""
        for level in ("anonymous", "group", "off-record"):
            assert wordings.marks(replace(NOTE, confirmed=True, disclosure=level))
