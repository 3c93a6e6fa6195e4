"""`note conflicts`."""

from pathlib import Path

import pytest

from cli.harness import HOSTILE, Run, assert_harmless, assert_refused, tree


@pytest.fixture
def pair(run: Run, noted: Path) -> tuple[str, str]:
    """Two notes that the group may see, of two cities."""
    listed = run("note", "list", "--json").json["notes"]
    by_body = {note["body"]: note["handle"] for note in listed}
    return by_body["効果を測っている。"], by_body["導入はこれから。"]


def test_both_notes_name_each_other_in_every_format(run: Run, pair: tuple[str, str]) -> None:
    one, other = pair
    entered = run("note", "conflicts", one, other, "--why", "時期が合わない")
    assert (entered.code, entered.out) == (0, "")
    assert f"{one} ⇔ {other}" in entered.err
    assert f"- contradicted by: {other}: 時期が合わない" in run("note", "show", one).out
    assert f"- 食い違う記録事項: {one}：時期が合わない" in run("note", "show", other, lang="ja").out
    shown = run("note", "show", one, "--json").json
    assert shown["note"]["conflicts"] == [other]
    assert shown["contradicted_by"] == [{"note": other, "why": "時期が合わない"}]
    rows = run("note", "list", "--format", "csv").out.splitlines()
    assert next(row for row in rows if one in row.split(",")[0]).endswith(f",{other}")
    listed = run("note", "list", "--json").json["notes"]
    assert {n["handle"]: n["conflicts"] for n in listed if n["conflicts"]} == {
        one: [other], other: [one]
    }  # fmt: skip
    assert f"conflict of notes {one} {other}" in run("log").out.replace(
        f"{other} {one}", f"{one} {other}"
    )


def test_it_is_taken_back(run: Run, pair: tuple[str, str]) -> None:
    run("note", "conflicts", *pair, "--why", "x")
    assert run("note", "conflicts", *pair, "--clear").code == 0
    assert "contradicted" not in run("note", "show", pair[0]).out
    run("undo")
    assert "contradicted" in run("note", "show", pair[0]).out


@pytest.mark.parametrize(
    ("words", "code", "piece"),
    [
        ((), 2, "--why"),
        (("--why", ""), 2, "--why"),
        (("--why", "x", "--clear"), 2, "--clear"),
        (("--clear",), 1, "contradict"),
        (("--why", "???"), 1, "question marks"),
    ],
)
def test_half_a_command_is_refused(
    run: Run, pair: tuple[str, str], noted: Path, words: tuple[str, ...], code: int, piece: str
) -> None:
    before = tree(noted)
    assert_refused(run("note", "conflicts", *pair, *words), code, piece)
    assert tree(noted) == before


@pytest.mark.parametrize("bad", HOSTILE)
def test_no_reason_acts(run: Run, pair: tuple[str, str], bad: str) -> None:
    assert run("note", "conflicts", *pair, "--why", f"x{bad}").code == 0
    for words in (("note", "show", pair[0]), ("note", "list"), ("compare", "ai-rpa"), ("log",)):
        assert_harmless(run(*words).out)
        assert_harmless(run("--no-color", *words, tty="all").out)
