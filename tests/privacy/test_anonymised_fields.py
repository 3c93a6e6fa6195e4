"""Names in every field: replaced, refused, or not there; and what never reaches the output."""

import re
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from cli.harness import run_here, tree
from fieldvisit.actions.aliases import add_alias, ignore_texts
from fieldvisit.actions.combine_notes import set_conflict
from fieldvisit.actions.coverage import ask_questions
from fieldvisit.actions.plan_visits import edit_visit
from fieldvisit.actions.set_marks import set_marks
from fieldvisit.actions.summaries import set_summary
from fieldvisit.actions.write_note import add_note
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.settings import Settings
from fieldvisit.storage import records
from fieldvisit.study.change import changing
from fieldvisit.study.fields import NoteFields, VisitFields
from fieldvisit.study.view import viewing
from privacy import commands
from privacy.canaries import GROUP, Cage
from privacy.commands import LANGUAGES

NAMELESS = NoteFields(place="ai-rpa/status", disclosure="anonymous")


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
        add_note(given, "chiba-1", "話", NAMELESS)
        set_summary(given, "ai-rpa/status", text, city="千葉市")
        return "summary of 千葉市, ai-rpa/status"
    if name == "across":
        add_note(given, "chiba-1", "話", NAMELESS)
        set_summary(given, "ai-rpa", text, across=True)
        return "summary of across the cities, ai-rpa"
    if name == "guide":
        guide = given.study().guides / "it-workforce.yaml"
        words = guide.read_text(encoding="utf-8")
        guide.write_text(words.replace("AI・RPA", text, 1), encoding="utf-8")
        add_note(given, "chiba-1", "話", NAMELESS)
        return "words of the guide at ai-rpa"
    note = add_note(given, "chiba-1", "話", replace(NAMELESS, said_by="山田太郎"))
    if name == "conflict":
        other = add_note(given, "himeji-1", "反対の話", NAMELESS)
        set_conflict(given, note.handle, other.handle, text)
        return f"note {note.handle}"
    if name == "position":
        edit_visit(given, "himeji-1", VisitFields(respondents=(f"情報部/{text}/別人",)))
        note = add_note(given, "himeji-1", "話", replace(NAMELESS, said_by="別人"))
    else:
        put(given, note, **{name: text})
    return f"note {note.handle}"


FIELDS = ("body", "position", "guide", "summary", "across")
LEFT = {
    "千葉大学": "fieldvisit alias add",
    "兵庫から": "fieldvisit alias ignore",
    "山田課長": "fieldvisit alias add",
    "282014": "fieldvisit note edit",
    "{handle}": "fieldvisit note edit",
    "{id}": "fieldvisit note edit",
    "{visit}": "fieldvisit note edit",
}


@pytest.mark.parametrize("name", [*FIELDS, "conflict"])
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
    other = add_note(given, "himeji-1", "別の話", NAMELESS)
    with viewing(given, "all") as view:
        visit = view.visits[0].id
    typed = text.format(handle=other.handle, id=other.id, visit=visit)
    where = in_field(given, name, typed)
    before = tree(given.study().folder)
    told = compared(given, "--cells", "both", code=1)
    assert re.search(rf"^  \S+: .*{where}", told, re.MULTILINE), told
    assert LEFT[text] in told
    assert tree(given.study().folder) == before


HINTS = (
    "高橋課長", "高橋氏", "たかはしさん", "ﾀｶﾊｼ様", "副市長", "Takahashi-san", "Mr. Takahashi",
    "課長 高橋", "DX推進室長", "情報政策課", "佐倉市", "さくら市", "マキノ町", "愛媛",
    "霞ヶ浦", "富士山", "松山城", "松山空港", "松山大学", "(株)松山電算", "Matsuyama City",
    "Lake Biwa", "03-1234-5678",
    "０３（１２３４）５６７８", "〒790-8571", "1-2-3", "https://www.city.x.lg.jp/", "city-x.lg.jp",
    "a.b@city.x.lg.jp", "979,768人", "三百二十四名", "10月21日",
)  # fmt: skip


def test_hints_are_listed_with_their_note_until_each_was_decided(given: Settings) -> None:
    handles = [add_note(given, "chiba-1", f"話は、{hint}、以上", NAMELESS).handle for hint in HINTS]
    told = compared(given, code=1).splitlines()
    lines = {line.split(": note ")[1]: line.split(": note ")[0].strip()
             for line in told if ": note " in line}  # fmt: skip
    assert len(HINTS) == 32
    assert [handle for handle in handles if handle not in lines] == []
    add_alias(given, "高橋", "person", "")
    ignore_texts(given, [text for text in lines.values() if "高橋" not in text][1:])
    assert len([line for line in compared(given, code=1).splitlines() if ": note " in line]) == 1
    ignore_texts(given, list(lines.values())[2:3])
    shown = compared(given)
    assert "高橋" not in shown
    assert "Person A課長" in shown.replace("B課長", "A課長")


@pytest.mark.parametrize("audience", ["group", "public", "all"])
def test_what_leads_to_a_note_or_a_place_is_not_there(
    given: Settings, a_story: Path, audience: str
) -> None:
    cage = Cage(GROUP)
    plan = VisitFields(place=cage("place"), contact=cage("contact"), consent=cage("consent"))
    edit_visit(given, "chiba-1", plan)
    written = replace(given, by=cage("author"))
    note = add_note(written, "chiba-1", "話", replace(NAMELESS, source_url=cage("url", joint="/")))
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


def test_no_field_of_a_note_is_forgotten(given: Settings) -> None:
    """A field that is added to a note is replaced, or left out, or known here to be harmless."""
    note = add_note(given, "chiba-1", "話", replace(NAMELESS, said_by="山田太郎"))
    texts = {f.name: "姫路市" for f in fields(Note) if f.type in {"str", str}} | {
        "id": note.id, "handle": note.handle, "city_code": note.city_code, "kind": "statement",
        "disclosure": "anonymous", "revision": note.revision, "mode": "online",
        "on_day": "2019-10-30", "as_of": "2019-10-21", "created_at": note.created_at,
    }  # fmt: skip
    source = Source("姫路市", "姫路市", "姫路市")
    put(given, note, **texts, source=source, tags=("姫路市",), places=(Address("ai-rpa"),))
    set_marks(given, "himeji-1", ["ai-rpa/effect"], "declined", "姫路市")
    for form in ("json", "md"):
        shown = compared(given, "--audience", "all", "--format", form)
        assert [word for word in ("姫路", "2019-10", "declined") if word in shown] == []
        assert "City A" in shown


def test_a_question_of_one_visit_has_no_row_and_no_words(given: Settings) -> None:
    ask_questions(given, "chiba-1", {}, [("ai-rpa", "独自の質問")])
    add_note(given, "chiba-1", "独自の答え", replace(NAMELESS, place="ai-rpa/extra-2"))
    for form in ("json", "csv", "md"):
        shown = compared(given, "--format", form)
        assert "独自の答え" in shown
        assert "独自の質問" not in shown
        assert "extra-" not in shown
