"""The comparison of a whole study: its topics, its cities, and what was chosen of them."""

from actions.compared import bodies, cities, compared
from fieldvisit.actions.compare import Choice, compare
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.write_note import add_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


def test_topics_stand_as_in_the_guide_and_cities_by_code(field: Settings) -> None:
    add_note(field, "大津市", "x", P(kind="desk", place="hiring"))
    found = compared(field, Choice())
    assert [topic.topic.key for topic in found.topics] == [
        "hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security", "other",
    ]  # fmt: skip
    assert cities(found) == ["千葉市", "大津市", "姫路市"]


def test_notes_of_a_cancelled_visit_stand_in_no_comparison(field: Settings) -> None:
    add_visits(field, ["千葉市"], VisitFields(first_day="2019-11-01"))
    add_note(field, "chiba-1", "取りやめた回の話", P(place="hiring/training"))
    edit_visit(field, "chiba-1", VisitFields(status="cancelled"))
    found = compared(field, Choice(topics=("hiring",)))
    assert bodies(found, "hiring")["千葉市"] == []
    assert found.topics[0].cities[0].state == "open"


def test_a_city_that_was_named_has_a_column_also_without_anything(field: Settings) -> None:
    found = compared(field, Choice(topics=("hiring",), cities=("西予市", "千葉市")))
    assert cities(found) == ["千葉市", "西予市"]
    assert found.topics[0].cities[1].state == "open"


def test_topics_and_cities_can_be_chosen_and_stand_in_their_order(field: Settings) -> None:
    found = compared(field, Choice(topics=("6", "AI・RPA", "security"), cities=("himeji",)))
    assert [topic.topic.key for topic in found.topics] == ["ai-rpa", "security"]
    assert cities(found) == ["姫路市"]


def test_cities_of_one_class_on_the_day_of_the_visit(field: Settings) -> None:
    add_visits(field, ["大津市"], VisitFields(first_day="2019-10-01"))
    assert cities(compared(field, Choice(city_class="designated-city"))) == ["千葉市"]
    assert cities(compared(field, Choice(city_class="core-city"))) == ["大津市", "姫路市"]
    assert compared(field, Choice(city_class="village")).topics[0].cities == ()


def test_a_note_under_a_topic_of_no_guide_in_use_is_compared_all_the_same(field: Settings) -> None:
    add_note(field, "chiba-1", "x", P(place="themes", kind="desk", disclosure="group"))
    assert bodies(compared(field, Choice(), "group"), "themes")["千葉市"] == ["x"]
    assert "themes" not in [t.topic.key for t in compared(field, Choice(), "public").topics]


def test_a_note_whose_question_no_guide_has_any_more_still_has_a_row(study: Settings) -> None:
    guide = study.study().guides / "it-workforce.yaml"
    add_note(study, "千葉市", "公表資料", NoteFields(place="ai-rpa/effect", kind="desk"))
    add_note(study, "千葉市", "意見", NoteFields(place="themes", kind="desk"))
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("question: effect", "question: outcome"), encoding="utf-8")
    (study.study().guides / "exchange-of-views.yaml").unlink()
    comparison, _register, _held_back = compare(study, Choice(), "group")
    found = {
        (topic.topic.key, cell.question.key if cell.question else "")
        for topic in comparison.topics
        for city in topic.cities
        for cell in city.cells
        if cell.notes
    }
    assert found == {("ai-rpa", "effect"), ("themes", "")}
