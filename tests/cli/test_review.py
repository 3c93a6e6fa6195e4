"""`review`: what waits is decided, at a real terminal or by name."""

import hashlib
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

import waiting
from cli.harness import HOSTILE, Run, assert_harmless, assert_refused, tree
from cli.pty_run import Act, Screen, Terminal, on_terminal
from cli.recorded import added, notes
from fieldvisit.actions.review import Decision, decide
from fieldvisit.fieldwork.guide import Address
from fieldvisit.review.item import TYPES
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing
from waiting import item, states

ENTER, ESC, STOP = "\r", "\x1b", "\x03"
LIST = ("review", "--list", "--audience", "all", "--json")


@pytest.fixture
def given(three: Path) -> Settings:
    return Settings(three, str(three), "佐藤")


def texts(run: Run) -> list[tuple[str, str, str]]:
    """What is stored: body, level, and place of each note."""
    return [
        (n["body"], n["disclosure"], "/".join(filter(None, (n["topic"], n["question"]))))
        for n in notes()
    ]


def on(*typed: tuple[str, Act], columns: int = 80, before: str = "", code: int = 0) -> Screen:
    screen = on_terminal("review", typed=typed, columns=columns, before=before)
    assert screen.code == code, screen.plain
    return screen


def counted(name: str, keys: str, items: int, record: Callable[[str, object], None]) -> float:
    """Print how many keys the items took each."""
    print(f"{name}: {len(keys)} keys for {items} items")  # noqa: T201 - what the test is for
    record(name, len(keys))
    return len(keys) / items


def test_a_sheet_of_forty_answers_with_six_doubts(
    run: Run, given: Settings, record_property: Callable[[str, object], None]
) -> None:
    doubtful = range(3, 40, 7)
    waiting.store(given, *(
        item(n, f"回答その{n}。", kind="reply", reasons=("hint",) if n in doubtful else ())
        for n in range(40)
    ))  # fmt: skip
    keys = ["12", "15", "12", "14", "39", "9"]
    screen = on(
        ("[Y/n]", "\n"), *((f"{at}/6", key) for at, key in enumerate(keys, 1))
    )  # fmt: skip
    shown = "".join(screen.plain.split("Store 34 texts?")[0].split())
    assert all(f"回答その{n}。" in shown for n in range(40) if n not in doubtful)
    assert states(given).count("taken") == 39
    levels = {body: level for body, level, _place in texts(run)}
    assert (levels["回答その10。"], levels["回答その24。"]) == ("off-record", "group")
    assert counted("all plain ones", ENTER, 34, record_property) * 34 <= 1
    assert counted("doubtful answers", "".join(keys), 6, record_property) <= 2


