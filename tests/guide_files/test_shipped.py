from pathlib import Path

import pytest

from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.guide_files import shipped
from fieldvisit.guide_files.format import GUIDE, QUESTION, TOPIC
from fieldvisit.guide_files.reading import read
from fieldvisit.guide_files.shipped import shipped_folder


def guide(slug: str) -> Guide:
    return read(shipped_folder() / f"{slug}.yaml")


SHIPPED = [guide("it-workforce"), guide("exchange-of-views")]


def test_the_topics_stand_in_the_order_of_the_minutes() -> None:
    keys = [topic.key for topic in SHIPPED[0].topics]
    assert keys == [
        "hiring", "collaboration", "coordination", "ai-rpa", "open-data", "security", "other"
    ]  # fmt: skip
    assert SHIPPED[0].topics[-1].questions == ()
    assert [topic.key for topic in SHIPPED[1].topics] == ["themes"]


def test_everything_is_said_in_both_languages() -> None:
    for each in SHIPPED:
        for topic in each.topics:
            for question in topic.questions:
                said = [question.ask, question.written, *(probe.ask for probe in question.probes)]
                assert all(words.ja and words.en for words in [topic.title, topic.label, *said])
                assert question.probes
                assert bool(question.gate.ja) == bool(question.gate.en)


def test_each_topic_has_three_to_five_questions_in_common_and_at_most_three_to_send() -> None:
    for each in SHIPPED:
        for topic in each.topics:
            if topic.questions:
                assert 3 <= sum(question.common for question in topic.questions) <= 5
                sent = [q for q in topic.questions if q.send and not q.classes]
                assert 1 <= len(sent) <= 3


def test_sensitive_questions_begin_closed_and_all_others_wait_for_confirmation() -> None:
    for each in SHIPPED:
        assert each.disclosure == "confirm"
        for topic in each.topics:
            for question in topic.questions:
                assert question.disclosure == ("group" if question.sensitive else "")
    security = SHIPPED[0].topic("security")
    assert security is not None
    assert security.disclosure == "confirm"


def test_city_you_stands_on_sheets_only() -> None:
    for each in SHIPPED:
        for topic in each.topics:
            for question in topic.questions:
                spoken = (question.ask, question.gate, *(probe.ask for probe in question.probes))
                assert not any("{" in words.ja + words.en for words in spoken)
    assert "{city_you}" in SHIPPED[0].topics[0].questions[0].written.ja


def test_the_head_of_the_long_guide_explains_every_key() -> None:
    text = (shipped_folder() / "it-workforce.yaml").read_text(encoding="utf-8")
    head = text.partition("\nguide:")[0]
    for level in (GUIDE, TOPIC, QUESTION):
        for key in level.keys:
            assert f"\n#   {key.name} " in head, key.name


def test_guides_in_the_package_come_before_those_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "fieldvisit"
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    with pytest.raises(NotFound):
        shipped_folder()
    (tmp_path / "interview_guides").mkdir()
    assert shipped_folder() == tmp_path / "interview_guides"
    (package / "interview_guides").mkdir(parents=True)
    assert shipped_folder() == package / "interview_guides"
