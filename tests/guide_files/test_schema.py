from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from msgspec.structs import fields

from fieldvisit import language
from fieldvisit.fieldwork.guide import Guide, Probe, Question, Topic
from fieldvisit.guide_files.format import EXPECTED, GUIDE, PROBE, QUESTION, TOPIC, Kind, Level
from fieldvisit.guide_files.schema import _SHAPES, schema, written
from fieldvisit.guide_files.shipped import SCHEMA_FILE, shipped_folder, shipped_schema


@pytest.fixture(autouse=True)
def _english() -> None:
    language.use("en")


def problems(content: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [".".join(map(str, e.absolute_path)) for e in validator.iter_errors(content)]


GOOD: dict[str, Any] = {
    "guide": "g",
    "version": 1.1,
    "title": {"ja": "表題"},
    "topics": [
        {
            "topic": "a",
            "title": {"en": "A"},
            "questions": [
                {
                    "question": "q",
                    "ask": {"ja": "x"},
                    "for": ["regional-hub"],
                    "was": ["b/c", "d"],
                    "probes": [{"ja": "y"}],
                }
            ],
        }
    ],
}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_shipped_schema_is_the_one_the_tables_give() -> None:
    assert shipped_schema().name == SCHEMA_FILE
    assert shipped_schema().read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_guides_fit_the_schema_they_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert problems(yaml.safe_load(text)) == []


def test_a_good_guide_fits() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("question", "12", "question"),
        ("question", "extra-1", "question"),
        ("question", "a" * 41, "question"),
        ("ask", "text", "ask"),
        ("ask", {}, "ask"),
        ("ask", {"jp": "x"}, "ask"),
        ("common", "yes", "common"),
        ("disclosure", "secret", "disclosure"),
        ("for", "town", "for"),
        ("for", ["city"], "for.0"),
        ("was", ["a/b/c"], "was.0"),
        ("probes", [{"for": ["town"]}], "probes.0"),
    ],
)
def test_a_bad_question_does_not_fit(key: str, value: object, place: str) -> None:
    question = GOOD["topics"][0]["questions"][0] | {key: value}
    topic = GOOD["topics"][0] | {"questions": [question]}
    assert f"topics.0.questions.0.{place}" in problems(GOOD | {"topics": [topic]})


@pytest.mark.parametrize("change", [{"x": 1}, {"topics": []}, {"guide": "G"}, {"title": {}}])
def test_a_bad_guide_does_not_fit(change: dict[str, Any]) -> None:
    assert problems(GOOD | change)


def test_every_kind_of_value_has_its_shape_and_its_words() -> None:
    assert set(_SHAPES) == set(EXPECTED) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("level", "made", "elsewhere"),
    [
        (GUIDE, Guide, {"sha256"}),
        (TOPIC, Topic, {"number"}),
        (QUESTION, Question, {"number"}),
    ],
)
def test_the_tables_name_every_field_and_its_default(
    level: Level, made: type[Any], elsewhere: set[str]
) -> None:
    assert {key.target for key in level.keys} == {f.name for f in fields(made)} - elsewhere
    defaults = {f.name: f.default for f in fields(made)}
    given = {key.target: key.default for key in level.keys if key.default is not None}
    assert given == {name: value for name, value in defaults.items() if isinstance(value, bool)}


def test_the_table_of_probes_names_its_classes_and_its_words() -> None:
    assert {f.name for f in fields(Probe)} == {"ask", "classes"}
    assert {key.target for key in PROBE.keys} == {"ja", "en", "classes"}
