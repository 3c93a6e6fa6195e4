import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fieldvisit
from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import Guide, Words
from fieldvisit.guide_files.reading import check, read
from guide_files.strategies import as_yaml, guides

GUIDE = """\
guide: g
version: 1.10
title: {ja: 表題, en: Title}
topics:
  - topic: hiring
    title:
      ja: 採用
    was: [recruiting]
    questions:
      - question: mix
        ask:
          ja: 人数は。
          en: How many?
        written:
          ja: "{city_you}の人数をご教示ください。"
        was: [numbers, training/people]
      - question: track
        for: [core-city]
        ask: {en: "Is there a track?"}
        probes:
          - ja: なぜ。
          - en: Since when?
            for: [regional-hub]
  - topic: other
    title: {ja: その他, en: Other}
"""


def good(text: str = GUIDE) -> Guide:
    guide, problems = check(text.encode(), "g.yaml")
    assert problems == ()
    assert guide is not None
    return guide


def test_topics_and_questions_are_numbered_from_one() -> None:
    guide = good()
    assert [topic.number for topic in guide.topics] == [1, 2]
    assert [question.number for question in guide.topics[0].questions] == [1, 2]


def test_earlier_names_of_questions_are_given_in_full() -> None:
    topic = good().topics[0]
    assert topic.was == ("recruiting",)
    assert topic.questions[0].was == ("hiring/numbers", "training/people")


def test_a_language_missing_from_the_written_form_is_taken_from_the_spoken_one() -> None:
    question = good().topics[0].questions[0]
    assert question.written == Words("{city_you}の人数をご教示ください。", "How many?")


def test_nothing_written_stays_nothing() -> None:
    assert not good().topics[0].questions[1].written


def test_probes_keep_the_classes_they_are_for() -> None:
    probes = good().topics[0].questions[1].probes
    assert [probe.classes for probe in probes] == [(), ("regional-hub",)]
    assert probes[0].ask == Words("なぜ。")


def test_the_version_stays_as_typed() -> None:
    assert good().version == "1.10"


def test_the_guide_carries_the_hash_of_the_bytes_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(GUIDE.replace("\n", "\r\n").encode("utf-8-sig"))
    guide = read(path)
    assert guide == good()
    assert guide.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_faulty_file_is_refused_with_file_line_place_and_the_number_of_more(
    tmp_path: Path,
) -> None:
    path = tmp_path / "g.yaml"
    path.write_text(
        GUIDE.replace("      ja: 採用", "      ja: ''").replace("mix", "Mix"), encoding="utf-8"
    )
    with pytest.raises(BadGuide) as refused:
        read(path)
    assert refused.value.sentence.startswith(f"{path}:7: topics.1.title: There is no text")
    assert refused.value.sentence.endswith("(1 more problem.)")
    assert refused.value.hint.endswith(f"fieldvisit guide check {path}")


def test_a_fault_of_the_whole_file_is_told_without_a_place(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(b"")
    with pytest.raises(BadGuide) as refused:
        read(path)
    assert refused.value.sentence == f"{path}:1: The file is empty."


@pytest.mark.parametrize("make_folder", [True, False])
def test_what_cannot_be_opened_is_refused(tmp_path: Path, make_folder: bool) -> None:
    path = tmp_path / "g.yaml"
    if make_folder:
        path.mkdir()
    with pytest.raises(BadGuide) as refused:
        check(path)
    assert str(path) in refused.value.sentence


def test_all_problems_are_told_in_the_order_of_their_lines() -> None:
    text = (
        GUIDE.replace("title: {ja: 表題, en: Title}", "titel: {ja: 表題}")
        .replace("question: track", "question: mix")
        .replace("core-city]", "core-town]")
        .replace("topic: other", "topic: hiring")
    )
    guide, problems = check(text.encode(), "g.yaml")
    assert guide is None
    assert [problem.line for problem in problems] == [1, 3, 17, 18, 24]


def test_a_guide_in_memory_may_have_any_name() -> None:
    guide, problems = check(GUIDE.encode())
    assert guide == good()
    assert not problems


@given(guides())
def test_a_guide_written_as_yaml_is_read_back_the_same(guide: Guide) -> None:
    found, problems = check(as_yaml(guide).encode(), f"{guide.slug}.yaml")
    assert problems == ()
    assert found == guide


PIECES = st.sampled_from([
    "guide: g\n", "version: 1\n", "topics:\n", "  - topic: a\n", "    title: {ja: x}\n", "    ",
    "questions:\n", "- ", "? ", "&a ", "*a ", "!!binary ", "|\n", ">-\n", "{", "}", "[", "]", '"',
    "'", "\\ud800", "\\x00", "\\UFFFFFFFF", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "\t", "\n",
    "\ufeff", "\0", "\x85", "\u2028", "# ", ": ", "ask: {", "was: [a/b]\n", "true", "貴市",
])  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_is_a_guide_or_has_problems(text: str) -> None:
    guide, problems = check(text.encode(errors="surrogatepass"), "g.yaml")
    assert (guide is None) == bool(problems)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_guide_or_have_problems(data: bytes) -> None:
    guide, problems = check(data, "g.yaml")
    assert (guide is None) == bool(problems)


@given(st.integers(0, len(GUIDE)), st.integers(0, 30), PIECES)
def test_a_damaged_guide_is_a_guide_or_has_problems(start: int, cut: int, piece: str) -> None:
    damaged = GUIDE[:start] + piece + GUIDE[start + cut :]
    guide, problems = check(damaged.encode(), "g.yaml")
    assert (guide is None) == bool(problems)
    assert all(1 <= problem.line <= damaged.count("\n") + 2 for problem in problems)


def test_yaml_is_imported_only_when_a_file_is_read() -> None:
    program = (
        "import sys; import fieldvisit.guide_files.reading, fieldvisit.guide_files.starter, "
        "fieldvisit.guide_files.snapshot, fieldvisit.guide_files.schema; "
        "sys.exit('yaml' in sys.modules)"
    )
    where = os.environ | {"PYTHONPATH": str(Path(fieldvisit.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=where, check=False)
    assert done.returncode == 0