def test_a_memo_of_sixty_paragraphs(
    run: Run, given: Settings, record_property: Callable[[str, object], None]
) -> None:
    topics = ("hiring", "ai-rpa", "security")
    waiting.store(
        given, *(item(n, f"段落{n}。", place=Address(topics[n // 10 % 3])) for n in range(60))
    )
    # A section at once, single ones, another place, and a section again.
    screen = on(("1/60", "61"), ("11/60", ENTER * 10), ("21/60", ENTER * 20), ("41/60", "743\r"),
                ("42/60", ENTER * 9), ("51/60", "61"))  # fmt: skip
    assert states(given) == ["taken"] * 60
    found = texts(run)
    assert found[40][2] == "ai-rpa/effect"
    assert found[0][2] == "hiring"
    assert screen.plain.count("段落5。") == 1
    stands = "61" + ENTER * 10 + ENTER * 20 + ENTER * 9 + "61"
    assert counted("paragraphs as suggested", stands, 59, record_property) <= 2
    assert counted("a paragraph elsewhere", "743\r", 1, record_property) <= 5


def test_what_has_a_doubt_of_its_own_is_not_taken_with_others(run: Run, given: Settings) -> None:
    doubts = (("memo",), ("memo",), ("memo", "hint"), ("memo",))
    waiting.store(given, *(item(n, f"段落{n}。", reasons=why) for n, why in enumerate(doubts)))
    on(("and 1 more", "61"), ("3/4", f"6{ESC}"))
    assert states(given) == ["taken", "taken", "waiting", "waiting"]


def test_what_is_no_statement_is_dropped_by_one_key_below_its_heading(
    run: Run, given: Settings
) -> None:
    cover = item(
        1, "日時　10月21日", place=None, disclosure="", advice="drop", section=("１ 概要",)
    )
    waiting.store(given, cover, item(2, "話。", section=("２ 内容", "(1) 採用")))
    screen = on(("1/2", ENTER), ("2/2", ENTER))
    assert ("１ 概要" in screen.plain, "２ 内容 / (1) 採用" in screen.plain) == (True, True)
    assert states(given) == ["dropped", "taken"]


def test_full_width_digits_are_the_same_keys_and_whatever_is_no_key_decides_nothing(
    run: Run, given: Settings
) -> None:
    waiting.store(given, item(1, "一つ目。"), item(2, "二つ目。"))
    nothing = "あx\x1b[A\x1b[200~1\x1b[201~ "
    on(("1/2", f"{nothing}１５"), ("2/2", nothing + ESC))
    assert texts(run) == [("一つ目。", "off-record", "ai-rpa/effect")]
    assert states(given) == ["taken", "waiting"]


def test_japanese_from_an_input_method_is_taken_as_typed(run: Run, given: Settings) -> None:
    waiting.store(given, item(1, "税のさん業務。"), item(2, "二つ目。"))
    typed = "税の三業務。𠮷野".encode()

    def committed(at: Terminal) -> None:
        at.type_bytes(b"\x15", typed[:4], typed[4:11], typed[11:], b"\r")

    on(("1/2", "4"), ("text:", committed), ("2/2", "４"), ("text:", "\x1b"), ("2/2", ESC))
    assert texts(run) == [("税の三業務。𠮷野", "confirm", "ai-rpa/effect")]
    assert states(given) == ["taken", "waiting"]


def test_what_was_typed_into_a_line_is_kept_where_it_is_not_stored(
    run: Run, given: Settings
) -> None:
    waiting.store(given, item(1, "一つ目。"))
    on(("1/1", "4"), ("text:", "書きかけ"), ("書きかけ", STOP), ("1/1", ESC))
    (draft,) = run("draft", "list", "--audience", "all", "--json").json["drafts"]
    assert "一つ目。書きかけ" in run("draft", "show", draft["draft"], "--audience", "all").out
    assert run("draft", "list", "--json").json["drafts"] == []


def test_a_text_of_several_lines_is_edited_in_the_editor(
    run: Run, given: Settings, editor: Callable[[str], None]
) -> None:
    editor("text = text.replace('二', '三')")
    waiting.store(given, item(1, "一行目。\n二行目。"))
    on(("1/1", "4"))
    assert texts(run) == [("一行目。\n三行目。", "confirm", "ai-rpa/effect")]
    assert run("draft", "list", "--audience", "all", "--json").json["drafts"] == []


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_is_cut_at_any_width_nor_painted_where_nobody_wants_it(
    run: Run, given: Settings, monkeypatch: pytest.MonkeyPatch, spoken: str, columns: int
) -> None:
    monkeypatch.setenv("FIELDVISIT_LANG", spoken)
    monkeypatch.setenv("NO_COLOR", "1")
    target = added(run, "chiba-1", "ai-rpa/effect", "年に500時間ほど減る。")["id"]
    long = "窓口の混雑を減らすために、AIとRPAを順に入れた。" * 8
    waiting.store(
        given, item(1, long), item(2, "年に300時間ほど減る。", type="change", target=target)
    )
    screen = on(("1/2", "7"), ("7", "4"), ("7", "x"), ("1/2", "8"), ("2/2", ESC), columns=columns)
    assert max(map(cell_len, screen.plain.splitlines())) <= columns
    assert not re.search(r"\x1b\[[13-9][0-9]*m", screen.text)
    shown = re.sub(r"[\s>]", "", screen.plain)
    for piece in (long, "年に500時間ほど減る。", "年に[-500-]{+300+}時間ほど減る。"):
        assert piece in shown
    on(("1/2", ESC), columns=columns)


def test_another_width_shows_the_item_anew(run: Run, given: Settings) -> None:
    long = "窓口の混雑を減らすために、AIとRPAを順に入れた。" * 3
    waiting.store(given, item(1, long), item(2, "二つ目。"))
    screen = on(("1/2", lambda at: at.resize(40)), ("1/2", ENTER), ("2/2", ESC))
    first, *later = screen.plain.split("to decide")[1:]
    assert len(later) == 2
    assert max(map(cell_len, first.splitlines())) > 40
    assert all(cell_len(line) <= 40 for part in later for line in part.splitlines())
    assert states(given) == ["taken", "waiting"]


def kill(at: Terminal) -> None:
    at.process.kill()


@pytest.mark.parametrize(("end", "code"), [(ESC, 0), (STOP, 130), (kill, -9)])
def test_stopped_at_any_item_nothing_is_lost_and_it_goes_on_there(
    run: Run, given: Settings, end: Act, code: int
) -> None:
    waiting.store(given, *(item(n, f"段落{n}。", place=Address("hiring")) for n in range(4)))
    for done in range(4):
        left = 4 - done
        on((f"1/{left}", end), code=code)
        assert states(given) == ["taken"] * done + ["waiting"] * left
        if left > 1:
            on((f"1/{left}", ENTER), (f"2/{left}", end), code=code)
        else:
            on((f"1/{left}", ENTER))
        assert states(given) == ["taken"] * (done + 1) + ["waiting"] * (left - 1)
    assert on().plain == "Nothing waits for a decision.\n"
    assert len(texts(run)) == 4


def test_what_somebody_else_decides_meanwhile_is_said_and_not_decided_twice(
    run: Run, given: Settings
) -> None:
    stored = waiting.store(given, *(item(n, f"段落{n}。") for n in range(3)))
    other = replace(given, by="田中")

    def elsewhere(at: Terminal) -> None:
        decide(other, stored[0], Decision("take", disclosure="group"))
        decide(other, stored[1], Decision("drop"))
        at.type_bytes(b"\r")

    screen = on(("1/3", elsewhere), ("3/3", ENTER))
    shown = " ".join(screen.plain.split())
    assert f"Item {stored[0].handle} stands as: taken, 田中." in shown
    assert shown.count("Decided by 田中: taken") == shown.count("Decided by 田中: dropped") == 1
    assert [(body, level) for body, level, _place in texts(run)] == [
        ("段落0。", "group"), ("段落2。", "confirm")
    ]  # fmt: skip


def test_two_people_at_the_same_items_store_each_once(run: Run, given: Settings) -> None:
    waiting.store(given, *(item(n, f"段落{n}。") for n in range(8)))
    together = Barrier(2)

    def at_once(at: Terminal) -> None:
        together.wait()
        at.type_bytes(*[ENTER.encode()] * 8)

    with ThreadPoolExecutor(2) as both:
        screens = list(both.map(lambda _n: on(("1/8", at_once)), range(2)))
    assert all(screen.code == 0 for screen in screens)
    assert states(given) == ["taken"] * 8
    assert sorted(body for body, _level, _place in texts(run)) == [f"段落{n}。" for n in range(8)]


def test_enter_never_opens_and_a_digit_does(run: Run, given: Settings) -> None:
    place = ("chiba-1", "ai-rpa/effect")
    ids = [added(run, *place, text, "-d", "group")["id"] for text in ("前の話。", "別の話。")]
    public: dict[str, Any] = {"disclosure": "public", "reasons": ("opens",)}
    waiting.store(
        given,
        item(1, "新しい話。", **public),
        item(2, "後の話。", type="change", target=ids[0], **public),
        item(3, "別の話。", type="change", target=ids[1], **public),
        item(4, "明かす話。", disclosure="public", reasons=()),
        item(5, "了承。", type="agreement", target=ids[1]),
    )
    on(("1/5", ENTER), ("2/5", ENTER), ("3/5", "11"), ("4/5", "11"), ("5/5", ENTER + ESC))
    assert sorted(texts(run)) == [
        ("別の話。", "public", "ai-rpa/effect"), ("後の話。", "group", "ai-rpa/effect"),
        ("新しい話。", "confirm", "ai-rpa/effect"), ("明かす話。", "public", "ai-rpa/effect"),
    ]  # fmt: skip
    assert states(given) == ["taken"] * 4 + ["waiting"]


def test_back_forth_later_another_speaker_kind_state(run: Run, given: Settings) -> None:
    waiting.store(given, *(item(n, f"段落{n}。", place=None, disclosure="") for n in range(4)))
    screen = on(
        ("1/4", "\r14"), ("7 Other", "4\r"),  # a level, then the place that lacks
        ("2/4", "0"), ("Decided by 佐藤: taken", "1"), ("1/4", "2"), ("山田太郎", "2"),
        ("1/4", "3"), ("7 researcher", "7"), ("1/4", "15"), ("7 Other", "7"),
        ("2/4", "8"), ("3/4", "38"), ("due:", "2019-11-30\r"), ("7 Other", "41"),
        ("4/4", "9"),
    )  # fmt: skip
    assert texts(run) == [("段落0。", "off-record", "other")]
    (note,) = notes()
    assert (note["kind"], note["said_by"]) == ("remark", "情報経営部 課長 山田太郎")
    assert states(given) == ["taken", "waiting", "taken", "dropped"]
    assert "Taken: 2. Kept as it was: 0. Dropped: 1. Waiting: 1." in screen.plain
    (owed,) = run("status", "--json").json["follow_up"]
    assert (owed["topic"], owed["question"], owed["due"]) == ("ai-rpa", "status", "2019-11-30")


@pytest.mark.parametrize(
    ("text", "opens", "told"),
    [
        ("話。", True, "Opened:"),
        ("別の話。", True, "was changed since it was read"),
        ("話。", False, "could not be opened"),
        ("", True, "no longer there"),
    ],
)
def test_the_file_is_opened_on_a_key_or_said_to_be_gone(
    run: Run, given: Settings, tmp_path: Path, text: str, opens: bool, told: str
) -> None:
    file, opener, seen = tmp_path / "came.txt", tmp_path / "bin" / "xdg-open", tmp_path / "seen"
    if text:
        file.write_text(text, encoding="utf-8")
    opener.parent.mkdir()
    if opens:
        opener.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
        opener.chmod(0o755)
    came = hashlib.sha256("話。".encode()).hexdigest()
    waiting.store(given, item(1, "話。", path=str(file), sha256=came))
    path = f"import os; os.environ['PATH'] = {str(opener.parent)!r}"
    on(("1/1", "5"), (told, ESC), columns=200, before=path)
    assert states(given) == ["waiting"]


def test_all_of_a_sitting_is_taken_back_by_its_name(run: Run, given: Settings) -> None:
    waiting.store(given, *(item(n, f"段落{n}。") for n in range(3)))
    screen = on(("1/3", ENTER), ("2/3", "9"), ("3/3", ENTER))
    name = re.search(r"undo ([0-9a-f]{8})", screen.plain)
    assert name, screen.plain
    assert run("undo").code == 0
    assert states(given) == ["taken", "dropped", "waiting"]
    assert run("undo", name[1]).code == 0
    assert states(given) == ["waiting"] * 3
    assert texts(run) == []
    assert_refused(run("undo", name[1]), 1, "cannot be taken back")


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_item_can_be_shown_and_dropped(run: Run, given: Settings, kind: str) -> None:
    waiting.store(given, item(1, "文。", type=kind, mark="declined" if kind == "mark" else "",
                              choice="skip" if kind == "choice" else ""))  # fmt: skip
    assert run(*LIST).json["items"][0]["type"] == kind
    on(("1/1", "9"))
    assert states(given) == ["dropped"]


def test_no_text_acts_on_the_terminal(run: Run, given: Settings) -> None:
    waiting.store(given, *(item(n, f"x{text}x") for n, text in enumerate(HOSTILE)))
    screen = on(*((f"{n}/{len(HOSTILE)}", "8") for n in range(1, len(HOSTILE) + 1)))
    assert_harmless(screen.plain.replace("\x08", ""))


@pytest.mark.parametrize("audience", [(), ("--audience", "group"), ("--audience", "public")])
@pytest.mark.parametrize("words", [(), ("--list",), ("--json",)])
def test_nobody_else_learns_whether_anything_waits(
    run: Run, given: Settings, audience: tuple[str, ...], words: tuple[str, ...]
) -> None:
    before = run("review", *words, *audience)
    assert_refused(before, 1, "--audience all")
    waiting.store(given, item(1, "段落。"))
    assert run("review", *words, *audience) == before
    assert run("status", "--json").json["to_decide"] == 0
    assert run("status", "--json", "--audience", "all").json["to_decide"] == 1
    if audience:
        assert_refused(run("review", *words, *audience, tty="all"), 1, "those in charge")


def test_the_list_holds_all_there_is_to_decide_by(run: Run, given: Settings) -> None:
    note = added(run, "chiba-1", "ai-rpa/effect", "前の話。")
    about = {"type": "change", "target": note["id"], "reasons": ("changed", "struck")}
    (stored,) = waiting.store(given, item(7, "後の話。", **about))
    (found,) = run(*LIST).json["items"]
    assert found == {
        "item": stored.handle, "id": stored.id, "type": "change", "file": "メモ.txt",
        "place": "line 7", "visit": "chiba-1", "target": note["handle"], "text": "後の話。",
        "before": "前の話。", "reasons": ["changed", "struck"], "state": "waiting", "by": None,
        "suggestion": {
            "topic": "ai-rpa", "question": "effect", "disclosure": "confirm", "kind": None,
            "said_by": None, "mark": None, "due": None, "choice": None,
        },
    }  # fmt: skip
    assert run(*LIST, lang="ja").json["items"] == [found]
    assert run(*LIST, "--visit", "himeji-1").json["items"] == []
    table = run("review", "--list", "--audience", "all", "--format", "csv").out
    assert "前の話。" in table
    assert "後の話。" in table


def test_items_are_taken_by_name_all_or_none(run: Run, given: Settings, three: Path) -> None:
    bare: dict[str, Any] = {"place": None, "disclosure": ""}
    one, two = waiting.store(given, item(1, "一つ目。"), item(2, "二つ目。", **bare))
    before = tree(three)
    for lacking in ((), ("--place", "4/2"), ("-d", "group")):
        assert_refused(run("review", "take", one.handle, two.handle, *lacking), 1, two.handle)
        assert tree(three) == before
    said = ("--place", "4/2", "-d", "group", "-k", "quote", "--said-by", "山田太郎")
    result = run("review", "take", one.handle[:4], two.handle, *said)
    assert (result.code, len(result.lines)) == (0, 2)
    found = notes()
    assert [note["handle"] for note in found] == result.lines
    assert {(n["question"], n["disclosure"], n["kind"], n["said_by"]) for n in found} == {
        ("selection", "group", "quote", "情報経営部 課長 山田太郎")
    }
    assert_refused(run("review", "take", one.handle), 1, "taken, 佐藤")
    assert_refused(run("review", "restore", one.handle), 1, "undo")


def test_a_note_on_which_something_waits_says_so_to_those_in_charge(
    run: Run, given: Settings
) -> None:
    note = added(run, "chiba-1", "ai-rpa", "係は三名。", "-d", "public")
    waiting.store(given, item(1, "係は五名。", type="change", target=note["id"], place=None))
    for audience, told in (("all", True), ("group", False)):
        page = run("note", "show", note["handle"], "--audience", audience).out
        assert ("something waits" in page) is told


def test_the_list_suggests_no_level_where_one_is_asked(run: Run, given: Settings) -> None:
    waiting.store(given, item(1, "話。"), item(2, "内密の話。", reasons=("memo", "hint")))
    suggested = [found["suggestion"]["disclosure"] for found in run(*LIST).json["items"]]
    assert suggested == ["confirm", None]


def test_a_second_text_is_shown_with_the_first(run: Run, given: Settings) -> None:
    first = item(1, "係は三名。", slot="x", sha256="1" * 64)
    second = item(2, "係は五名。", slot="x", reasons=("memo", "second"))
    waiting.store(given, first, second)
    screen = on(("1/2", "8"), ("2/2", ESC))
    assert re.search("stands +係は三名。\\s+came +係は五名。", screen.plain)


def test_words_of_others_ask_for_a_reason(run: Run, given: Settings) -> None:
    id_ = added(run, "chiba-1", "ai-rpa", "「足りない」", "-k", "quote")["id"]
    with viewing(given, "all") as view:
        shown = view.every_note[id_].revision
    change = {"type": "change", "target": id_, "shown": shown, "place": None}
    one, two = waiting.store(given, item(1, "「足りる」", **change), item(2, "「足る」", **change))
    screen = on(("1/2", ENTER), ("reason", "\r"), ("1/2", ENTER), ("reason", "聞き直した\r"),
                ("2/2", ESC))  # fmt: skip
    assert "words of others" in " ".join(screen.plain.split())
    assert states(given) == ["taken", "waiting"]
    assert_refused(run("review", "take", two.handle), 1, "--reason")
    assert run("review", "take", two.handle, "--reason", "誤記").code == 0
    assert texts(run)[0][0] == "「足る」"
    assert one.handle


def test_keep_drop_restore_and_other_words_or_a_state_by_name(run: Run, given: Settings) -> None:
    names = [one.handle for one in waiting.store(given, *(item(n, "話。") for n in range(5)))]
    assert (
        run("review", "keep", names[0]).code == run("review", "drop", names[1], names[2]).code == 0
    )
    assert run("review", "restore", names[2]).code == 0
    assert run("review", "take", names[3], "--text", "-", stdin="別の言葉。\n").code == 0
    mark = ("--mark", "to-follow")
    assert_refused(run("review", "take", names[4], *mark), 1, "--due")
    assert run("review", "take", names[4], *mark, "--due", "2019-11-30").code == 0
    assert states(given) == ["kept", "dropped", "waiting", "taken", "taken"]
    assert [body for body, _level, _place in texts(run)] == ["別の言葉。"]
    dropped = run(*LIST, "--state", "dropped").json["items"]
    assert [found["item"] for found in dropped] == [names[1]]


@pytest.mark.parametrize(
    ("text", "level", "stored"),
    [
        ("五人。【オフレコ】", (), False),
        ("【背景】五人。", ("-d", "group"), False),
        ("五人。ここだけの話。", (), False),
        ("五人。ここだけの話。", ("-d", "group"), True),
        ("五人。【件】", ("-d", "group"), True),
    ],
)
def test_a_mark_that_comes_in_with_other_words_is_refused(
    run: Run, given: Settings, text: str, level: tuple[str, ...], stored: bool
) -> None:
    (one,) = waiting.store(given, item(1, "三人。【件】", reasons=("unknown-mark",)))
    result = run("review", "take", one.handle, "--text", text, *level)
    assert (result.code == 0, states(given)) == (stored, ["taken" if stored else "waiting"])
    assert [body for body, _level, _place in texts(run)] == [text] * stored


def test_words_typed_on_standard_input_are_kept_where_they_are_not_stored(
    run: Run, given: Settings
) -> None:
    (one,) = waiting.store(given, item(1, "三人。", place=None))
    take = ("review", "take", one.handle, "--text", "-")
    assert_refused(run(*take, stdin="五人。\n", tty="all"), 1, "place")
    (draft,) = run("draft", "list", "--audience", "all", "--json").json["drafts"]
    assert "五人。" in run("draft", "show", draft["draft"], "--audience", "all").out


def test_without_a_level_said_nothing_is_taken_more_open(run: Run, given: Settings) -> None:
    one, two = waiting.store(given, *(item(n, f"話{n}。", disclosure="public") for n in range(2)))
    assert run("review", "take", one.handle).code == 0
    assert run("review", "take", two.handle, "-d", "public").code == 0
    assert [level for _body, level, _place in texts(run)] == ["confirm", "public"]


def test_a_terminal_is_needed_to_decide_one_after_the_other(run: Run, given: Settings) -> None:
    waiting.store(given, item(1, "話。"))
    assert_refused(run("review", "--audience", "all"), 1, "--list", "review take ITEM")
    assert states(given) == ["waiting"]
    assert os.environ["FIELDVISIT_BY"] == "佐藤"
