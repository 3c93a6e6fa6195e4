"""`search`: notes by words in their text."""

from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused


def found(run: Run, *words: str) -> list[str]:
    result = run("search", *words, "--json")
    assert result.code == 0, result.err
    return [note["body"] for note in result.json["hits"]]


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        (("効果",), ["効果を測っている。"]),
        (("測",), ["効果を測っている。"]),
        (("ｒｐａ",), ["RPAを税務で使う。"]),
        (("RPA", "税務"), ["RPAを税務で使う。"]),
        (("RPA", "効果"), []),
        (("税務 RPA",), []),
        (("*",), []), (("NEAR(",), []), (('"',), []), (("%",), []), (("' OR 1=1 --",), []),
    ],
)  # fmt: skip
def test_every_argument_is_a_phrase_and_nothing_is_syntax(
    run: Run, noted: Path, words: tuple[str, ...], bodies: list[str]
) -> None:
    assert found(run, *words) == bodies


def test_the_newest_come_first_and_no_more_than_asked(run: Run, noted: Path) -> None:
    everything = found(run, "。")
    assert everything[-1] == "効果を測っている。"
    assert len(everything) == 5
    assert found(run, "。", "--limit", "2") == everything[:2]


def test_a_search_is_narrowed_by_topic_and_city(run: Run, noted: Path) -> None:
    assert found(run, "。", "--topic", "open-data") == ["公開している。"]
    assert found(run, "。", "--city", "姫路市", "--topic", "ai-rpa") == ["導入はこれから。"]


def test_what_is_off_the_record_is_found_for_all_only(run: Run, noted: Path) -> None:
    assert found(run, OFF_RECORD) == []
    assert found(run, OFF_RECORD, "--audience", "all") == [OFF_RECORD]
    assert OFF_RECORD in run("search", "記録", tty="out").out


def test_how_many_notes_were_held_back_is_said_on_stderr(run: Run, noted: Path) -> None:
    assert "1 note is not for this audience" in run("search", "記録").err


def test_words_that_begin_with_a_dash_go_behind_two_dashes(run: Run, noted: Path) -> None:
    run("note", "add", "chiba-1", "other", "--", "-3名")
    hits = run("search", "--json", "--", "-3").json["hits"]
    assert [note["body"] for note in hits] == ["-3名"]


def test_nothing_to_search_for_is_refused(run: Run, noted: Path) -> None:
    assert_refused(run("search"), 2, "WORDS")
    assert_refused(run("search", ""), 1, "nothing to search for")
    assert_refused(run("search", "x", "--topic", "none"), 1, "none")


def test_only_hits_are_said_to_be_held_back(run: Run, noted: Path) -> None:
    assert run("search", "公開").err == run("search", "記録", "--city", "大津市").err == ""
    assert run("search", "記録", "--topic", "hiring").err == ""
    assert "1 note is not" in run("search", "記録", "--topic", "ai-rpa", "--city", "千葉市").err
