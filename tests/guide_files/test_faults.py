"""Each kind of fault in a guide: the line, the place and the words, and what an editor sees."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given

from fieldvisit import language
from fieldvisit.doors.inputs import SCHEMA_FILE, shipped_folder, shipped_schema
from fieldvisit.fieldwork.guide import Guide, Part, Probe, Question, Topic, Words
from fieldvisit.guide_files.reading import check, told
from fieldvisit.guide_files.schema import keys, schema, written
from fieldvisit.guide_files.yaml_nodes import Problem
from fieldvisit.language import _
from guide_files.strategies import as_content, guides

GUIDE = """\
guide: g
version: "1"
title: {ja: 表題}
disclosure: confirm
topics:
  - topic: hiring
    title: {ja: 採用}
    was: [recruiting]
    questions:
      - question: mix
        ask:
          ja: 人数は。
        common: true
        sensitive: true
        was: [numbers]
        probes:
          - ja: なぜ。
      - question: track
        for: [core-city]
        send: true
        ask: {ja: 区分は。}
        gate: {ja: 場合}
  - topic: other
    title: {ja: その他}
"""


def problems_after(old: str, new: str) -> tuple[Problem, ...]:
    assert old in GUIDE
    return check(GUIDE.replace(old, new).encode(), "g.yaml")[1]


def test_the_guide_without_a_fault_passes() -> None:
    assert check(GUIDE.encode(), "g.yaml")[1] == ()


Q1, Q2 = "topics.1.questions.1", "topics.1.questions.2"
# What an editor sees by the JSON Schema too.
PLAIN = [
    # keys
    ("version:", "versoin:", 2, "versoin", "Did you mean “version”?"),
    ("    was: [recruiting]", "    wsa: [recruiting]", 8, "topics.1.wsa", "Did you mean “was”?"),
    ("        send: true", "        key: x", 20, Q2 + ".key", "not a key of a question"),
    ("          - ja: なぜ", "          - jp: なぜ", 17, Q1 + ".probes.1.jp", "ja, en"),
    ('version: "1"\n', "", 1, "version", "missing from a guide"),
    ("  - topic: other\n    title", "  - title", 23, "topics.2.topic", "missing from a topic"),
    ("        ask: {ja: 区分は。}\n", "", 18, Q2 + ".ask", "missing from a question"),
    ("guide: g\n", "", 1, "guide", "missing"),
    # shapes
    ("title: {ja: 表題}", "title: 表題", 3, "title", "in Japanese (ja)"),
    ("title: {ja: 表題}", "title: [表題]", 3, "title", "here stands a list"),
    ("title: {ja: 表題}", "title:", 3, "title", "here stands nothing"),
    ("          ja: 人数は。", "          ja: [人数]", 12, Q1 + ".ask.ja", "text"),
    ("guide: g", "guide: {ja: g}", 1, "guide", "here stands keys with values"),
    ("for: [core-city]", "for: core-city", 19, Q2 + ".for", "[designated-city"),
    ("for: [core-city]", "for: [[core-city]]", 19, Q2 + ".for", "list of classes"),
    ("  - topic: other\n    title: {ja: その他}", "  - other", 23, "topics.2", "a topic was"),
    ("          - ja: なぜ。", "          - なぜ。", 17, Q1 + ".probes.1", "follow-up"),
    ("title: {ja: 表題}", "title: {}", 3, "title", "no text"),
    # single words
    ('version: "1"', "version: ''", 2, "version", "here stands nothing"),
    ('version: "1"', f"version: '{'1' * 41}'", 2, "version", "short text"),
    ("common: true", "common: yes", 13, Q1 + ".common", "true or false; here"),
    ("common: true", "common: はい", 13, Q1 + ".common", "“はい”"),
    ("common: true", "common: True", 13, Q1 + ".common", "“True”"),
    ("common: true", "common: 1", 13, Q1 + ".common", "“1”"),
    ("disclosure: confirm", "disclosure: secret", 4, "disclosure", "group, off-record."),
    ("disclosure: confirm", "disclosure: 関係者限り", 4, "disclosure", "Did you mean “group”?"),
    ("disclosure: confirm", "disclosure: ''", 4, "disclosure", "Allowed: public"),
    ("[core-city]", "[corecity]", 19, Q2 + ".for", "Did you mean “core-city”?"),
    ("[core-city]", "[中核市]", 19, Q2 + ".for", "Did you mean “core-city”?"),
    ("[core-city]", "[town, town]", 19, Q2 + ".for", "twice"),
    # names
    ("guide: g", "guide: G", 1, "guide", "small letters"),
    ("question: mix", "question: mix_up", 10, Q1 + ".question", "small letters"),
    ("question: mix", "question: 12", 10, Q1 + ".question", "not a number"),
    ("question: mix", "question: 4-2", 10, Q1 + ".question", "not a number"),
    ("question: mix", "question: ４", 10, Q1 + ".question", "not a number"),
    ("question: mix", f"question: {'a' * 41}", 10, Q1 + ".question", "at most 40"),
    ("question: mix", "question: extra-1", 10, Q1 + ".question", "single visit"),
    ("topic: other", "topic: 2", 23, "topics.2.topic", "not a number"),
    ("topic: other", "topic: unsorted", 23, "topics.2.topic", "unsorted"),
    ("[recruiting]", "[hiring/old]", 8, "topics.1.was", "earlier names"),
    ("[numbers]", "[a/b/c]", 15, Q1 + ".was", "earlier names"),
    ("[numbers]", "[/c]", 15, Q1 + ".was", "earlier names"),
    ("[numbers]", "[c/]", 15, Q1 + ".was", "earlier names"),
    ("[numbers]", "[numbers, numbers]", 15, Q1 + ".was", "twice"),
]  # fmt: skip
FAULTS = [
    *PLAIN,
    # texts
    ("title: {ja: 表題}", "title: {ja: ''}", 3, "title", "no text"),
    ("title: {ja: 表題}", "title: {ja: '　', en: ' '}", 3, "title", "no text"),
    ("gate: {ja: 場合}", "gate: {en: }", 22, Q2 + ".gate", "no text"),
    ("          - ja: なぜ。", "          - ja:", 17, Q1 + ".probes.1", "no text"),
    ("ja: 人数は。", 'ja: "{you}は"', 12, Q1 + ".ask.ja", "{city_you}"),
    ("ja: 人数は。", 'ja: "{city_you は"', 12, Q1 + ".ask.ja", "{city_you}"),
    ("ja: 人数は。", 'ja: "\\e[2J"', 12, Q1 + ".ask.ja", "U+001B"),
    ("ja: 人数は。", 'ja: "\\0"', 12, Q1 + ".ask.ja", "U+0000"),
    ("ja: 人数は。", 'ja: "\\uFFFF"', 12, Q1 + ".ask.ja", "U+FFFF"),
    ("question: mix", 'question: "mix\\n"', 10, Q1 + ".question", "small letters"),
    # contradictions
    ("guide: g", "guide: h", 1, "guide", "g.yaml"),
    ("topic: other", "topic: hiring", 23, "topics.2.topic", "line 6"),
    ("question: track", "question: mix", 18, Q2 + ".question", "line 10"),
    ("common: true", "common: true\n        for: [town]", 13, Q1 + ".common", "every city"),
    ("sensitive: true", "sensitive: true\n        send: true", 15, Q1 + ".send", "never sent"),
    ("[recruiting]", "[other]", 8, "topics.1.was", "still in the guide"),
    ("[numbers]", "[track]", 15, Q1 + ".was", "“hiring/track” is still"),
    ("[numbers]", "[hiring/mix]", 15, Q1 + ".was", "still in the guide"),
    ("gate: {ja: 場合}", "was: [hiring/numbers]", 22, Q2 + ".was", "of “hiring/mix” already"),
    ("{ja: その他}", "{ja: x}\n    was: [recruiting]", 25, "topics.2.was", "already"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "path", "words"), FAULTS)
def test_each_fault_is_told_once_with_line_and_place_in_both_languages(
    old: str, new: str, line: int, path: str, words: str
) -> None:
    problems = problems_after(old, new)
    assert len(problems) <= 2
    (problem,) = [p for p in problems if p.path == path]
    assert problem.line == line
    assert words in str(problem)
    with language.speaking("ja"):
        japanese = problems_after(old, new)
    assert {(p.line, p.path) for p in japanese} == {(p.line, p.path) for p in problems}
    assert not {p.sentence for p in japanese} & {p.sentence for p in problems}


def test_every_fault_of_a_list_is_told_and_what_is_allowed_only_once() -> None:
    problems = problems_after("[core-city]", "[corecity, [x], Town, x, town, town]")
    assert [p.sentence.partition(".")[0] for p in problems] == [
        "“Town” is not a known class or attribute of city",
        "“corecity” is not a known class or attribute of city",
        "“for” takes a list of classes of cities; here stands a list",
        "“town” stands in the list twice",
        "“x” is not a known class or attribute of city",
    ]
    lines = list(told(problems_after("version:", "versoin:\nx:")))
    assert ["The keys of a guide are" in line for line in lines] == [False, True, False]


@pytest.mark.parametrize("text", ["[]", "- a", "word", "{}", "topics: []"])
def test_a_file_that_is_no_guide_has_problems(text: str) -> None:
    assert check(text.encode(), "g.yaml")[1]


def test_a_guide_without_topics_is_told_so() -> None:
    (problem,) = check(b"guide: g\nversion: 1\ntitle: {ja: x}\ntopics: []\n", "g.yaml")[1]
    said = "The list of “topics” is empty; it takes a list of topics, each after a hyphen."
    assert problem == Problem(4, "topics", said)


def misfits(content: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [".".join(map(str, e.absolute_path)) for e in validator.iter_errors(content)]


def content(text: str) -> Any:
    """What an editor sees of a file: strings, lists and mappings, and `true` and `false`."""
    return json.loads(
        json.dumps(yaml.load(text, yaml.BaseLoader))
        .replace('"true"', "true")
        .replace('"false"', "false")
    )


def test_the_schema_is_a_schema_that_a_good_guide_fits() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert misfits(content(GUIDE)) == []
    assert misfits(content(GUIDE) | {"version": 1.1}) == []


@pytest.mark.parametrize(("old", "new"), [fault[:2] for fault in PLAIN])
def test_an_editor_sees_each_plain_fault_that_the_reader_tells(old: str, new: str) -> None:
    assert misfits(content(GUIDE.replace(old, new)))


def test_the_shipped_schema_is_the_one_the_value_classes_give() -> None:
    assert shipped_schema().name == SCHEMA_FILE
    assert shipped_schema().read_bytes() == written()


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_guides_fit_the_schema_they_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert misfits(yaml.safe_load(text)) == []


@given(guides())
def test_what_the_reader_takes_fits(guide: Guide) -> None:
    assert misfits(as_content(guide)) == []


@pytest.mark.parametrize("model", [Guide, Topic, Question, Probe, Words])
def test_each_key_says_what_it_is_in_both_languages(model: type[Part]) -> None:
    for key in keys(model).values():
        for sentence in (key.means, key.expected, model.called):
            with language.speaking("ja"):
                assert sentence
                assert _(sentence) != sentence


def test_all_fields_but_two_stand_in_the_file() -> None:
    """A field without a description would be left out in silence."""
    left_out = {
        (model, field)
        for model in (Guide, Topic, Question, Words)
        for field in model.__struct_fields__
        if field not in {key.field for key in keys(model).values()}
    }
    assert left_out == {(Guide, "sha256"), (Topic, "number"), (Question, "number")}
    assert set(keys(Probe)) == {"ja", "en", "for"}
