"""What a person types to name a city or a visit."""

import pytest

from actions.own_guide import FIRST, SECOND, write
from fieldvisit.actions.cities import add_city
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.actions.review import find_item
from fieldvisit.actions.show import notes
from fieldvisit.actions.write_note import add_note, delete_note
from fieldvisit.errors import Ambiguous, BadText, NotFound, Refused
from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import ids
from fieldvisit.study.fields import NoteFields, NoteFilter, VisitFields
from fieldvisit.study.references import (
    find_address,
    find_note,
    find_visit,
    find_visit_or_city,
)
from fieldvisit.study.view import viewing


def visit(given: Settings, typed: str) -> str:
    with viewing(given, "all") as view:
        return find_visit(view, typed).handle


def test_cities_of_one_name_are_told_apart_by_prefecture_or_code(study: Settings) -> None:
    ordinary = (CityAttribute("ordinary-city"),)
    for at, code in (("東京都", "13206"), ("広島県", "34208")):
        add_city(study, City(code, at, "府中市", "ふちゅうし", "fuchu", attributes=ordinary))
    made = add_visits(study, ["132063", "342084"], VisitFields())
    assert [v.handle for v in made] == ["fuchu-1", "fuchu-2"]
    assert visit(study, "広島県府中市") == "fuchu-2"
    with pytest.raises(Ambiguous):
        visit(study, "fuchu")


@pytest.mark.parametrize(
    "typed", ["chiba-1", "CHIBA-1", "ｃｈｉｂａ－1", " chiba-1 ", "千葉市", "12100"]
)
def test_a_visit_goes_by_its_handle_or_by_a_city_visited_once(field: Settings, typed: str) -> None:
    assert visit(field, typed) == "chiba-1"


def test_a_city_visited_twice_or_never_is_no_visit(field: Settings) -> None:
    add_visits(field, ["千葉市"], VisitFields())
    with pytest.raises(Ambiguous) as several:
        visit(field, "千葉市")
    assert "chiba-1, chiba-2" in several.value.hint
    with pytest.raises(NotFound, match="no visit to 大津市"):
        visit(field, "大津市")
    with pytest.raises(NotFound, match="no visit “chiba-3”") as unknown:
        visit(field, "chiba-3")
    assert "chiba-1" in unknown.value.hint


def test_a_handle_means_the_visit_and_a_city_means_the_city(field: Settings) -> None:
    with viewing(field, "all") as view:
        of_city, none = find_visit_or_city(view, "千葉市")
        of_visit, found = find_visit_or_city(view, "chiba-1")
        assert (of_city.code, none) == ("121002", None)
        assert found
        assert (of_visit.code, found.handle) == ("121002", "chiba-1")
        with pytest.raises(NotFound):
            find_visit_or_city(view, "chiba-7")


P = NoteFields


def note(given: Settings, typed: str, audience: str = "all") -> Note:
    with viewing(given, audience) as view:
        return find_note(view, typed)


def test_a_note_goes_by_its_handle_its_beginning_and_its_id(field: Settings) -> None:
    made, gone = (add_note(field, "chiba-1", body, P()) for body in "xy")
    for typed in (made.handle, made.id, made.handle[:4], made.handle[:9], made.handle.upper(),
                  f" {made.handle[:5]} "):  # fmt: skip
        assert note(field, typed).body == "x"
    for typed in (made.handle[:3], "", made.handle + "a", made.id[:8], made.handle[1:]):
        with pytest.raises(NotFound, match="no note"):
            note(field, typed)
    delete_note(field, gone.handle)
    with viewing(field, "all") as view:
        assert find_note(view, gone.handle[:4], deleted=True).deleted
        with pytest.raises(NotFound):
            find_note(view, gone.handle)


