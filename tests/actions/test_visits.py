"""`visit ask`: what goes ahead, is asked, is left out, and questions of one visit only."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import waiting
from actions.own_guide import SECOND, states, write
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.coverage import ask_questions, coverage, preparation, status
from fieldvisit.actions.make_study import add_study_group, edit_study
from fieldvisit.actions.materials import add_material, materials
from fieldvisit.actions.plan_visits import add_visits, edit_visit, remove_visit
from fieldvisit.actions.review import Decision, decide
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.show import note as read_note
from fieldvisit.actions.undo import undo
from fieldvisit.actions.write_note import add_note, delete_note, edit_note
from fieldvisit.documents import city_sheet, field_sheet
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Heading
from fieldvisit.errors import BadText, DatabaseTrouble, NotFound, Refused, StillInUse
from fieldvisit.exchange.returned_files import read_file
from fieldvisit.fieldwork.coverage import Preparation
from fieldvisit.fieldwork.visit import Material, Visit
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import viewing
from returned_sheets import marks, notes


def stored(given: Settings) -> dict[str, Visit]:
    with reading(given.study().database) as connection:
        return {visit.handle: visit for visit in queries.visits(connection)}


def test_a_visit_starts_with_what_the_study_says(study: Settings) -> None:
    add_study_group(study, "WG", "ワーキンググループ")
    edit_study(study, {}, {"study_groups": ["WG"], "interviewers": ["佐藤"]})
    (visit,) = add_visits(study, ["千葉市"], VisitFields(first_day="2019-10-21", mode="online"))
    assert stored(study) == {"chiba-1": replace(visit, seq=1)}
    assert ([g.slug for g in visit.guides], visit.study_groups) == (["it-workforce"], ("WG",))
    assert [p.name for p in visit.interviewers] == ["佐藤"]
    assert (visit.mode, visit.status, visit.keeps_its_guides) == ("online", "planned", False)


def test_visits_to_one_city_are_counted_on_and_numbers_are_not_given_again(
    study: Settings,
) -> None:
    made = add_visits(study, ["千葉市", "12100", "chiba", "姫路市"], VisitFields())
    assert [visit.handle for visit in made] == ["chiba-1", "chiba-2", "chiba-3", "himeji-1"]
    remove_visit(study, "chiba-3")
    (after,) = add_visits(study, ["ちばし"], VisitFields())
    assert after.handle == "chiba-4"


def test_people_are_known_again_across_the_visits_of_one_command(study: Settings) -> None:
    plan = VisitFields(interviewers=("佐藤",), respondents=("情報経営部/課長/山田",))
    first, second, other = add_visits(study, ["千葉市", "千葉市", "姫路市"], plan)
    assert len({v.interviewers[0].person_id for v in (first, second, other)}) == 1
    assert first.respondents == second.respondents
    assert other.respondents[0].person_id != first.respondents[0].person_id


def test_an_edit_changes_what_it_says_and_adds_people(field: Settings) -> None:
    before = stored(field)["chiba-1"]
    edit = VisitFields(place="市役所", status="held", respondents=("総務部/部長/高橋",))
    after = edit_visit(field, "chiba-1", edit)
    assert (after.place, after.status, after.first_day) == ("市役所", "held", before.first_day)
    named = ["情報経営部 課長 山田太郎", "情報経営部 係長", "総務部 部長 高橋"]
    assert [str(p) for p in after.respondents] == named
    assert after.interviewers == before.interviewers
    assert stored(field)["himeji-1"].place == ""


def test_somebody_leaves_who_said_nothing_there(field: Settings) -> None:
    known = VisitFields(respondents=("情報経営部/課長/山田太郎",))
    (second,) = add_visits(field, ["千葉市"], known)
    note = add_note(field, "chiba-1", "x", NoteFields(said_by="山田太郎"))
    with pytest.raises(StillInUse, match=note.handle):
        edit_visit(field, "chiba-1", VisitFields(leaving=("山田太郎",)))
    assert edit_visit(field, second.handle, VisitFields(leaving=("山田太郎",))).respondents == ()
    delete_note(field, note.handle)
    left = edit_visit(field, "chiba-1", VisitFields(leaving=("山田太郎", "課長")))
    assert [p.position for p in left.respondents] == ["係長"]


def test_two_of_one_name_stay_two_and_a_known_one_is_completed(study: Settings) -> None:
    plan = VisitFields(respondents=("人事課//田中", "情報課//田中", "//鈴木"))
    add_visits(study, ["千葉市"], plan)
    edit_visit(study, "chiba-1", VisitFields(respondents=("財政課//田中", "人事課/係長/鈴木")))
    people = stored(study)["chiba-1"].respondents
    assert [(p.department, p.position, p.name) for p in people] == [
        ("人事課", "", "田中"), ("情報課", "", "田中"), ("人事課", "係長", "鈴木"),
        ("財政課", "", "田中"),
    ]  # fmt: skip
    assert len({p.person_id for p in people}) == len(people)


def test_a_visit_stays_while_something_of_it_waits(field: Settings) -> None:
    (piece,) = waiting.store(field, waiting.item(1, "課内の話"))
    with pytest.raises(StillInUse, match="1 item waits"):
        remove_visit(field, "chiba-1")
    decide(field, piece, Decision("drop"))
    assert remove_visit(field, "chiba-1").deleted


def test_a_guide_that_is_kept_does_not_go_unnoticed(study: Settings) -> None:
    add_visits(study, ["千葉市"], VisitFields())
    add_note(study, "chiba-1", "話", NoteFields(place="hiring"))
    before = stored(study)
    with pytest.raises(StillInUse, match="it-workforce") as caught:
        edit_visit(study, "chiba-1", VisitFields(guides=("exchange-of-views",)))
    assert "--guide it-workforce --guide exchange-of-views" in caught.value.hint
    assert stored(study) == before
    edit_visit(study, "chiba-1", VisitFields(guides=("exchange-of-views", "it-workforce")))
    slugs = [guide.slug for guide in stored(study)["chiba-1"].guides]
    assert slugs == ["exchange-of-views", "it-workforce"]


P = NoteFields


def headings(
    given: Settings, sheet: Callable[[Preparation], Document], visit: str = "chiba-1"
) -> list[str]:
    with viewing(given, "group") as view:
        found = preparation(view, find_visit(view, visit))
    return [block.text for block in sheet(found).page().blocks if isinstance(block, Heading)]


def asked(given: Settings, sheet: Callable[[Preparation], Document], number: str) -> bool:
    return any(text.startswith(f"{number} ") for text in headings(given, sheet))


def test_what_is_chosen_stands_on_the_sheets(field: Settings) -> None:
    assert not asked(field, city_sheet.questions, "1/6")
    assert asked(field, city_sheet.questions, "1/1")
    ask_questions(field, "chiba-1", {"1/6": "send", "1/1": "ask", "4/2": "skip"})
    assert asked(field, city_sheet.questions, "1/6")
    assert not asked(field, city_sheet.questions, "1/1")
    assert asked(field, field_sheet.document, "1/1")
    assert not asked(field, field_sheet.document, "4/2")
    assert states(field)["ai-rpa/selection"] == "not-asked"
    ask_questions(field, "chiba-1", {"1/6": None, "1/1": None, "4/2": None})
    assert stored(field)["chiba-1"].questions == ()
    assert asked(field, field_sheet.document, "4/2")
    ask_questions(field, "chiba-1", {"4/2": "skip"})
    add_note(field, "chiba-1", "答えてくれた", P(place="4/2"))
    assert states(field)["ai-rpa/selection"] == "answered"


def test_a_sensitive_question_is_never_sent(field: Settings) -> None:
    before = field.study().database.read_bytes()
    for typed in ("ai-rpa/dropped", "ai-rpa"):
        with pytest.raises(Refused, match="sensitive"):
            ask_questions(field, "chiba-1", {typed: "send"})
    assert field.study().database.read_bytes() == before


def test_questions_of_one_visit_have_names_of_their_own(field: Settings) -> None:
    _v, (first,) = ask_questions(field, "chiba-1", {}, [("4", "生成AIの規程はありますか。")])
    _v, (second,) = ask_questions(field, "himeji-1", {}, [("ai-rpa", "チャットはありますか。")])
    assert (str(first), str(second)) == ("ai-rpa/extra-1", "ai-rpa/extra-2")
    assert states(field)["ai-rpa/extra-1"] == "open"
    assert "ai-rpa/extra-2" not in states(field)
    assert any("生成AIの規程" in text for text in headings(field, field_sheet.document))
    assert not any("生成AIの規程" in text for text in headings(field, city_sheet.questions))
    ask_questions(field, "chiba-1", {}, [("ai-rpa", "予算はありますか。")])
    decided, _new = ask_questions(field, "chiba-1", {"ai-rpa/extra-1": "send"})
    assert [one.address.question for one in decided.questions] == ["extra-1", "extra-3"]
    assert any("生成AIの規程" in text for text in headings(field, city_sheet.questions))
    add_note(field, "chiba-1", "ある。", P(place="ai-rpa/extra-1"))
    found, _register, _held = compare(field, Choice(topics=("ai-rpa",)), "all")
    (topic,) = found.topics
    question = next(q for q in topic.topic.questions if q.key == "extra-1")
    assert question.ask.ja == "生成AIの規程はありますか。"
    cell = next(c for c in topic.cities[0].cells if c.question and c.question.key == "extra-1")
    assert [note.body for note in cell.notes] == ["ある。"]
    with viewing(field, "all") as view:
        assert str(find_address(view, "ai-rpa/extra-1")) == "ai-rpa/extra-1"


@pytest.mark.parametrize("topic", ["themes", "ai-rpa/status", "nowhere"])
def test_a_new_question_belongs_to_a_topic_of_the_visit(field: Settings, topic: str) -> None:
    with pytest.raises(NotFound):
        ask_questions(field, "chiba-1", {}, [(topic, "もう一つ")])
    assert stored(field)["chiba-1"].questions == ()


def material(title: str = "組織図", **more: str) -> Material:
    return Material("", 0, title, **more)  # type: ignore[arg-type] # text alone


def labels(given: Settings, audience: str = "all", visit: str = "chiba-1") -> list[int]:
    return [found.label for found in materials(given, visit, audience)[0]]


def test_materials_are_numbered_by_visit_and_no_number_is_given_again(field: Settings) -> None:
    given = [add_material(field, v, material(), None) for v in ("chiba-1", "chiba-1", "himeji-1")]
    assert [one.label for one in given] == [1, 2, 1]
    undo(field)
    undo(field)
    assert labels(field) == [1]
    assert add_material(field, "chiba-1", material("規程"), None).label == 3


def test_a_file_is_copied_whole_and_privately_with_its_hash(
    field: Settings, tmp_path: Path
) -> None:
    source = tmp_path / "../資料 １:?.pdf".replace("../", "")
    source.write_bytes(b"%PDF \x00 data")
    found = add_material(field, "chiba-1", material(), source)
    copy = field.study().folder / found.file
    assert copy.read_bytes() == source.read_bytes()
    assert found.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert found.named == source.name
    assert copy.parent == field.study().materials
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_that_is_there_already_is_never_written_over(
    field: Settings, tmp_path: Path
) -> None:
    source, folder = tmp_path / "資料.pdf", field.study().materials
    source.write_bytes(b"old")
    first = add_material(field, "chiba-1", material(), source)
    by_hand = folder / Path(first.file).name.replace("chiba-1-1-", "chiba-1-2-")
    by_hand.write_bytes(b"by hand")
    by_hand.with_name("chiba-1-2-資料.2.pdf").symlink_to(tmp_path / "none")
    source.write_bytes(b"new")
    second = add_material(field, "chiba-1", material(), source)
    kept = {path.read_bytes() for path in folder.iterdir() if path.exists()}
    assert kept == {b"old", b"by hand", b"new"}
    assert (field.study().folder / second.file).read_bytes() == b"new"
    assert second.label == 2


@pytest.mark.parametrize("where", ["storage.records.save", "storage.connection.connect"])
def test_a_material_that_cannot_be_entered_leaves_no_file(
    field: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    source = tmp_path / "資料.pdf"
    source.write_bytes(b"new")
    fails = _fails if where.endswith("save") else _fails_at_the_end
    monkeypatch.setattr(f"fieldvisit.{where}", fails)
    with pytest.raises(DatabaseTrouble):
        add_material(field, "chiba-1", material(), source)
    monkeypatch.undo()
    assert list(field.study().materials.iterdir()) == []
    assert labels(field) == []


def _fails(*_given: object) -> None:
    raise sqlite3.OperationalError("disk I/O error")


class _FailsAtTheEnd(sqlite3.Connection):
    def commit(self) -> None:
        _fails()


def _fails_at_the_end(path: Path, *, write: bool) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, factory=_FailsAtTheEnd)


def test_an_interrupt_in_the_commit_leaves_the_file_of_what_is_stored(
    field: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(sqlite3.Connection):
        def commit(self) -> None:
            super().commit()
            raise KeyboardInterrupt

    def connect(path: Path, *, write: bool) -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, factory=Interrupted)

    (tmp_path / "a.pdf").write_bytes(b"new")
    monkeypatch.setattr("fieldvisit.storage.connection.connect", connect)
    with pytest.raises(KeyboardInterrupt):
        add_material(field, "chiba-1", material(), tmp_path / "a.pdf")
    monkeypatch.undo()
    (found,) = materials(field, "chiba-1", "all")[0]
    assert (field.study().folder / found.file).read_bytes() == b"new"


def test_a_file_that_is_not_there_is_refused_and_nothing_is_entered(
    field: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"none\.pdf"):
        add_material(field, "chiba-1", material(), tmp_path / "none.pdf")
    with pytest.raises(BadText):
        add_material(field, "chiba-1", material(" "), None)
    if os.name == "posix":
        source = tmp_path / os.fsdecode(b"a\xff.md")
        source.write_bytes(b"x")
        with pytest.raises(Refused, match="not valid UTF-8"):
            add_material(field, "chiba-1", material(), source)
        with pytest.raises(Refused, match="not valid UTF-8"):
            read_file(source)
    assert labels(field) == []


def test_a_file_too_large_to_keep_is_only_named(
    field: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "録画.mp4"
    source.write_bytes(b"x" * 11)
    named = material(named="書庫の棚2")
    assert add_material(field, "chiba-1", named, source).named == "書庫の棚2"
    monkeypatch.setattr("fieldvisit.actions.materials.LARGEST_FILE", 10)
    with pytest.raises(Refused, match=r"録画\.mp4 cannot be read: it is larger") as refused:
        add_material(field, "chiba-1", named, source)
    assert "--named" in refused.value.hint
    assert labels(field) == [1]


def test_an_off_record_material_leaves_no_trace_on_notes_and_lists(field: Settings) -> None:
    for level in ("off-record", "public", "off-record"):
        add_material(field, "chiba-1", material("資料", disclosure=level), None)
    found = add_note(field, "chiba-1", "話", P(place="3/1", material=901, page="7"))
    assert labels(field, "group") == labels(field, "public") == [1]
    assert labels(field, "all") == [1, 901, 902]
    for audience in ("group", "public"):
        seen = [n for n in notes(field, audience) if n.handle == found.handle]
        assert all((note.material, note.page) == (0, "") for note in seen)
    assert read_note(field, found.handle, "all")[0].material == 901
    with pytest.raises(NotFound):
        add_note(field, "千葉市", "x", P(kind="desk", material=1))
    assert edit_note(field, found.handle, None, P(material=0, page="")).material == 0


def test_one_mark_goes_to_each_address_once(field: Settings) -> None:
    made = set_marks(field, "chiba-1", ["4/1", "ai-rpa/status", "other"], "declined", "理由")
    assert [str(mark.address) for mark in made] == ["ai-rpa/status", "other"]
    found = [(mark.state, mark.reason, mark.by) for mark in marks(field)]
    assert found == [("declined", "理由", "t")] * 2
    with pytest.raises(NotFound, match="themes") as caught:
        set_marks(field, "chiba-1", ["themes"], "declined")
    assert "1\u00a0hiring" in caught.value.hint
    assert len(marks(field)) == 2


def test_a_topic_and_its_question_have_marks_of_their_own(field: Settings) -> None:
    set_marks(field, "chiba-1", ["ai-rpa"], "not-asked")
    set_marks(field, "chiba-1", ["ai-rpa/effect"], "declined")
    assert (states(field)["ai-rpa/effect"], states(field)["ai-rpa/status"]) == (
        "declined", "not-asked",
    )  # fmt: skip
    add_note(field, "chiba-1", "x", NoteFields(place="ai-rpa/effect"))
    assert states(field)["ai-rpa/effect"] == "answered"
    set_marks(field, "chiba-1", ["ai-rpa/effect"], "to-follow", "", "2019-11-01")
    assert states(field)["ai-rpa/effect"] == "to-follow"
    undo(field)
    assert states(field)["ai-rpa/effect"] == "answered"


def test_what_is_to_follow_on_a_topic_is_seen_until_it_is_cleared(field: Settings) -> None:
    set_marks(field, "chiba-1", ["other", "hiring"], "to-follow", "", "2019-11-01")
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert [str(s.address) for s in found.owed] == ["other"]
    assert found.counts.to_follow == 1 + len(found.topics[0].questions)
    for question in found.topics[0].questions:
        add_note(field, "chiba-1", "答え", NoteFields(place=str(question.address)))
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert [str(s.address) for s in found.owed] == ["hiring", "other"]
    follow_up = status(field, "all")[0].follow_up()
    owed = [str(one.standing.address) for one in follow_up if one.standing]
    assert owed == ["hiring", "other"]
    set_marks(field, "chiba-1", ["other", "hiring"], "clear")
    ((found,), _) = coverage(field, ["chiba-1"], "all")
    assert (found.owed, found.counts.to_follow) == ((), 0)


def test_a_renamed_question_has_one_mark(own: Settings) -> None:
    set_marks(own, "chiba-1", ["staff/number"], "declined")
    write(own, SECOND)
    set_marks(own, "chiba-1", ["people/headcount"], "not-asked")
    assert [mark.state for mark in marks(own)] == ["not-asked"]
    set_marks(own, "chiba-1", ["people/headcount"], "clear")
    assert marks(own) == ()
