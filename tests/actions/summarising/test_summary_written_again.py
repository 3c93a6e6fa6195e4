"""A summary that is written again: it opens only by word, and rests on what was chosen for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldvisit.actions.summarising.store_summaries import store_summaries
from fieldvisit.actions.summarising.summary_sheet import open_sheet, read_sheet
from fieldvisit.actions.summarising.write_summary import delete_summary
from fieldvisit.actions.write_note import delete_note, edit_note
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from matrix_files import came_back, exported
from summarised import PLACE, listed, noted, past, summed, texts, why_stale

P = NoteFields
Again = Callable[[Settings, str], None]


def by_command(given: Settings, text: str) -> None:
    summed(given, text)


def by_file(given: Settings, text: str) -> None:
    sheet = exported(given, audience="all")
    sheet.row("千葉市", "status")["summary"] = text
    found = came_back(given, sheet.saved(given.study().folder.parent / "again.csv"))
    assert (len(found.stored), found.strays) == (1, ())


def by_editor(given: Settings, text: str) -> None:
    standing = texts(given)[0]
    with open_sheet(given, [PLACE], ["千葉市"], "all") as opened:
        sheet = opened.start.replace(f"\n{standing}\n", f"\n{text}\n")
        opened.draft.path.write_text(sheet, "utf-8")
        found = store_summaries(given, "summary edit", *read_sheet(opened))
    assert (len(found.stored), found.strays) == (1, ())


@pytest.fixture(params=[by_command, by_file, by_editor])
def again(request: pytest.FixtureRequest) -> Again:
    found: Again = request.param
    return found


def level(given: Settings) -> str:
    return listed(given)[0].summary.disclosure


def resting(given: Settings) -> set[str]:
    return {note.handle for note in listed(given)[0].notes}


def handles(*notes: Note) -> set[str]:
    return {note.handle for note in notes}


@pytest.mark.parametrize("closed", ["confirm", "anonymous", "group", "off-record"])
def test_one_that_was_closed_by_hand_stays_closed(
    field: Settings, again: Again, closed: str
) -> None:
    noted(field, level="public")
    summed(field, "内輪向け。", level=closed)
    again(field, "内輪向けに。")
    assert level(field) == closed
    assert texts(field, "public") == []
    summed(field, "内輪向けに。", level="public")
    assert texts(field, "public") == ["内輪向けに。"]


def test_notes_that_were_opened_since_open_no_summary_unasked(
    field: Settings, again: Again
) -> None:
    note = noted(field, level="group")
    summed(field, "前の文。")
    edit_note(field, note.handle, None, P(disclosure="public"))
    again(field, "次の文。")
    assert level(field) == "group"
    assert summed(field, "次の文。", level="public").summary.disclosure == "public"


def test_one_whose_notes_were_closed_is_as_closed(field: Settings, again: Again) -> None:
    note = noted(field, level="public")
    summed(field, "前の文。")
    edit_note(field, note.handle, None, P(disclosure="group"))
    again(field, "次の文。")
    assert level(field) == "group"


def test_a_new_one_in_place_of_a_deleted_one_opens_no_more_than_that(field: Settings) -> None:
    noted(field, level="public")
    summed(field, "前の文。", level="group")
    delete_summary(field, PLACE, city="千葉市")
    assert summed(field, "次の文。").summary.disclosure == "group"


def test_notes_that_were_chosen_stay_chosen(field: Settings, again: Again) -> None:
    noted(field, "公の話", "public")
    closed = noted(field, "内輪の話", place="hiring")
    remark = noted(field, "所見", "public", kind="remark")
    summed(field, "前の文。", notes=[closed.handle, remark.handle])
    again(field, "次の文。")
    assert resting(field) == handles(closed, remark)
    assert level(field) == "group"
    assert why_stale(field) == {"次の文。": set()}


def test_one_that_rests_on_a_part_of_its_cell_stays_as_open_as_that(
    field: Settings, again: Again
) -> None:
    chosen = noted(field, "公の話", "public")
    noted(field, "内輪の話")
    summed(field, "前の文。", notes=[chosen.handle])
    noted(field, "あとからの話")
    edit_note(field, chosen.handle, "直した公の話", P())
    again(field, "次の文。")
    assert (resting(field), level(field)) == (handles(chosen), "public")
    assert why_stale(field) == {"次の文。": set()}


def test_one_that_rests_on_its_whole_cell_takes_what_came_since(
    field: Settings, again: Again
) -> None:
    notes = [noted(field, "一"), noted(field, "二")]
    summed(field, "前の文。", notes=[note.handle for note in notes])
    notes.append(noted(field, "三"))
    again(field, "次の文。")
    assert resting(field) == handles(*notes)


def test_chosen_notes_that_are_gone_leave_the_others(field: Settings, again: Again) -> None:
    here = noted(field, "公の話", "public")
    first, second = (noted(field, body, place="hiring") for body in ("内輪一", "内輪二"))
    summed(field, "前の文。", notes=[first.handle, second.handle])
    delete_note(field, first.handle)
    again(field, "次の文。")
    assert resting(field) == handles(second)
    delete_note(field, second.handle)
    again(field, "その次の文。")
    assert (resting(field), level(field)) == (handles(here), "group")


def test_what_was_changed_elsewhere_and_not_shown_stays_to_be_looked_at(field: Settings) -> None:
    noted(field)
    elsewhere = noted(field, "内輪の話", place="hiring")
    summed(field, "前の文。", notes=[elsewhere.handle])
    edit_note(field, elsewhere.handle, "別の話", P())
    by_file(field, "次の文。")
    assert why_stale(field) == {"次の文。": {("changed", elsewhere.handle)}}
    summed(field, "次の文。")
    assert why_stale(field) == {"次の文。": set()}


@pytest.mark.parametrize("narrowed", [("-k", "statement"), ("-t", "要点")])
def test_a_narrowed_file_takes_no_note_from_under_a_summary(
    field: Settings, tmp_path: Path, narrowed: tuple[str, ...]
) -> None:
    shown = noted(field, "公の話", "public", tags=("要点",))
    hidden = noted(field, "内輪の話", kind="reply")
    summed(field, "両方による。")
    new = noted(field, "あとからの話", "public", tags=("要点",))
    missed = noted(field, "見ていない話", "public", kind="reply")
    sheet = exported(field, "ai-rpa", *narrowed)
    sheet.row("千葉市", "status")["summary"] = "両方によります。"
    assert len(came_back(field, sheet.saved(tmp_path / "a.csv")).stored) == 1
    assert (resting(field), level(field)) == (handles(shown, hidden, new), "group")
    assert why_stale(field) == {"両方によります。": {("new", missed.handle)}}


def test_a_narrowed_file_leaves_what_was_only_known(field: Settings, tmp_path: Path) -> None:
    chosen = noted(field, "公の話", "public")
    noted(field, "内輪の話", kind="reply")
    summed(field, "前の文。", notes=[chosen.handle])
    sheet = exported(field, "ai-rpa", "-k", "statement")
    sheet.row("千葉市", "status")["summary"] = "次の文。"
    assert len(came_back(field, sheet.saved(tmp_path / "a.csv")).stored) == 1
    assert (resting(field), level(field)) == (handles(chosen), "public")
    assert why_stale(field) == {"次の文。": set()}


def test_what_a_narrowed_file_hid_closes_the_summary_if_it_was_closed_since(
    field: Settings, tmp_path: Path
) -> None:
    shown = noted(field, "公の話", "public")
    hidden = noted(field, "名前を挙げた話", "public", kind="reply")
    summed(field, "名前を挙げた文。")
    sheet = exported(field, "ai-rpa", "-k", "statement")
    sheet.row("千葉市", "status")["summary"] = "名前を挙げた次の文。"
    path = sheet.saved(tmp_path / "a.csv")
    edit_note(field, hidden.handle, None, P(disclosure="off-record"))
    assert len(came_back(field, path).stored) == 1
    assert (resting(field), level(field)) == (handles(shown, hidden), "off-record")
    assert (texts(field, "group"), past(field, "group")) == ([], [])