def test_a_beginning_that_several_notes_have_is_ambiguous_to_who_sees_several(
    field: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    handles = iter(["abcdaaaaaa", "abcdabbbbb", "abcdbccccc"])
    monkeypatch.setattr(ids, "new_handle", lambda: next(handles))
    for body, level in (("a", ""), ("b", "off-record"), ("c", "")):
        add_note(field, "chiba-1", body, P(disclosure=level or None))
    with pytest.raises(Ambiguous) as caught:
        note(field, "abcda")
    assert "abcdaaaaaa, abcdabbbbb" in caught.value.hint
    assert note(field, "abcda", "group").body == "a"
    with pytest.raises(Ambiguous) as caught:
        note(field, "abcd", "group")
    assert "abcdabbbbb" not in caught.value.hint
    assert note(field, "abcdabbbbb").body == "b"


def test_what_is_off_the_record_cannot_be_told_from_what_never_was(field: Settings) -> None:
    secret = add_note(field, "chiba-1", "x", P(disclosure="off-record"))

    def said(typed: str, audience: str) -> str:
        with pytest.raises(Refused) as caught:
            note(field, typed, audience)
        told = caught.value
        return f"{type(told)} {told.sentence} {told.hint}".replace(typed, "…")

    for audience in ("group", "public"):
        for typed in (secret.handle, secret.id, secret.handle[:5]):
            assert said(typed, audience) == said("zzzzz", audience)


def address(given: Settings, typed: str, of: str = "") -> str:
    with viewing(given, "all") as view:
        return str(find_address(view, typed, find_visit(view, of) if of else None))


@pytest.mark.parametrize("of", ["", "chiba-1"])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ai-rpa", "ai-rpa"), ("AI-RPA", "ai-rpa"), ("4", "ai-rpa"), ("４", "ai-rpa"),
        ("④", "ai-rpa"), ("AIやRPAの活用状況", "ai-rpa"), ("AI・RPA", "ai-rpa"),
        ("ＡＩ・ＲＰＡ", "ai-rpa"), ("ai and rpa", "ai-rpa"), ("Use of AI and RPA", "ai-rpa"),
        ("その他", "other"), ("ai-rpa/effect", "ai-rpa/effect"), ("4/3", "ai-rpa/effect"),
        ("４／３", "ai-rpa/effect"), ("④/③", "ai-rpa/effect"), (" 4 / 3 ", "ai-rpa/effect"),
        ("AI・RPA/3", "ai-rpa/effect"), ("4/effect", "ai-rpa/effect"),
    ],
)  # fmt: skip
def test_topics_and_questions_go_by_key_number_and_title(
    field: Settings, typed: str, expected: str, of: str
) -> None:
    assert address(field, typed, of) == expected


@pytest.mark.parametrize("of", ["", "chiba-1"])
@pytest.mark.parametrize(
    "typed",
    ["", "/", "0", "8", "-1", "4/", "4/0", "4/99", "nothing", "ai-rpa/nothing", "/1", "ai", "4/3/1",
     "ai-rpa/extra-1", "四"],
)  # fmt: skip
def test_what_is_no_topic_or_question_is_refused(field: Settings, typed: str, of: str) -> None:
    with pytest.raises(NotFound) as caught:
        address(field, typed, of)
    assert caught.value.hint


def test_every_title_in_the_shipped_guides_finds_its_topic(field: Settings) -> None:
    for typed, visit_typed in (("themes", "chiba-1"), ("意見交換", "")):  # nobody uses it yet
        assert address(field, typed, visit_typed) == "themes"
    edit_visit(field, "himeji-1", VisitFields(guides=("exchange-of-views",)))
    with viewing(field, "all") as view:
        for guide in view.guides_in_use:
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


@pytest.fixture
def renamed(own: Settings) -> Settings:
    """chiba-1 keeps the guide in which `people/headcount` still was `staff/number`."""
    for text in (FIRST, SECOND):
        write(own, text.replace("{ja: 職員,", "{ja: 職員/給与,"))
        if text is FIRST:
            add_note(own, "chiba-1", "42人", P(place="staff/number"))
    return own


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


@pytest.mark.parametrize("lost", ["abcd\udcff", "ab\0cd", "????"])
def test_what_no_name_can_be_is_refused_as_such(field: Settings, lost: str) -> None:
    with viewing(field, "all") as view:
        for find in (find_note, find_item, find_visit, find_visit_or_city, find_address):
            with pytest.raises(BadText, match="name"):
                find(view, lost)
