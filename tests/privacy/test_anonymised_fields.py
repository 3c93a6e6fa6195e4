"""Names in every field: replaced, refused, or not there; and what never reaches the output."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from cli.harness import run_here, tree
from fieldvisit.actions.anonymising.aliases import add_alias
from fieldvisit.actions.note_conflicts import set_conflict
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.prepare import ask_questions
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.summarising.write_summary import set_summary
from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing
from privacy import commands
from privacy.canaries import GROUP, Cage
from privacy.commands import LANGUAGES

PUBLIC = NoteFields(place="ai-rpa/status", disclosure="public")


@pytest.fixture
def given(template: Path, tmp_path: Path) -> Settings:
    folder = shutil.copytree(template, tmp_path / "study")
    return Settings(folder, str(folder), "書き手")


def compared(given: Settings, *words: str, lang: str = "en", code: int = 0) -> str:
    folder = given.study().folder
    result = run_here("--study", str(folder), "compare", "--anonymise", *words, lang=lang)
    assert result.code == code, result.err
    return result.out if code == 0 else result.err


def put(given: Settings, note: Note, **change: object) -> None:
    """Let a note stand so, past every command."""
    with changing(given, "put") as (_look, ledger):
        records.save(ledger, replace(note, **change))


def in_field(given: Settings, name: str, text: str) -> str:
    """Put a text into the field of that name; return where the refusal says it stands."""
    if name == "summary":
        add_note(given, "chiba-1", "話", PUBLIC)
        set_summary(given, "ai-rpa/status", text, city="千葉市")
        return "summary of 千葉市, ai-rpa/status"
    if name == "across":
        add_note(given, "chiba-1", "話", PUBLIC)
        set_summary(given, "ai-rpa", text, across=True)
        return "summary of across the cities, ai-rpa"
    if name == "reason":
        set_marks(given, "himeji-1", ["ai-rpa/effect"], "declined", text)
        return "mark at ai-rpa/effect"
    if name == "question":
        ask_questions(given, "chiba-1", {}, [("ai-rpa", text)])
        return "words of the guide at extra-2"
    note = add_note(given, "chiba-1", "話", replace(PUBLIC, said_by="山田太郎"))
    if name == "conflict":
        other = add_note(given, "himeji-1", "反対の話", PUBLIC)
        set_conflict(given, note.handle, other.handle, text)
        return f"note {note.handle}"
    if name == "position":
        edit_visit(given, "himeji-1", VisitFields(respondents=(f"情報部/{text}/別人",)))
        note = add_note(given, "himeji-1", "話", replace(PUBLIC, said_by="別人"))
    elif name in {"title", "date"}:
        put(given, note, source=replace(note.source, **{name: text}))
    else:
        put(given, note, **{name: (text,) if name == "tags" else text})
    return f"note {note.handle}"


FIELDS = ("body", "title", "date", "tags", "page", "position", "reason", "question", "summary",
          "across", "conflict")  # fmt: skip
LEFT = {
    "千葉大学": "fieldvisit alias add 千葉 --for 千葉市",
    "兵庫から": "fieldvisit alias add 兵庫 --for 兵庫県",
    "山田課長": "fieldvisit alias add 山田 --kind person --for 山田太郎",
    "282014": "fieldvisit note edit",
    "{handle}": "fieldvisit note edit",
    "{id}": "fieldvisit note edit",
    "{visit}": "fieldvisit note edit",
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_name_in_a_field_is_replaced(given: Settings, name: str) -> None:
    text = "ﾋﾒｼﾞｼ、HIMEJI、姫路市、名だけ、佐藤、Smith"
    in_field(given, name, text)
    for view in ((), ("--json",), ("--format", "csv"), ("--view", "city")):
        shown = compared(given, "--cells", "both", *view)
        assert not any(
            word in shown for word in ("ﾋﾒｼﾞ", "HIMEJI", "姫路", "名だけ", "佐藤", "Smith")
        )


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("text", LEFT)
def test_what_is_left_in_a_field_is_refused(given: Settings, name: str, text: str) -> None:
    other = add_note(given, "himeji-1", "別の話", PUBLIC)
    with viewing(given, "all") as view:
        visit = view.visits[0].id
    typed = text.format(handle=other.handle, id=other.id, visit=visit)
    where = in_field(given, name, typed)
    before = tree(given.study().folder)
    told = compared(given, "--cells", "both", code=1)
    assert f"  {where}: “" in told
    assert LEFT[text] in told
    assert tree(given.study().folder) == before


def test_the_command_that_is_named_helps(given: Settings) -> None:
    add_note(given, "chiba-1", "千葉大学と山田課長、兵庫の話", PUBLIC)
    told = compared(given, code=1)
    commands = [line.strip() for line in told.splitlines() if line.startswith("  fieldvisit alias")]
    assert len(commands) == 3
    for command in commands:
        words = command.split()[1:]
        assert run_here("--study", str(given.study().folder), *words).code == 0
    assert "大学と" in compared(given)


def test_a_word_that_is_no_name_is_let_through(given: Settings) -> None:
    add_note(given, "chiba-1", "千葉大学の話", PUBLIC)
    compared(given, code=1)
    add_alias(given, "千葉大学", "word", "")
    assert "千葉大学の話" in compared(given)


@pytest.mark.parametrize("audience", ["group", "public", "all"])
def test_what_leads_to_a_note_or_a_place_is_not_there(
    given: Settings, a_story: Path, audience: str
) -> None:
    cage = Cage(GROUP)
    plan = VisitFields(place=cage("place"), contact=cage("contact"), consent=cage("consent"))
    edit_visit(given, "chiba-1", plan)
    written = replace(given, by=cage("author"))
    note = add_note(written, "chiba-1", "話", replace(PUBLIC, source_url=cage("url", joint="/")))
    put(given, note, only_for=("jimu",))
    set_summary(written, "ai-rpa", "まとめ", city="千葉市")
    with viewing(given, "all") as view:
        hidden = [*(v.id for v in view.visits), *(v.handle for v in view.visits)]
        hidden += [word for n in view.notes for word in (n.id, n.handle, n.revision, n.created_at)]
        hidden += [city.code for city in view.cities.values()]
    for lang in LANGUAGES:
        for form in commands.forms(a_story, "compare"):
            for cells in ("notes", "both"):
                words = ("--format", form, "--audience", audience, "--cells", cells)
                shown = compared(given, *words, lang=lang)
                assert cage.leaks(shown.encode()) == []
                assert [word for word in hidden if word in shown] == []


def strings(thing: object) -> Iterator[tuple[str, str]]:
    """Every field of an object that holds text, and the text."""
    if isinstance(thing, tuple):
        for below in thing:
            yield from strings(below)
    elif isinstance(thing, Struct):
        for field in fields(thing):
            value = getattr(thing, field.name)
            if isinstance(value, str):
                yield f"{type(thing).__name__}.{field.name}", value
            else:
                yield from strings(value)


def test_no_field_of_a_note_is_forgotten(given: Settings) -> None:
    """A field that is added to a note is replaced, or left out, or known here to be harmless."""
    from fieldvisit.actions.anonymising.anonymise import compare_anonymised
    from fieldvisit.actions.compare import Choice
    from fieldvisit.fieldwork.guide import Address
    from fieldvisit.fieldwork.note import Source

    note = add_note(given, "chiba-1", "話", replace(PUBLIC, said_by="山田太郎"))
    texts = {f.name: "姫路市" for f in fields(Note) if f.type in {"str", str}} | {
        "id": note.id, "handle": note.handle, "city_code": note.city_code, "kind": "statement",
        "disclosure": "public", "revision": note.revision, "mode": "online",
        "on_day": "2019-10-30", "as_of": "2019", "created_at": note.created_at,
    }  # fmt: skip
    source = Source("姫路市", "姫路市", "姫路市")
    put(given, note, **texts, source=source, tags=("姫路市",), places=(Address("ai-rpa"),))
    found = compare_anonymised(given, Choice(), "all").comparison
    shown = next(n for t in found.topics for c in t.cities for n in c.whole.notes)
    assert [name for name, text in strings(shown) if "姫路" in text] == []
