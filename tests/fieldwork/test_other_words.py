"""Questions that visits asked in other words, lined up through `was`."""

from fieldvisit.fieldwork.comparison import OtherWords, other_words
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Guide, Question, Topic, Words
from fieldvisit.fieldwork.visit import Visit

NEW = Guide("g", "2", Words("g"), topics=(
    Topic("rpa", 1, Words("RPA"), was=("ai",), questions=(
        Question("effect", 1, Words("効果は。", "Effect?"), was=("ai/result",)),
        Question("plans", 2, Words("今後は。", "Plans?")),
    )),
))  # fmt: skip
OLD = Guide("g", "1", Words("g"), topics=(
    Topic("ai", 1, Words("AI"), questions=(
        Question("result", 1, Words("結果は。", "Result?")),
        Question("plans", 2, Words("今後は。", "Plans?")),
    )),
))  # fmt: skip
LINEUP = Crosswalk([NEW, OLD])


def found(*visits: tuple[str, Guide]) -> tuple[OtherWords, ...]:
    topic = LINEUP.topic("rpa")
    assert topic
    return other_words(topic, [(g, [Visit(h, h, "121002")]) for h, g in visits], LINEUP)


def test_renamed_questions_are_followed_and_visits_of_one_version_stand_together() -> None:
    (one,) = found(("a-1", OLD), ("b-1", NEW), ("c-1", OLD))
    assert (one.question.key, one.guide, one.version) == ("effect", "g", "1")
    assert one.ask == Words("結果は。", "Result?")
    assert one.visits == ("a-1", "c-1")


def test_the_same_words_are_not_told() -> None:
    assert found(("b-1", NEW)) == ()
    assert {one.question.key for one in found(("a-1", OLD))} == {"effect"}


def test_questions_of_other_topics_are_left_alone() -> None:
    elsewhere = Topic("x", 2, Words("X"), questions=(Question("effect", 1, Words("別の。")),))
    assert found(("a-1", Guide("h", "1", Words("h"), topics=(elsewhere,)))) == ()
