"""What a city says of passages, row by row; whatever is unclear is kept and never stored."""

import pytest

from fieldvisit.fieldwork.confirming.agreeing import agreeing
from fieldvisit.fieldwork.confirming.replies import Replies, read_replies
from fieldvisit.fieldwork.confirming.returned_letter import (
    ReturnedCell,
    ReturnedLetter,
    ReturnedRow,
)
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.sheets.returned_file import Line, Where
from fieldvisit.fieldwork.sheets.tags import passage_tag

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


def test_a_passage_left_alone_is_counted_as_unanswered() -> None:
    assert read(typed()) == Replies((), (), (NOTE,))


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


def test_a_row_twice_is_taken_once() -> None:
    assert said(read(typed("なし"), typed("なし"))) == [("ok", "")]
    assert said(read(typed(), row("5", "採用", NOTE.body, "なし", ""))) == [("ok", "")]
    twice = (typed("あり", "専門職は13名。"), typed(passage="専門職は 13名。"))
    found = read(*twice)
    assert (said(found), found.strays) == ([("corrected", "専門職は13名。")], ())


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


def test_a_number_that_was_closed_up_is_no_word_of_the_city() -> None:
    assert read(row("4", *PRINTED[1:])).strays == ()


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
