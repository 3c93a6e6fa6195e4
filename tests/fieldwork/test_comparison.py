"""The comparison: a cell for every question and city, and in it what stands there."""

from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.comparison import CityInputs, ComparedCity, compare
from fieldvisit.fieldwork.coverage import CoverageInputs, cover
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.states import Counts, Mark
from fieldvisit.fieldwork.visit import Visit

CITY = City("121002", "千葉県", "千葉市", "ちばし", "chiba")


def topic(key: str, *questions: Question, was: tuple[str, ...] = ()) -> Topic:
    return Topic(key, 1, Words(key), was=was, questions=questions)


def question(key: str, *was: str, classes: tuple[str, ...] = ()) -> Question:
    return Question(key, 1, Words(key), was=was, classes=classes)


OLD = Guide("g", "1", Words("g"), topics=(topic("a", question("x"), question("y")), topic("other")))
NEW = Guide(
    "g",
    "2",
    Words("g"),
    topics=(
        topic("b", question("x2", "a/x"), question("y"), question("z"), was=("a",)),
        topic("other"),
    ),
)


def note(name: str, place: str, kind: str = "quote", visit: str | None = "1") -> Note:
    places = tuple(Address.read(one) for one in place.split()) if place else ()
    return Note(name, name, "121002", visit, kind, name, "public", "t", places)


def mark(visit: str, place: str, state: str) -> Mark:
    return Mark(visit, Address.read(place), state, "理由")


def column(
    notes: list[Note],
    marks: list[Mark] | None = None,
    guides: dict[str, Guide] | None = None,
    key: str = "b",
    audience: str = "all",
) -> ComparedCity:
    """The city's column under a topic; ``guides`` are those of its visits."""
    crosswalk = Crosswalk([NEW, OLD])
    attributes = frozenset({"designated-city"})
    visits = []
    for visit_id, guide in (guides if guides is not None else {"1": NEW}).items():
        visit = Visit(visit_id, f"chiba-{visit_id}", "121002")
        here = tuple(n for n in notes if n.visit_id in (None, visit_id))
        there = tuple(m for m in marks or [] if m.visit_id == visit_id)
        visits.append(
            cover(CoverageInputs(visit, CITY, (guide,), attributes, here, there), crosswalk, "all")
        )
    inputs = CityInputs(CITY, tuple(visits), attributes, tuple(notes))
    found = crosswalk.topic(key)
    assert found
    (compared,) = compare([found], [inputs], crosswalk, audience).topics
    return compared.cities[0]


def cells(found: ComparedCity) -> list[tuple[str, str, list[str]]]:
    return [
        (
            cell.question.key if cell.question else "-",
            cell.standing.state,
            [n.id for n in cell.notes],
        )
        for cell in found.cells
    ]


def test_every_question_has_a_cell_and_every_note_its_places() -> None:
    found = column([note("m", "b/x2 b/z"), note("n", "b"), note("unsorted", "")])
    assert cells(found) == [
        ("-", "answered", ["n"]),
        ("x2", "answered", ["m"]),
        ("y", "open", []),
        ("z", "answered", ["m"]),
    ]
    assert found.state == "answered"
    assert found.counts == Counts(answered=2, asked=3, open=1)


def test_renamed_questions_meet_in_one_row() -> None:
    found = column(
        [note("old", "a/x"), note("new", "b/x2", visit="2")], guides={"1": OLD, "2": NEW}
    )
    assert cells(found)[0] == ("x2", "answered", ["old", "new"])
    assert [visit.handle for visit in found.visits] == ["chiba-1", "chiba-2"]


def test_a_note_filed_under_both_names_stands_once_in_the_cell() -> None:
    assert cells(column([note("n", "a/x b/x2")]))[0] == ("x2", "answered", ["n"])


def test_the_best_standing_of_several_visits_is_the_citys() -> None:
    guides = {"1": NEW, "2": NEW}
    marks = [mark("1", "b/x2", "declined"), mark("1", "b/y", "declined"),
             mark("2", "b/y", "to-follow")]  # fmt: skip
    found = column([note("n", "b/x2", visit="2")], marks, guides)
    assert cells(found) == [
        ("x2", "answered", ["n"]),
        ("y", "to-follow", []),
        ("z", "open", []),
    ]


def test_an_answer_that_is_still_to_follow_elsewhere_counts_as_answered() -> None:
    guides = {"1": NEW, "2": NEW}
    found = column([note("n", "b/x2")], [mark("1", "b/x2", "to-follow")], guides)
    assert cells(found)[0] == ("x2", "to-follow", ["n"])
    assert (found.state, found.counts.answered, found.counts.to_follow) == ("answered", 1, 1)


def test_a_city_that_was_not_asked_under_the_topic_says_so() -> None:
    elsewhere = Guide("h", "1", Words("h"), topics=(topic("q"),))
    found = column([], guides={"1": elsewhere})
    assert found.state == "not-asked"
    assert {state for _, state, _ in cells(found)} == {"not-asked"}
    desk = column([note("d", "b/y", "desk", None)], guides={"1": elsewhere})
    assert cells(desk)[1] == ("y", "desk-only", ["d"])


def test_an_answer_under_a_topic_that_the_guide_lacks_is_an_answer() -> None:
    elsewhere = Guide("h", "1", Words("h"), topics=(topic("q"),))
    found = column([note("n", "b/y")], guides={"1": elsewhere})
    assert (found.state, found.counts) == ("answered", Counts(answered=1, asked=3))
    assert [state for _, state, _ in cells(found)] == ["not-asked", "answered", "not-asked"]


def test_a_city_without_a_visit_shows_its_desk_notes() -> None:
    found = column([note("d", "b/y", "desk", None)], guides={})
    assert [state for _, state, _ in cells(found)] == ["open", "desk-only", "open"]
    general = column([note("d", "b", "desk", None)], guides={})
    assert general.state == "desk-only"
    assert cells(general)[0] == ("-", "desk-only", ["d"])
    assert general.visits == ()


def test_a_topic_without_questions_has_one_cell() -> None:
    assert cells(column([note("n", "other")], key="other")) == [("-", "answered", ["n"])]
    assert cells(column([], key="other")) == [("-", "open", [])]


def test_the_public_reads_no_confidential_reason_in_state_cells_or_counts() -> None:
    quiet = [column([], [mark("1", "b/x2", state)], audience="public")
             for state in ("withheld", "declined", "not-asked", "no-answer")]  # fmt: skip
    quiet.append(column([], audience="public"))
    assert {found.state for found in quiet} == {"not-stated"}
    assert all(found.cells == quiet[0].cells for found in quiet)
    assert all(found.counts == quiet[0].counts for found in quiet)
    assert quiet[0].cells[0].standing.reason == ""
