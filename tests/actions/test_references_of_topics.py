"""What a person types to name a topic or a question."""

from collections.abc import Callable

import pytest

from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.show import notes
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import Ambiguous, NotFound
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, NoteFilter, VisitFields
from fieldvisit.study.references import find_address, find_visit
from fieldvisit.study.view import viewing

P = NoteFields
SURROGATE = "千葉\udcff"


def address(given: Settings, typed: str, of: str = "") -> str:
    with viewing(given, "all") as view:
        return str(find_address(view, typed, find_visit(view, of) if of else None))


@pytest.mark.parametrize("of", ["", "chiba-1"])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ai-rpa", "ai-rpa"),
        ("AI-RPA", "ai-rpa"),
        ("4", "ai-rpa"),
        ("４", "ai-rpa"),
        ("④", "ai-rpa"),
        ("AIやRPAの活用状況", "ai-rpa"),
        ("AI・RPA", "ai-rpa"),
        ("ＡＩ・ＲＰＡ", "ai-rpa"),
        ("ai and rpa", "ai-rpa"),
        ("Use of AI and RPA", "ai-rpa"),
        ("その他", "other"),
        ("ai-rpa/effect", "ai-rpa/effect"),
        ("4/3", "ai-rpa/effect"),
        ("４／３", "ai-rpa/effect"),
        ("④/③", "ai-rpa/effect"),
        (" 4 / 3 ", "ai-rpa/effect"),
        ("AI・RPA/3", "ai-rpa/effect"),
        ("4/effect", "ai-rpa/effect"),
    ],
)
def test_topics_and_questions_go_by_key_number_and_title(
    field: Settings, typed: str, expected: str, of: str
) -> None:
    assert address(field, typed, of) == expected


@pytest.mark.parametrize("of", ["", "chiba-1"])
@pytest.mark.parametrize(
    "typed",
    ["", "/", "0", "8", "-1", "4/", "4/0", "4/99", "nothing", "ai-rpa/nothing", "/1", "ai", "4/3/1",
     "ai-rpa/extra-1", SURROGATE, "\0", "四"],
)  # fmt: skip
def test_what_is_no_topic_or_question_is_refused(field: Settings, typed: str, of: str) -> None:
    with pytest.raises(NotFound) as caught:
        address(field, typed, of)
    assert caught.value.hint


def test_every_title_in_the_shipped_guides_finds_its_topic(field: Settings) -> None:
    edit_visit(field, "himeji-1", VisitFields(guides=("exchange-of-views",)))
    with viewing(field, "all") as view:
        for guide in view.guides.in_use(view.study, view.visits):
            for topic in guide.topics:
                for words in (topic.title, topic.short):
                    for typed in filter(None, (words.ja, words.en)):
                        assert find_address(view, typed).topic == topic.key


def test_numbers_are_refused_where_several_guides_could_be_meant(field: Settings) -> None:
    edit_visit(field, "himeji-1", VisitFields(guides=("exchange-of-views",)))
    for typed in ("1", "7", "1/2", "７"):
        with pytest.raises(Ambiguous, match="number in several guides"):
            address(field, typed)
    with pytest.raises(Ambiguous) as refused:
        address(field, "1/1")
    assert "hiring/1" in refused.value.hint
    assert "themes/1" in refused.value.hint
    assert address(field, "1", "himeji-1") == "themes"
    assert address(field, "1", "chiba-1") == "hiring"
    assert address(field, "themes/1") == "themes/digital-talent"
    with pytest.raises(NotFound):
        address(field, "7", "himeji-1")


def test_a_topic_of_a_guide_that_nobody_uses_yet_goes_by_name_only(field: Settings) -> None:
    assert address(field, "themes", "chiba-1") == "themes"
    assert address(field, "意見交換") == "themes"


GUIDE = """\
guide: own
version: "1"
title: {ja: 表題, en: Title}
topics:
  - topic: staff
    title: {ja: 職員/給与, en: Staff}
    questions:
      - question: number
        ask: {ja: 何人ですか。, en: How many?}
"""
RENAMED = (
    GUIDE.replace("topic: staff", "topic: people\n    was: [staff]")
    .replace("question: number", "question: headcount\n        was: [staff/number]")
)  # fmt: skip


@pytest.fixture
def renamed(fresh_study: Callable[[], Settings]) -> Settings:
    """chiba-1 keeps the guide in which `people/headcount` still was `staff/number`."""
    given = fresh_study()
    path = given.study().guides / "own.yaml"
    path.write_text(GUIDE, encoding="utf-8")
    add_visits(given, ["千葉市", "姫路市"], VisitFields(guides=("own",)))
    add_note(given, "chiba-1", "42人", P(place="staff/number"))
    path.write_text(RENAMED, encoding="utf-8")
    return given


def test_a_title_may_hold_a_slash(renamed: Settings) -> None:
    for typed in ("職員/給与", "職員／給与"):
        assert address(renamed, typed, "chiba-1") == "staff"
        assert address(renamed, typed, "himeji-1") == "people"
        assert address(renamed, typed) == "people"
    assert address(renamed, "職員/給与/1", "himeji-1") == "people/headcount"


@pytest.mark.parametrize("typed", ["staff/number", "people/headcount", "people/1", "staff/1"])
def test_old_and_new_names_meet(renamed: Settings, typed: str) -> None:
    assert address(renamed, typed) == "people/headcount"
    topic_alone = typed.partition("/")[0]
    assert address(renamed, topic_alone) == "people"
    assert address(renamed, typed, "himeji-1") == "people/headcount"
    for visit_typed in ("", "chiba-1"):
        for topic in (typed, topic_alone):
            wanted = NoteFilter(visit=visit_typed, topic=topic)
            if not (visit_typed and "people" in topic):
                assert [n.body for n in notes(renamed, wanted, "all")[0]] == ["42人"]


def test_the_topics_are_listed_once_though_versions_differ(field: Settings) -> None:
    add_note(field, "chiba-1", "x", NoteFields(place="hiring"))
    path = field.study().guides / "it-workforce.yaml"
    path.write_text(path.read_text("utf-8").replace('version: "', 'version: "2.'), "utf-8")
    add_note(field, "himeji-1", "x", NoteFields(place="hiring"))
    with viewing(field, "all") as view, pytest.raises(NotFound) as refusal:
        find_address(view, "nosuch")
    assert refusal.value.hint.count("hiring") == 1
