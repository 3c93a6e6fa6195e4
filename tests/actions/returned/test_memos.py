"""Memos that came back: what of them is stored, what waits, and who sees it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Fresh
from examples import examples
from fieldvisit.actions.read_files import ReadFile, read_files, store_reading
from fieldvisit.actions.review import Decision, decide
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.visit import Material
from fieldvisit.review.item import Arrival
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from memos import ENUMERATORS, OFF, UNKNOWN, WAYS, marked, written
from returned_sheets import notes, waiting

MEMO = Arrival("chiba-1", "memo")


def read(given: Settings, path: Path, arrival: Arrival = MEMO) -> ReadFile:
    """Read a memo as `--yes` does: all that is plain is taken."""
    [reading] = read_files(given, [path], arrival)
    taken = [item.id for item in reading.proposed.items]
    return store_reading(given, reading, arrival, taken, "s1")


def saved(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "memo.txt"
    path.write_bytes(text.encode(encoding))
    return path


HEADINGS = st.tuples(
    st.sampled_from(["", "heading", "bold", "number"]),
    st.sampled_from(list(ENUMERATORS)),
    st.sampled_from(WAYS),
    st.sampled_from(["", *OFF, *UNKNOWN]),
)


@examples(40)
@given(st.lists(HEADINGS, min_size=1, max_size=4), st.sampled_from(["docx", "md", "txt"]))
def test_nothing_of_a_memo_is_stored_or_lost_or_shown_unasked(
    fresh_field: Fresh,
    tmp_path_factory: pytest.TempPathFactory,
    headings: list[tuple[str, str, str, str]],
    ending: str,
) -> None:
    field, lines = fresh_field(), [("千葉市の話", "")]
    for at, (look, form, way, mark) in enumerate(headings):
        lines += [(ENUMERATORS[form][0] + marked(mark, way), look), (f"対応が{at}日遅い。", "")]
    path = written(tmp_path_factory.mktemp("memo") / f"memo.{ending}", lines)
    found = read(field, path)
    assert {item.state for item in found.items} == {"waiting"}
    for audience in ("group", "public", "all"):
        assert not notes(field, audience)
    for audience in ("group", "public"):
        assert not waiting(field, audience)
    texts = {item.text: item for item in waiting(field)}
    is_closed = False
    for at, (_look, _form, _way, mark) in enumerate(headings):
        is_closed = mark in OFF or (is_closed and mark == "")
        level = texts[f"対応が{at}日遅い。"].disclosure
        assert level == "off-record" if mark in OFF else level != "public"


@pytest.mark.parametrize("look", ["heading", "bold", "number", ""])
@pytest.mark.parametrize("form", ENUMERATORS)
@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_below_an_off_record_heading_of_any_file(
    field: Settings, tmp_path: Path, ending: str, form: str, look: str
) -> None:
    heading = ENUMERATORS[form][0] + marked("（オフレコ）", "end")
    lines = [("題", ""), (heading, look), ("対応が遅い。", ""), ("▪高い。", "")]
    [reading] = read_files(field, [written(tmp_path / f"memo.{ending}", lines)], MEMO)
    assert [item.disclosure for item in reading.proposed.items][1:] == ["off-record"] * 3


def test_a_memo_of_windows_waits_and_is_taken_one_by_one(field: Settings, tmp_path: Path) -> None:
    path = saved(tmp_path, "題\r\n\r\n課長：職員は12名。\r\n\r\n研修は年2回。\r\n", "cp932")
    _title, first, second = read(field, path).items
    with pytest.raises(Refused):
        decide(field, first, Decision("take", place=None, disclosure=""))
    place = Address("hiring", "staff-mix")
    taken = decide(field, first, Decision("take", place=place, disclosure="confirm"))
    [note] = notes(field)
    assert (note.id, note.body, note.item) == (taken.stored, "職員は12名。", first.id)
    assert str(note.speaker) == "情報経営部 課長 山田太郎"
    assert [item.text for item in waiting(field)] == ["題", second.text]


def test_the_material_that_a_memo_names_goes_with_the_note(field: Settings, tmp_path: Path) -> None:
    from fieldvisit.actions.materials import add_material

    add_material(field, "chiba-1", Material("", 0, "計画"), None)
    [item] = read(field, saved(tmp_path, "効果は300時間。（資料1 p.7）")).items
    decide(field, item, Decision("take", place=Address("ai-rpa"), disclosure="confirm"))
    [note] = notes(field)
    assert (note.body, note.material, note.page) == ("効果は300時間。", 1, "7")


def test_the_same_memo_proposes_nothing_and_another_with_its_words_says_so(
    field: Settings, tmp_path: Path
) -> None:
    add_note(field, "chiba-1", "職員は12名。", NoteFields(place="unsorted"))
    path = saved(tmp_path, "題\n\n職員は12名。\n\n研修は年2回。")
    found = read(field, path)
    assert ["known" in item.reasons for item in found.items] == [False, True, False]
    again = read(field, path)
    assert ({item.id for item in again.items}, again.reading.proposed.items) == (
        {item.id for item in found.items}, (),
    )  # fmt: skip
    undo(field, None)
    assert len(read(field, path).items) == 3


def test_a_memo_needs_a_visit(field: Settings, tmp_path: Path) -> None:
    path = saved(tmp_path, "職員は12名。")
    with pytest.raises(WrongUsage, match="which visit"):
        read_files(field, [path], Arrival(kind="memo"))
    with pytest.raises(NotFound):
        read_files(field, [path], Arrival("otsu-1", "memo"))
