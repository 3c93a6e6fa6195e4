"""What may reach a terminal."""

import io
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cli import harness
from cli.harness import READING, Run, assert_harmless, in_shell, run_here
from cli.pty_run import on_terminal
from fieldvisit.cli.terminal import ask, prepare_streams, print_page, say, wants_colour
from fieldvisit.documents.page import Box, Bullets, Heading, Page, Paragraph, Table
from fieldvisit.harmless import visible

HOSTILE = [
    *harness.HOSTILE, "\x00", "\ufeff", "\U000e0041", "\ud800", "tab\there", "<script>", "Ω≈ç√",
    "(╯°□°）╯", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ", "👨‍👩‍👧 ❤️ 🇯🇵👋🏽", "か\u3099き\u3099", "辻\U000e0100", "ﾊﾝｶｸ",
    "１２３", "x" * 90,
]  # fmt: skip
MIXED = st.lists(st.sampled_from([*HOSTILE, "採用は毎年五名、", "研修。", " ", "\n"])).map("".join)


def every_block(text: str) -> Page:
    return Page(
        (
            Heading(1, text),
            Heading(3, text),
            Paragraph(text),
            Paragraph(text, quiet=True),
            Bullets((text, text)),
            Table.of(["項目", text], [[text, (text, text)], ["x", ""]]),
            Box(text, 2),
        )
    )


def drawn(page: Page, width: int = 80, colour: bool = False, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    print_page(page, out, width, colour)
    out.flush()
    return raw.getvalue().decode(encoding)


def table(cities: int) -> Page:
    head = ["項目", *(f"第{n}市" for n in range(cities))]
    rows = [
        ["採用", *["情報職を毎年五名ほど採用している。"] * cities],
        ["研修", *["あり"] * cities],
    ]
    return Page((Table.of(head, rows),))


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\s│|┌┬┐├┼┤└┴┘─=+-]", text))


@pytest.mark.parametrize("width", [80, 40, 20])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_acts_and_all_of_it_is_shown(text: str, width: int) -> None:
    shown = drawn(every_block(text), width)
    assert visible(shown) == shown
    assert "\t" not in shown
    paragraph = drawn(Page((Paragraph(text),)), width)
    assert re.sub(r"\s", "", paragraph) == re.sub(r"\s", "", visible(text))


@given(text=MIXED, width=st.sampled_from([80, 40, 20]))
def test_every_line_fits(text: str, width: int) -> None:
    assert max(map(cell_len, drawn(every_block(text), width).splitlines())) <= width


@given(texts=st.lists(MIXED, min_size=4, max_size=4), width=st.sampled_from([80, 40, 20]))
def test_a_table_shows_all_of_its_cells_in_any_width(texts: list[str], width: int) -> None:
    shown = drawn(Page((Table.of(texts[:2], [texts[2:]]),)), width)
    for_once = letters("".join(visible(text) for text in texts)).replace(":", "")
    # Below each other, a cell without text goes without its head.
    with_text = [texts[0], texts[1] if texts[3] else "", *texts[2:]]
    stacked = letters("".join(visible(text) for text in with_text)).replace(":", "")
    assert sorted(letters(shown).replace(":", "")) in (sorted(for_once), sorted(stacked))
    frames = {cell_len(line) for line in shown.splitlines() if line[:1] in set("│┌├└")}
    assert len(frames) <= 1


def test_a_table_lines_up_by_cells() -> None:
    page = Page((Table.of(["都市", "code"], [["千葉市", "12100"], ["札幌", "01100"]]),))
    assert drawn(page) == (
        "┌────────┬───────┐\n"
        "│ 都市   │ code  │\n"
        "├────────┼───────┤\n"
        "│ 千葉市 │ 12100 │\n"
        "│ 札幌   │ 01100 │\n"
        "└────────┴───────┘\n"
    )


def test_rows_of_several_lines_are_parted_by_rules() -> None:
    shown = drawn(Page((Table.of(["a", "b"], [["1", ("x", "y")], ["2", "z"]]),)))
    assert shown.count("├") == 2


def test_six_cities_stand_side_by_side_where_there_is_room_and_else_below_each_other() -> None:
    assert drawn(table(6), 140).startswith("┌")
    assert drawn(table(6), 80).startswith("項目: 採用\n  第0市: 情報職を")
    narrow = drawn(table(6), 40)
    assert narrow.startswith("項目: 採用\n  第0市: 情報職を")
    assert "\n\n項目: 研修\n  第0市: あり\n" in narrow
    assert "│" not in narrow


def test_handles_and_dates_are_not_broken_where_there_is_room() -> None:
    rows = [["abcdefghij", "2019-10-21", "とても長い本文が続きます。" * 5]]
    shown = drawn(Page((Table.of(["id", "on", "body"], rows),)), 40)
    assert "abcdefghij" in shown
    assert "2019-10-21" in shown


def test_colour_is_asked_for_or_absent() -> None:
    page = Page(
        (Heading(1, "題"), Heading(2, "部"), Paragraph("静か", quiet=True), *table(1).blocks)
    )
    assert "\x1b" not in drawn(page)
    coloured = drawn(page, colour=True)
    assert "\x1b[1;4m題\x1b[0m\n\x1b[1m部\x1b[0m\n" in coloured
    assert "\x1b[2m静か\x1b[0m" in coloured
    assert "─" * 80 not in coloured
    assert drawn(page).startswith("題\n==\n部\n──\n静か\n\n┌")


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_console_that_is_not_unicode_gets_ascii_lines_and_never_crashes(encoding: str) -> None:
    page = Page((Heading(2, "a"), Table.of(["a—🏥", "b"], [["c", "d"]]), Box("", 1)))
    lines = drawn(page, 20, encoding=encoding).splitlines()
    assert lines[2:4] == ["+-----+---+", "| a?? | b |"]
    assert lines[-2] == "|" + " " * 18 + "|"


