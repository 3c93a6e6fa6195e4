"""Nobody registered at a visit is named in what goes to the public or to a city not theirs."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given as given_
from hypothesis import settings as tried
from hypothesis import strategies as st

from anonymity.test_names import BETWEEN, DISGUISES
from cli.harness import Result, assert_refused, run_here, tree
from fieldvisit.actions.aliases import add_alias
from fieldvisit.actions.coverage import ask_questions
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.summaries import set_summary
from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.anonymity.names import Names
from fieldvisit.anonymity.perhaps import Search
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.study import NameAlias
from fieldvisit.settings import Settings
from fieldvisit.shipped_cities import shipped
from fieldvisit.study.fields import NoteFields, VisitFields
from privacy.canaries import unzipped
from privacy.commands import ASKED, DELIVERING, LANGUAGES, command_of, forms, names_for
from privacy.worlds import handles

PUBLIC = NoteFields(place="ai-rpa/status", disclosure="public")
NAMES = ("山田太郎", "鈴木　花子", "John Smith", "佐藤", "千葉", "林", "Will", "ささき")
PLACES = tuple(city.name for city in shipped())


def people(*names: str) -> Search:
    aliases = tuple(NameAlias("person", name) for name in names)
    return Search(Names((), (), aliases, (*PLACES, "総務部佐藤研究課")), addressed=True)


PEOPLE = people(*NAMES)


def said(given: Settings, text: str) -> Note:
    """A note and a summary for the public, in which somebody is named."""
    note = add_note(given, "chiba-1", text, PUBLIC)
    set_summary(
        given, "ai-rpa", f"まとめ、{text}", city="千葉市", notes=[note.handle], level="public"
    )
    return note


def ask(given: Settings, words: str, *more: str, lang: str = "en") -> Result:
    return run_here("--study", str(given.study().folder), *words.split(), *more, lang=lang)


def test_what_a_person_is_also_called_is_a_name_too(given: Settings) -> None:
    add_note(given, "chiba-1", "大将課長が決めた。", PUBLIC)
    assert ask(given, "compare --audience public").code == 0
    add_alias(given, "大将", "person", "山田太郎")
    assert_refused(ask(given, "compare --audience public"), 1, "大将")
    assert ask(given, "prepare chiba-1 --for city").code == 0


@pytest.mark.parametrize("command", sorted(c for c in DELIVERING if "--format" in DELIVERING[c]
                                           and "--audience" in DELIVERING[c]))  # fmt: skip
def test_every_output_for_the_public_is_refused_where_it_names_somebody(
    given: Settings, command: str, a_story: Path
) -> None:
    """Every command of the registry that is made for an audience, in each of its formats."""
    note = said(given, "山田太郎、佐藤さんの話")
    edit_visit(given, "chiba-1", VisitFields(place="山田 太郎の部屋"))
    ask_questions(given, "chiba-1", {}, [("ai-rpa", "山田太郎の問い")])
    names = names_for([note.handle], [], [], [("ai-rpa", "121002")])
    refused, folder = set(), given.study().folder
    before = tree(folder)
    for words in [words for words in ASKED if command_of(words) == command][:4]:
        for form in forms(a_story, command):
            typed = (words.format(**names), "--format", form, "--audience", "public")
            public, allowed = ask(given, *typed), ask(given, *typed, "--allow-names")
            if "nothing was written" in public.err:
                refused.add(form)
                assert_refused(public, 1, "--allow-names")
                assert (public.out, allowed.code) == ("", 0)
            elif public.code == 0:
                assert public.out_bytes == allowed.out_bytes
                assert list(PEOPLE.named_in(unzipped(public.out_bytes).decode())) == []
    assert bool(refused) != (command in NAMELESS)
    assert tree(folder) == before


# They show the public nothing in which somebody could be named, or nothing at all.
NAMELESS = {
    "alias list", "draft list", "trace", "status", "material list", "guide list", "read", "review",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_refusal_names_the_notes(given: Settings, lang: str) -> None:
    note, other = said(given, "山田太郎の話"), add_note(given, "himeji-1", "佐藤さん", PUBLIC)
    add_note(
        given, "himeji-1", "山田太郎の内輪の話", NoteFields(place="hiring", disclosure="group")
    )
    told = ask(given, "compare --audience public", lang=lang)
    assert f"  山田太郎: note {note.handle}\n" in told.err or lang == "ja"
    assert {note.handle, other.handle} == {
        h for h in handles(given.study().folder) if h in told.err
    }
    edit_note(given, note.handle, "別の話", NoteFields())
    told = ask(given, f"note history {note.handle} --audience public", lang=lang)
    assert_refused(told, 1, "“山田太郎の話”")


def test_settings_that_tighten_refuse_too(
    given: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said(given, "山田太郎の話")
    monkeypatch.setenv("FIELDVISIT_AUDIENCE", "public")
    assert ask(given, "compare", "-o", str(tmp_path / "out.md")).code == 1
    assert not (tmp_path / "out.md").exists()
    assert ask(given, "note list", "--allow-names").code == 0
    run_here("--study", str(given.study().folder))
    assert ask(given, "log").code == 0


def asked(given: Settings, text: str) -> str:
    """The address of a question that is sent to one city."""
    _visit, (own,) = ask_questions(given, "himeji-1", {}, [("ai-rpa", text)])
    ask_questions(given, "himeji-1", {str(own): "send"})
    return str(own)


@pytest.mark.parametrize("words", ["confirm send himeji-1", "prepare himeji-1 --for city"])
def test_a_letter_names_nobody_of_another_city(given: Settings, tmp_path: Path, words: str) -> None:
    edit_visit(given, "himeji-1", VisitFields(respondents=("総務課/係長/木村拓海",)))
    edit_visit(given, "otsu-1", VisitFields(respondents=("総務課/係長/高橋健一",)))
    run_here("--study", str(given.study().folder), "study", "edit", "--contact", "係 高橋健一")
    fine = "木村さんと山田太郎、高橋市"  # 山田太郎 was at both
    add_note(given, "himeji-1", fine, NoteFields(place="hiring", disclosure="confirm"))
    asked(given, fine)
    assert ask(given, words).code == 0
    note = add_note(given, "himeji-1", "高橋係長と同じ", NoteFields(place="hiring"))
    own = asked(given, "高橋係長の話は")
    file = tmp_path / "letter.docx"
    told = ask(given, words, "-o", str(file), "--yes" if "confirm" in words else "--force")
    assert_refused(told, 1, note.handle if "confirm" in words else "高橋係長の話は")
    assert not file.exists()
    (first, *_more) = ask(given, "confirm list himeji-1 --json").json["confirmations"]
    assert first["state"] == "not-sent"
    assert ask(given, words, "--allow-names").code == 0
    if "prepare" in words:  # for the public it names nobody at all
        ask_questions(given, "himeji-1", {own: "skip"})
        assert ask(given, words).code == 0
        assert_refused(ask(given, words, "--audience", "public"), 1, "木村")


@given_(st.data(), BETWEEN, BETWEEN)
def test_a_name_is_found_in_every_form(data: st.DataObject, before: str, behind: str) -> None:
    name = data.draw(st.sampled_from(["山田太郎", "鈴木　花子", "John Smith", "佐藤", "ささき"]))
    text = f"{before}。{data.draw(st.sampled_from(DISGUISES))(name)}。{behind}"
    assert len(list(PEOPLE.named_in(text))) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("山田太郎部長", "山田太郎"), ("山田課長が", "山田"), ("花子さん", "花子"),
        ("林主査", "林"),
        ("佐藤が言う", "佐藤"), ("千葉市の千葉氏", "千葉"), ("Ms. Smith", "Smith"),
        ("Smith-san", "Smith"), ("WILL said", "WILL"), ("ささきの", "ささき"),
        ("千葉市長と千葉県、千葉では", "千葉"),
        *((text, "") for text in (
            "山田町と山田", "花子", "千葉市長と千葉県", "総務部佐藤研究課", "小山田が",
            "小林さん", "林業課長", "林と森", "Smiths, Johnson")),
    ],
)  # fmt: skip
def test_a_part_of_a_name_counts_and_within_the_name_of_a_place_it_does_not(
    text: str, named: str
) -> None:
    assert list(PEOPLE.named_in(text)) == ([named] if named else [])


def test_a_name_like_the_words_of_a_label_or_like_a_place_counts() -> None:
    assert list(people("担当者", "Ward").named_in("担当者がWardで")) == ["担当者", "Ward"]
    assert list(people("千葉太郎").named_in("千葉市長と千葉では千葉課長が")) == ["千葉"]


LETTERS = st.text(st.sampled_from("山田太郎佐藤千葉林木市長課氏さんの Will.johnSMITH"), max_size=30)


@tried(max_examples=30)
@given_(LETTERS)
def test_where_somebody_is_named_nothing_is_printed(template: Path, text: str) -> None:
    """Whatever the text: refused and nothing said, or printed as it stands; never for the group."""
    room = template.parent / "named"
    shutil.rmtree(room, ignore_errors=True)
    given = Settings(shutil.copytree(template, room), str(room), "書き手")
    registered = people("山田太郎", "名だけ", "佐藤", "Smith")
    add_note(given, "chiba-1", f"話{text}", PUBLIC)
    public = ask(given, "note list --audience public")
    assert (public.code, public.out == "") == ((1, True) if any(registered.named_in(f"話{text}"))
                                               else (0, False))  # fmt: skip
    assert ask(given, "note list --audience public", "--allow-names").code == 0
    assert ask(given, "note list --audience group").code == 0
