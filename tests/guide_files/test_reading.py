import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import Guide, Probe, Question, Topic, Words
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


def test_a_file_becomes_the_guide_that_it_means() -> None:
    """Numbered from one, old names in full, the other language of the written form filled in."""
    mix, track = good().topics[0].questions
    assert mix == Question(
        "mix",
        1,
        Words("人数は。", "How many?"),
        Words("{city_you}の人数をご教示ください。", "How many?"),
        was=("hiring/numbers", "training/people"),
    )
    assert track == Question(
        "track",
        2,
        Words(en="Is there a track?"),
        probes=(Probe(Words("なぜ。")), Probe(Words(en="Since when?"), ("regional-hub",))),
        classes=("core-city",),
    )
    assert good() == Guide(
        "g",
        "1.10",
        Words("表題", "Title"),
        topics=(
            Topic("hiring", 1, Words("採用"), was=("recruiting",), questions=(mix, track)),
            Topic("other", 2, Words("その他", "Other")),
        ),
        sha256=hashlib.sha256(GUIDE.encode()).hexdigest(),
    )


@pytest.mark.parametrize("typed", [
    "no", "on", "y", "null", "~", "0123", "12:30", "2019-10-03", "2019-13-45", "1e3", "1_000"
])  # fmt: skip
def test_words_that_yaml_would_convert_stay_as_typed(typed: str) -> None:
    guide = good(GUIDE.replace("人数は。", typed).replace("1.10", typed))
    assert (guide.version, guide.topics[0].questions[0].ask.ja) == (typed, typed)
    if typed.isalpha():
        assert good(GUIDE.replace("mix", typed)).topics[0].question(typed)


def test_the_guide_carries_the_hash_of_the_bytes_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(GUIDE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read(path) == replace(good(), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


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


def test_what_is_empty_or_cannot_be_opened_is_refused_without_a_place(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(b"")
    with pytest.raises(BadGuide) as refused:
        read(path)
    assert refused.value.sentence == f"{path}:1: The file is empty."
    for nothing in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(BadGuide, match=re.escape(str(nothing))):
            check(nothing)


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


@given(guides())
def test_a_guide_written_as_yaml_is_read_back_the_same(guide: Guide) -> None:
    found, problems = check(as_yaml(guide).encode(), f"{guide.slug}.yaml")
    assert problems == ()
    assert found is not None
    assert replace(found, sha256="") == guide


PIECES = st.sampled_from([
    "guide: g\n", "version: 1\n", "topics:\n", "  - topic: a\n", "    title: {ja: x}\n", "    ",
    "questions:\n", "- ", "? ", "&a ", "*a ", "!!binary ", "|\n", ">-\n", "{", "}", "[", "]", '"',
    "'", "\\ud800", "\\x00", "\\UFFFFFFFF", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "\t", "\n",
    "\ufeff", "\0", "\x85", "\u2028", "# ", ": ", "ask: {", "was: [a/b]\n", "true", "貴市",
])  # fmt: skip


DAMAGED = (
    st.binary(max_size=200)
    | st.lists(PIECES | st.text(max_size=5), max_size=30).map(lambda p: encoded("".join(p)))
    | st.builds(
        lambda start, cut, piece: encoded(GUIDE[:start] + piece + GUIDE[start + cut :]),
        st.integers(0, len(GUIDE)),
        st.integers(0, 30),
        PIECES,
    )
)


def encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


@given(DAMAGED)
def test_whatever_the_bytes_there_is_a_guide_or_there_are_problems(data: bytes) -> None:
    guide, problems = check(data, "g.yaml")
    assert (guide is None) == bool(problems)
    assert all(1 <= problem.line <= data.count(b"\n") + 2 for problem in problems)
