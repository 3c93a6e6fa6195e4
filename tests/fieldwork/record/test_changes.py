from hypothesis import given

from exchange.record_sheets import MIX, PEOPLE, SHEET
from fieldvisit.fieldwork.record.changes import changes, people_now
from fieldvisit.fieldwork.record.sheet import Person, ReadBlock, ReadSheet
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant

YAMADA, SUZUKI = SHEET.people
ROWS = (Person("情報経営部", "課長", "山田"), Person("", "", "鈴木", OURS))


def row(person: Participant) -> Person:
    return Person(person.department, person.position, person.name, person.side)


@given(PEOPLE)
def test_the_same_rows_are_no_change(people: tuple[Participant, ...]) -> None:
    rows = [row(p) for p in people if (p.name + p.department + p.position).strip()]
    assert people_now(people, rows) is None


@given(PEOPLE, PEOPLE)
def test_every_row_becomes_one_person_and_no_id_is_given_twice(
    before: tuple[Participant, ...], after: tuple[Participant, ...]
) -> None:
    known = [
        Participant(f"p{i}", p.side, p.name, p.department, p.position) for i, p in enumerate(before)
    ]
    result = people_now(known, [row(p) for p in after])
    if result is None:
        return
    assert len(result) == len(after)
    ids = [p.person_id for p in result if p.person_id]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {p.person_id for p in known}


def test_a_person_is_known_again_by_name_in_another_role() -> None:
    result = people_now(SHEET.people, (Person("総務部", "部長", "山 田"), ROWS[1]))
    assert result == (Participant("p1", THEIRS, "山 田", "総務部", "部長"), SUZUKI)


def test_a_person_is_known_again_by_the_role_under_another_name() -> None:
    result = people_now(SHEET.people, (Person("情報経営部", "課長", "山田太郎"), ROWS[1]))
    assert result == (Participant("p1", THEIRS, "山田太郎", "情報経営部", "課長"), SUZUKI)


def test_one_of_two_with_the_same_name_keeps_the_right_id() -> None:
    other = Participant("p3", THEIRS, "山田", "総務部", "係長")
    result = people_now((YAMADA, other), (Person("総務部", "係長", "山田"),))
    assert result == (other,)


def test_a_new_row_has_no_id_and_a_row_taken_out_is_gone() -> None:
    result = people_now(SHEET.people, (ROWS[0], Person("", "係長", "")))
    assert result == (YAMADA, Participant("", THEIRS, "", "", "係長"))


def test_another_side_is_a_change() -> None:
    result = people_now((SUZUKI,), (Person("", "", "鈴木", THEIRS),))
    assert result == (Participant("p2", THEIRS, "鈴木"),)


def test_a_note_without_kind_or_disclosure_gets_the_usual_ones() -> None:
    blocks = (
        ReadBlock(MIX, "", "", "", "x"),
        ReadBlock(MIX, "", "remark", "", "y"),
        ReadBlock(MIX, "", "remark", "public", "z"),
    )
    result = changes(SHEET, ReadSheet(SHEET.visit_id, ROWS, blocks))
    assert [(b.kind, b.disclosure) for b in result.added] == [
        ("statement", "confirm"),
        ("remark", "group"),
        ("remark", "public"),
    ]
    assert len(result.removed) == 2
    assert result


def test_nothing_to_store_is_false() -> None:
    blocks = tuple(
        ReadBlock(at, note.handle, "", "", note.body) for at, note in SHEET.placed_notes()
    )
    assert not changes(SHEET, ReadSheet(SHEET.visit_id, ROWS, blocks))