def test_a_stream_in_another_encoding_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=e) for e in ("cp932", "utf-8")]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    prepare_streams()
    assert [stream.errors for stream in streams] == ["replace", "strict"]
    sys.stdout.write("—🏥")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("environment", "option", "on_terminal", "elsewhere"),
    [
        ({}, False, True, False), ({}, True, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False, False),
        ({"NO_COLOR": ""}, False, True, False), ({"FORCE_COLOR": "1"}, False, True, True),
        ({"FORCE_COLOR": "1"}, True, False, False), ({"FORCE_COLOR": "0"}, False, True, False),
        ({"TERM": "dumb"}, False, False, False),
    ],
)  # fmt: skip
def test_who_gets_colour(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    option: bool,
    on_terminal: bool,
    elsewhere: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(Terminal(), option) is on_terminal
    assert wants_colour(io.StringIO(), option) is elsewhere


def test_a_message_is_harmless_and_its_hint_stands_below() -> None:
    out = io.StringIO()
    say("No “\x1b[2J[red]”.", "Try\r\nagain.", out)
    assert out.getvalue() == "No “<U+001B>[2J[red]”.\nTry\nagain.\n"


def test_a_message_is_wrapped_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        say("この調査には千葉市という自治体がありません。", stream=stream)
    assert pipe.getvalue().count("\n") == 1
    assert max(map(cell_len, terminal.getvalue().splitlines())) <= 20


def test_a_question_is_wrapped_with_room_for_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    out = Terminal()
    ask("保存していない文章があります。続きを書きますか。 [Y/n]:", out)
    assert out.getvalue().endswith("[Y/n]: ")
    assert all(cell_len(line) <= 20 for line in out.getvalue().split("\n"))
    assert out.getvalue().startswith("保存していない\n文章が")


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("words", READING)
def test_every_line_of_every_command_fits(
    run: Run,
    noted: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    columns: str,
    language: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = ESCAPES.sub("", run(*words.split(), tty="out", lang=language).out)
    assert max(map(cell_len, shown.splitlines())) <= int(columns)
    frames = {cell_len(line) for line in shown.splitlines() if line[:1] in set("│┌├└")}
    assert all(width <= int(columns) for width in frames)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("words", ["compare ai-rpa", "coverage chiba-1", "--help"])
def test_a_real_terminal_tells_its_width(noted: Path, words: str, columns: int) -> None:
    screen = on_terminal(*words.split(), columns=columns)
    assert screen.code == 0
    lines = ESCAPES.sub("", screen.text).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert max(map(cell_len, lines)) > columns // 2


def test_a_terminal_gets_colour_unless_told_otherwise(run: Run, noted: Path) -> None:
    assert ESCAPES.search(run("visit", "list", tty="out").out)
    for words, tty in (((), ""), (("--no-color",), "out")):
        assert "\x1b" not in run(*words, "visit", "list", tty=tty).out


def test_a_prompt_repeats_nothing_that_acts(run: Run, three: Path) -> None:
    (three / "drafts").mkdir(exist_ok=True)
    (three / "drafts" / "x\x1b[2J\u202e.txt").write_text("x")
    result = run("draft", "drop", "x", stdin="n\n", tty="keyboard")
    assert_harmless(result.err)
    assert_harmless(run("draft", "list", tty="out", lang="ja").out.replace("\x1b[", ""))


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1"])
def test_a_console_that_is_not_unicode_does_not_crash(run: Run, noted: Path, encoding: str) -> None:
    run("note", "add", "chiba-1", "hiring", "効果 — あり🏥 髙﨑 \x1b[2J")
    for words in READING:
        for tty in ("out", "all"):
            result = run_here(*words.split(), tty=tty, encoding=encoding)
            assert result.code == 0, result.err_bytes
            result.out_bytes.decode(encoding)
    refused = run_here("visit", "show", "🏥—", tty="all", encoding=encoding)
    assert refused.code == 1
    refused.err_bytes.decode(encoding)


def test_a_process_on_a_cp932_console_does_not_crash(run: Run, noted: Path) -> None:
    run("note", "add", "chiba-1", "hiring", "効果 — あり🏥")
    for words in ("note list --format table", "note list", "--help", "visit show 🏥"):
        ended = in_shell(f"fieldvisit {words}", PYTHONIOENCODING="cp932")
        assert ended.returncode in {0, 1}, ended.stderr
        ended.stderr.decode("cp932")
        ended.stdout.decode("cp932" if "table" in words or "help" in words else "utf-8")


def test_a_file_and_a_pipe_get_utf8_whatever_the_console(run: Run, noted: Path) -> None:
    path = Path.cwd() / "x.md"
    run_here("compare", "-o", str(path), encoding="cp932")
    assert path.read_bytes() == run_here("compare", encoding="cp932").out_bytes
    assert path.read_bytes() == run("compare").out_bytes


def test_a_stacked_row_hangs_and_names_itself_first() -> None:
    page = Page(
        (Table.of(["", "項目一", "項目二", "項目三"], [["千葉市", "長い回答です。", "あり", ""]]),)
    )
    assert drawn(page, 20).splitlines() == [
        "千葉市",
        "  項目一: 長い",
        "    回答です。",
        "  項目二: あり",
    ]
