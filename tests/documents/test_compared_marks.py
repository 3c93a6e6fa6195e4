"""What keeps a comparison honest: contradictions, dates far apart, other words, desk alone."""

import pytest
from msgspec.structs import replace

from documents.values import (
    CHIBA,
    HIMEJI,
    REGISTER,
    TODAY,
    V2,
    bullets,
    compared,
    headings,
    note,
    rows,
    tables,
    text_of,
    under,
)
from fieldvisit import language
from fieldvisit.documents.comparison import Arrangement, document
from fieldvisit.documents.document import Document
from fieldvisit.fieldwork.comparison import Comparison, OtherWords
from fieldvisit.fieldwork.guide import Words
from fieldvisit.fieldwork.note import Contradiction, Note, between, contradictions

HERE = note("aaaa", as_of="2017-10-01")
THERE = note("bbbb", city_code="282014", visit_id=V2)
AGAIN = note("dddd")
BETWEEN = note("cccc")
LAYOUTS = (
    Arrangement(), Arrangement(rows="cities"), Arrangement(view="city"),
    Arrangement(cells="both"), Arrangement(grouped=True),
)  # fmt: skip


def made(
    notes: tuple[Note, ...], arrangement: Arrangement | None = None, why: str = "時間が合わない"
) -> Document:
    """A comparison in which the first note contradicts the last."""
    pair = between(notes[0], notes[-1], why, "")
    conflicts = contradictions([pair], {one.id: one for one in notes})
    register = replace(REGISTER, contradictions=conflicts)
    return document(compared(notes), register, TODAY, arrangement)


@pytest.mark.parametrize("arrangement", LAYOUTS)
def test_each_names_the_other_across_cities_with_its_city(arrangement: Arrangement) -> None:
    page = text_of(made((HERE, THERE), arrangement)).replace("\\", "")
    assert "[aaaa] ⇔ bbbb (姫路市)" in page
    assert "[bbbb] ⇔ aaaa (千葉市)" in page
    assert "Contradiction: aaaa ⇔ bbbb 時間が合わない" in page


def test_within_a_cell_they_stand_next_to_each_other() -> None:
    page = made((replace(HERE, as_of=""), BETWEEN, AGAIN))
    assert rows(tables(page)[0])[2][1].split("\n") == [
        "• 話aaaa [aaaa] ⇔ dddd", "• 話dddd [dddd] ⇔ aaaa", "• 話cccc [cccc]"
    ]  # fmt: skip


def test_without_a_reason_only_the_handles_tell() -> None:
    page = made((HERE, THERE), why="")
    assert "⇔ bbbb" in text_of(page)
    assert not any("Contradiction" in line for line in bullets(page.page().blocks))


@pytest.mark.parametrize("arrangement", LAYOUTS)
def test_a_row_whose_dates_lie_far_apart_is_named(arrangement: Arrangement) -> None:
    told = bullets(made((HERE, THERE), arrangement).page().blocks)
    assert told[0] == (
        "More than 12 months apart (4/1 How far is it?): 千葉市 2017-10-01 [aaaa] – "
        "姫路市 Thu 24 October 2019 [bbbb]"
    )
    later = made((HERE, THERE), replace(arrangement, apart=36))
    assert not any("apart" in line for line in bullets(later.page().blocks))


def test_the_section_of_a_topic_holds_its_notices_and_city_view_ends_with_all() -> None:
    assert len(bullets(under(made((HERE, THERE)), "4 Use"))) == 2
    assert bullets(under(made((HERE, THERE)), "7 Other")) == []
    by_city = made((HERE, THERE), Arrangement(view="city"))
    assert headings(by_city)[-1] == "To be kept in mind when comparing"


def with_other_words() -> Comparison:
    found = compared([HERE, THERE])
    topic = found.topics[0]
    question = topic.topic.questions[0]
    asked = OtherWords(question, "it", "1", Words("進捗は。", "How is it going?"), ("himeji-1",))
    only_japanese = replace(asked, ask=replace(question.ask, ja="どうですか。"), version="0")
    first = replace(topic, other_words=(asked, only_japanese))
    return replace(found, topics=(first, *found.topics[1:]))


def test_the_words_of_other_versions_are_told_where_they_differ_for_the_reader() -> None:
    found = document(with_other_words(), REGISTER, TODAY)
    line = "Asked in other words (4/1 How far is it?): himeji-1 (it 1) “How is it going?”"
    assert [one for one in bullets(found.page().blocks) if "words" in one] == [line]
    language.use("ja")
    assert len([one for one in bullets(found.page().blocks) if "文言" in one]) == 2


def test_json_tells_all_of_it() -> None:
    found = made((HERE, THERE))
    assert found.shape
    topic = found.shape()["topics"][0]
    assert topic["conflicts"] == [{"notes": ["aaaa", "bbbb"], "why": "時間が合わない"}]
    assert topic["apart"] == [
        {
            "question": "status", "months": 12,
            "oldest": {"city": {"code": "121002", "name": "千葉市"}, "note": "aaaa",
                       "first": "2017-10-01", "last": "2017-10-01"},
            "newest": {"city": {"code": "282014", "name": "姫路市"}, "note": "bbbb",
                       "first": "2019-10-24", "last": "2019-10-24"},
        }
    ]  # fmt: skip
    note_shape = topic["cities"][0]["cells"][0]["notes"][0]
    assert note_shape["conflicts"] == ["bbbb"]
    words = document(with_other_words(), REGISTER, TODAY).shape
    assert words
    assert words()["topics"][0]["other_words"][0] == {
        "question": "status", "guide": "it", "version": "1",
        "ask": {"ja": "進捗は。", "en": "How is it going?"}, "visits": ["himeji-1"],
    }  # fmt: skip


def test_csv_tells_all_of_it() -> None:
    found = made((HERE, THERE)).grid
    assert found
    grid = found()
    table = [dict(zip([c.key for c in grid.columns], row, strict=True)) for row in grid.rows]
    first = table[0]
    assert first["conflicts"] == "aaaa ⇔ bbbb 時間が合わない"
    assert first["apart"] == "2017-10-01 – 2019-10-24"
    assert [row["apart"] for row in table].count(first["apart"]) == 2
    assert str(first["notes"]).endswith("[aaaa] ⇔ bbbb (姫路市)")
    asked = document(with_other_words(), REGISTER, TODAY).grid
    assert asked
    said = [row[-1] for row in asked().rows]
    assert said.count("How is it going?\nHow far is it?") == 1
    assert len(list(filter(None, said))) == 1


@pytest.mark.parametrize("arrangement", LAYOUTS)
def test_a_cell_that_rests_on_desk_research_alone_says_so(arrangement: Arrangement) -> None:
    desk = note("aaaa", kind="desk", visit_id=None)
    found = compared([desk], cities=(CHIBA, HIMEJI))
    table = text_of(document(found, REGISTER, TODAY, arrangement)).replace("\\", "")
    line = next(line for line in table.splitlines() if "[aaaa]" in line)
    assert "desk only" in line
    assert "[desk research] 話aaaa" in line


def test_a_contradiction_of_a_note_that_is_not_compared_is_named_all_the_same() -> None:
    against = {"aaaa": (Contradiction("zzzz", "990019", "理由"),)}
    register = replace(REGISTER, contradictions=against)
    page = text_of(document(compared([HERE]), register, TODAY)).replace("\\", "")
    assert "[aaaa] ⇔ zzzz (架空村)" in page
