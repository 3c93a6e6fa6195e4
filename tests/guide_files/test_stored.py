"""What the shipped guides promise, and guides as visits keep them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.doors import inputs as stored
from fieldvisit.doors.inputs import shipped_folder
from fieldvisit.errors import BadGuide, NotFound
from fieldvisit.fieldwork.guide import Guide, Question, Topic, from_json, to_json
from fieldvisit.guide_files.reading import read
from fieldvisit.guide_files.schema import keys
from guide_files.strategies import guides

FILES = [shipped_folder() / f"{slug}.yaml" for slug in ("it-workforce", "exchange-of-views")]
SHIPPED = [read(file) for file in FILES]
QUESTIONS = [(t, q) for each in SHIPPED for t in each.topics for q in t.questions]


def test_the_topics_stand_in_the_order_of_the_minutes() -> None:
    keys = [topic.key for topic in SHIPPED[0].topics]
    assert keys == [
        "hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security", "other"
    ]  # fmt: skip
    assert SHIPPED[0].topics[-1].questions == ()
    assert [topic.key for topic in SHIPPED[1].topics] == ["themes"]


def test_everything_is_said_in_both_languages_and_city_you_on_sheets_only() -> None:
    for topic, question in QUESTIONS:
        spoken = [question.ask, *(probe.ask for probe in question.probes)]
        titles = [topic.title, topic.label, question.written]
        assert all(words.ja and words.en for words in [*titles, *spoken])
        assert question.probes
        assert bool(question.gate.ja) == bool(question.gate.en)
        assert not any("{" in words.ja + words.en for words in [*spoken, question.gate])
    assert "{city_you}" in QUESTIONS[0][1].written.ja


def test_each_topic_has_three_to_five_questions_in_common_and_at_most_three_to_send() -> None:
    for topic in (topic for each in SHIPPED for topic in each.topics if topic.questions):
        assert 3 <= sum(question.common for question in topic.questions) <= 5
        assert 1 <= sum(q.send and not q.classes for q in topic.questions) <= 3


def test_sensitive_questions_begin_closed_and_all_others_wait_for_confirmation() -> None:
    assert {each.disclosure for each in SHIPPED} == {"confirm"}
    for _topic, question in QUESTIONS:
        assert question.disclosure == ("group" if question.sensitive else "")
    security = SHIPPED[0].topic("security")
    assert security is not None
    assert security.disclosure == "confirm"


def test_the_head_of_the_long_guide_explains_every_key() -> None:
    text = FILES[0].read_text(encoding="utf-8")
    head = text.partition("\nguide:")[0]
    for model in (Guide, Topic, Question):
        for key in keys(model):
            assert f"\n#   {key} " in head, key


def test_guides_in_the_package_come_before_those_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "fieldvisit"
    monkeypatch.setattr(stored, "_PACKAGE", package)
    with pytest.raises(NotFound):
        shipped_folder()
    (tmp_path / "interview_guides").mkdir()
    assert shipped_folder() == tmp_path / "interview_guides"
    (package / "interview_guides").mkdir(parents=True)
    assert shipped_folder() == package / "interview_guides"


@given(guides(), st.text("0123456789abcdef", max_size=64))
def test_a_guide_comes_back_whole_with_its_hash(guide: Guide, sha256: str) -> None:
    kept = replace(guide, sha256=sha256)
    back = from_json(to_json(kept))
    assert back == kept
    assert back.sha256 == sha256
    assert to_json(back) == to_json(kept)


def test_a_kept_guide_is_a_line_of_json_that_is_read_although_rules_became_stricter() -> None:
    text = to_json(SHIPPED[0])
    assert "\n" not in text
    assert "お聞かせください" in text
    assert json.loads(text)["slug"] == "it-workforce"
    text = to_json(replace(SHIPPED[0], slug="A name_of before", disclosure="secret"))
    assert from_json(text).slug == "A name_of before"
    earlier = '{"slug":"g","version":"1","title":{"ja":"x"},"topics":[]}'
    assert from_json(earlier).disclosure == ""  # what has a default may be lacking


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"topics": 1}', '{"topics": [{}]}', '{"topics":[],"x":1}',
             '{"topics":[],"slug":"g","version":"1","title":"x"}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_snapshot_is_refused(text: str) -> None:
    with pytest.raises(BadGuide):
        from_json(text)
