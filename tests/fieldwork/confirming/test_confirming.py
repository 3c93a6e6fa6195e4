"""Whether a change is wanted, as people say so in a small cell."""

import pytest
from hypothesis import example, given

import strategies
from fieldvisit import language
from fieldvisit.documents.confirmation_letter import choice
from fieldvisit.fieldwork.confirming.agreeing import agreeing
from fieldvisit.fieldwork.confirming.change_mark import (
    NO,
    NOTHING,
    UNCLEAR,
    YES,
    change_wanted,
)
from fieldvisit.fieldwork.confirming.doubts import why_no_corrected_text
from fieldvisit.fieldwork.confirming.replies import Replies, read_replies
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import passage_tag

SAID_NO = (
    "なし", "無し", "無", "ナシ", "ﾅｼ", "な し", "修正なし", "修正は無し", "変更なし", "特になし",
    "特にありません", "ございません", "異議なし", "no", "No", "ＮＯ", "no change", "none", "OK",
    "了承", "☑なし　□あり", "■ なし　□ あり", "レなし □あり", "ﾚなし　□あり", "✓なし・あり",
    "○なし・あり", "なし○・あり", "なし☑　あり□", "〇なし／あり", "◯ 無 ・ 有", "□あり　☑なし",
    "（なし）", "なし。", "☑ no  □ yes", "no ✔ / yes", "□なし", "☑️なし　□あり",
    "V なし　□ あり", "なし ☒  あり ☐",
)  # fmt: skip
SAID_YES = (
    "□なし　あり☑", "あり", "有り", "有", "アリ", "修正あり", "yes", "Yes", "ＹＥＳ",
    "□なし　☑あり",
    "□なし　■あり", "なし・○あり", "なし・あり○", "□ no  ☑ yes", "□なし　レあり", "なし　あり✓",
    "□あり",
)  # fmt: skip
SAID_NOTHING = ("", " ", "　", "□なし　□あり", "□ なし　□ あり", "なし・あり", "□ no  □ yes", "・")
NOT_CLEAR = (
    "○", "レ", "☑なし　☑あり", "なし○あり", "?", "一部", "要検討", "○なし・あり○", "確認中です",
    "なし（別紙のとおり）", "×", "ありなし？",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, NO) for typed in SAID_NO),
        *((typed, YES) for typed in SAID_YES),
        *((typed, NOTHING) for typed in SAID_NOTHING),
        *((typed, UNCLEAR) for typed in NOT_CLEAR),
    ],
)
def test_what_is_typed_is_understood_or_called_unclear(typed: str, meant: str) -> None:
    assert change_wanted(typed) == meant


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_our_own_cell_says_nothing_until_one_box_is_ticked(spoken: str) -> None:
    with language.speaking(spoken):
        printed = choice()
    assert change_wanted(printed) == NOTHING
    for tick in "☑■✓レ○":
        first, second = printed.replace("□", tick, 1), printed[::-1].replace("□", tick, 1)[::-1]
        assert (change_wanted(first), change_wanted(second)) == (NO, YES)


@example("a")
@example("なし。ただし")
@given(strategies.storable)
def test_any_other_text_is_never_taken_for_an_answer(text: str) -> None:
    if not set("なし無ナシﾅｼ有あアりリｱﾘ了承知解確認済NnYyOoKk") & set(text):
        assert change_wanted(text) in (NOTHING, UNCLEAR)


ID, REVISION = "01890f5e-7b1c-7cc0-98c4-dc0c0c07398f", "0123456789abcdef"
OTHER = "01890f5e-7b1c-7cc0-98c4-dc0c0c070001"
NOTE = Note(
    ID, "aaaaaaaaaa", "121002", "v", "statement", "専門職は12名。\n委託3名。", "confirm", "佐藤",
    revision=REVISION,
)  # fmt: skip
HERE = Where("a.docx", "row", 1)
PRINTED = ("1", "採用", NOTE.body, "□なし　□あり", "")
OURS = {"1", "採用", NOTE.body, "番号", "修正の有無（なし・あり）"}


def row(*texts: str, tag: str = passage_tag(ID, REVISION), apart: str = "") -> ReturnedRow:
    lines = {3: (Line(apart, HERE, apart="comment"),)} if apart else {}
    cells = (ReturnedCell(text, lines.get(at, ())) for at, text in enumerate(texts))
    return ReturnedRow(HERE, tuple(cells), tag)


def typed(
    change: str = PRINTED[3], correction: str = "", passage: str = NOTE.body, **more: str
) -> ReturnedRow:
    return row("1", "採用", passage, change, correction, **more)


def read(*rows: ReturnedRow, lines: tuple[Line, ...] = ()) -> Replies:
    def shown(note_id: str, revision: str) -> Note | None:
        return NOTE if note_id == ID and REVISION.startswith(revision) else None

    found = read_replies(ReturnedLetter(rows, lines), shown, lambda text: text in OURS)
    return agreeing([found], lambda _note: False)


def said(found: Replies) -> list[tuple[str, str]]:
    return [(reply.state, reply.text) for reply in found.found]


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (typed("なし"), ("ok", "")),
        (typed("なし", "特になし"), ("ok", "")),
        (typed("", "修正なし"), ("ok", "")),
        (typed("なし", NOTE.body), ("ok", "")),
        (typed("なし", passage="専門職は12名。 委託3名。"), ("ok", "")),
        (typed("あり", "専門職は13名。"), ("corrected", "専門職は13名。")),
        (typed(correction="専門職は13名。"), ("corrected", "専門職は13名。")),
        (typed("あり", passage="専門職は13名。"), ("corrected", "専門職は13名。")),
        (typed(passage="専門職は13名。"), ("corrected", "専門職は13名。")),
        (typed("あり", "専門職は13名。", "専門職は13名。"), ("corrected", "専門職は13名。")),
        (typed("あり", "専門職は13名。", ""), ("corrected", "専門職は13名。")),
        (typed("あり", "　専門職はなし。\n"), ("corrected", "専門職はなし。")),
    ],
)
def test_a_clear_row_is_an_answer(one: ReturnedRow, answer: tuple[str, str]) -> None:
    found = read(one)
    assert said(found) == [answer]
    assert (found.strays, len(found.unanswered)) == ((), 0)


@pytest.mark.parametrize(
    ("one", "kept", "why"),
    [
        (typed("あり"), "あり", "not said which"),
        (typed("あり", "－"), "あり | －", "not said which"),
        (typed("なし", "専門職は13名。"), "なし | 専門職は13名。", "and yet there is one"),
        (typed("なし", passage="13名。"), "13名。 | なし", "and yet there is one"),
        (typed("あり", "13名。", "14名。"), "14名。 | あり | 13名。", "different things"),
        (typed("あり", passage=""), "あり", "taken out"),
        (typed("○"), "○", "not clear"),
        (typed("検討中"), "検討中", "not clear"),
        (typed("あり", "12名→13名"), "あり | 12名→13名", "a part"),
        (typed("あり", "オフレコでお願いします。"), "あり | オフレコでお願いします。",
         "not be quoted"),
    ],
)  # fmt: skip
def test_an_unclear_row_is_kept_as_it_stands(one: ReturnedRow, kept: str, why: str) -> None:
    found = read(one)
    assert found.found == ()
    assert [stray.text for stray in found.strays] == [kept]
    assert why in found.strays[0].why
    assert found.strays[0].where == HERE


@pytest.mark.parametrize("wish", ["使わないで", "匿名なら可", "Please delete.", "上司に確認中"])
@pytest.mark.parametrize("change", ["あり", "", "なし"])
def test_a_wish_is_never_taken_as_the_text(wish: str, change: str) -> None:
    for one in (typed(change, wish), typed(change, passage=wish), typed("一部", wish)):
        found = read(one)
        assert (found.found, found.unanswered) == ((), ())
        assert wish in found.strays[0].text


def test_a_wish_in_the_small_cell_holds_against_the_text_beside_it() -> None:
    found = read(typed("使用不可", "専門職は13名。"))
    assert (found.found, [s.text for s in found.strays]) == ((), ["使用不可 | 専門職は13名。"])


def test_a_correction_beside_an_unclear_mark_counts_and_the_mark_is_kept() -> None:
    found = read(typed("一部", "専門職は13名。"))
    assert said(found) == [("corrected", "専門職は13名。")]
    assert [stray.text for stray in found.strays] == ["一部"]


def test_comments_words_beside_the_table_and_in_our_cells_are_kept() -> None:
    line = Line("追伸です。", HERE)
    found = read(typed("なし", apart="要相談"), row("9", "税務", *PRINTED[2:]), lines=(line,))
    kept = {"要相談", "追伸です。", "税務", "No change is wanted."}
    assert (found.found, {stray.text for stray in found.strays}) == ((), kept)


@pytest.mark.parametrize("apart", ["comment", "hidden", "drawn"])
@pytest.mark.parametrize("correction", ["", "専門職は13名。"])
def test_what_was_written_to_a_row_keeps_its_answer_apart(apart: str, correction: str) -> None:
    one = typed("あり" if correction else "なし", correction)
    cells = (ReturnedCell("1", (Line("どうかと思う", HERE, apart=apart),)), *one.cells[1:])
    found = read(ReturnedRow(one.where, cells, one.tag))
    assert found.found == ()
    assert [s.text for s in found.strays] == ["どうかと思う", correction or "No change is wanted."]
    assert "confirm set VISIT aaaaaaaaaa ok" in found.strays[1].why


@pytest.mark.parametrize(
    "wish", ["全体としてオフレコでお願いします", "匿名で", "Not to be published."]
)
def test_a_wish_outside_of_the_table_keeps_every_answer_apart(wish: str) -> None:
    outside = read(typed("なし"), lines=(Line(wish, HERE),))
    in_a_new_row = read(typed("なし"), row("", "", wish, "", "", tag=""))
    for found in (outside, in_a_new_row):
        assert (found.found, found.unanswered) == ((), ())
        assert {stray.text for stray in found.strays} == {wish, "No change is wanted."}
        assert "Words outside of the table" in found.strays[-1].why
    assert said(read(typed("なし"), row("2", "", wish, "", "", tag=""))) == [("ok", "")]


def test_a_wish_beside_the_answer_in_a_cell_of_ours_keeps_it_apart() -> None:
    found = read(row("1", "使わないで", NOTE.body, "なし", ""))
    assert (found.found, len(found.strays)) == ((), 2)


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (typed("あり", "専門職は13名。"), "専門職は13名。"),
        (typed("あり", "使わないで"), "あり | 使わないで"),
        (typed("あり"), "あり"),
    ],
)
def test_rows_of_one_passage_that_differ_are_both_kept(other: ReturnedRow, kept: str) -> None:
    for rows in ((typed("なし"), other), (other, typed("なし"))):
        found = read(*rows)
        assert (found.found, found.unanswered) == ((), ())
        assert {stray.text for stray in found.strays} == {"No change is wanted.", kept}
        assert any("stands twice" in stray.why for stray in found.strays)


def test_what_is_said_of_a_closed_note_is_as_closed() -> None:
    def shown(_id: str, _revision: str) -> Note:
        return NOTE

    rows = (typed("あり", "使わないで"), typed("なし"))
    found = read_replies(ReturnedLetter(rows, ()), shown, lambda _text: False, lambda _note: True)
    together = agreeing([found], lambda _note: True)
    assert all(stray.text.startswith("【off the record】") for stray in together.strays)


@pytest.mark.parametrize("tag", ["", "x", passage_tag(OTHER, REVISION), passage_tag(ID, "ffff")])
def test_a_row_that_is_no_passage_of_ours_is_kept(tag: str) -> None:
    found = read(row("2", "採用", "よそ", "なし", "x", tag=tag))
    assert found.found == ()
    assert [stray.text for stray in found.strays] == ["2 | よそ | なし | x"]


def test_columns_go_by_their_heads_and_one_more_is_kept() -> None:
    heads = row("番号", "備考", "記録した内容", "修正案", "修正の有無（なし・あり）", tag="")
    found = read(heads, row("1", "書き足し", NOTE.body, "専門職は13名。", "あり"))
    assert said(found) == [("corrected", "専門職は13名。")]
    assert [stray.text for stray in found.strays] == ["備考 | 記録した内容 | 修正案", "書き足し"]
    assert [s.text for s in read(row(*PRINTED, "余白")).strays] == ["余白"]


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
