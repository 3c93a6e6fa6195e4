"""The gate, broken on purpose in every way we could think of: some test must always notice."""

import inspect
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import run_here
from fieldvisit.fieldwork import coverage, disclosure
from fieldvisit.settings import Study
from fieldvisit.storage import gate
from fieldvisit.storage.connection import reading
from fieldvisit.storage.gate import past as of_revisions
from fieldvisit.storage.gate import present as of_notes
from privacy import worlds
from privacy.aviary import NAMELESS, Aviary
from privacy.broken import broken

MUTANTS: tuple[tuple[types.ModuleType, str, str], ...] = (
    (disclosure, "return found in _SEEN", "return True or found in _SEEN"),
    (disclosure, 'frozenset({"public", "confirm"', 'frozenset({"off-record", "public", "confirm"'),
    (disclosure, 'frozenset({"public"})', 'frozenset({"public", "confirm"})'),
    (disclosure, 'frozenset({"public"})', 'frozenset({"public", "anonymous"})'),
    (disclosure, 'frozenset({"public"})', 'frozenset({"public", "group"})'),
    (disclosure, 'frozenset({"public"})', 'frozenset({"public", "off-record"})'),
    (disclosure, "frozenset(_LEVELS)", "frozenset(_LEVELS[:4])"),
    (disclosure, "in DISCLOSURES else OFF_RECORD", 'in DISCLOSURES else "public"'),
    (disclosure, "in DISCLOSURES else OFF_RECORD", 'in DISCLOSURES else "group"'),
    (disclosure, "if disclosure and disclosure in DISCLOSURES", "if disclosure"),
    (disclosure, "_LEVELS[max(ranks)]", "_LEVELS[min(ranks)]"),
    (disclosure, "if ranks else OFF_RECORD", 'if ranks else "public"'),
    (disclosure, "order[min(", "order[max("),
    (disclosure, "tuple(AUDIENCES)", "tuple(reversed(AUDIENCES))"),
    (disclosure, "if not may_see(note.disclosure, audience, confirmed",
     "if not may_see(note.disclosure, \"all\", confirmed"),
    (disclosure, "disclosure=level(note.disclosure)", "disclosure=note.disclosure"),
    (disclosure, 'if audience != "public":\n        return note', "if True:\n        return note"),
    (disclosure, 'by="", tags', "by=note.by, tags"),
    (disclosure, "tags=()", "tags=note.tags"),
    (disclosure, "only_for=()", "only_for=note.only_for"),
    (disclosure, "_nameless(note.speaker)", "note.speaker"),
    (disclosure, 'if audience != "public":\n        return visit',
     "if True:\n        return visit"),
    (disclosure, 'contact="", consent=""', 'consent=""'),
    (disclosure, 'contact="", consent=""', 'contact=""'),
    (disclosure, "_nameless(p) for p", "p for p"),
    (disclosure, "visit.respondents if p.role", "visit.respondents"),
    (disclosure, "if audience == \"public\" and state in", "if False and state in"),
    (disclosure, 'CONFIDENTIAL | {"open"}', "CONFIDENTIAL"),
    (disclosure, 'CONFIDENTIAL | {"open"}', '{"open"}'),
    (disclosure, 'person_id="", name=""', 'person_id=""'),
    (of_notes, "if not deleted:", "if deleted:"),
    (of_notes, "_read(connection, _NOTES + clause, values, audience, study_group,",
     '_read(connection, _NOTES + clause, values, "all", study_group,'),
    (of_notes, '{"id": note_id}, audience)', '{"id": note_id}, "all")'),
    (of_notes, "note_for(whole, audience,", 'note_for(whole, "all",'),
    (of_notes, "note_for(whole, audience, anonymised=anonymised)", "whole"),
    (of_notes, "note_for(whole, audience, anonymised=anonymised)",
     "note_for(whole, audience, anonymised=True)"),
    (of_revisions, "kept.clear()", "pass"),
    (of_revisions, 'if audience != "all" and level', 'if audience == "public" and level'),
    (of_revisions, "level(then.disclosure) == OFF_RECORD", "then.disclosure == OFF_RECORD"),
    (of_revisions, "note_for(_as_then(then, revision, head), audience)",
     "_as_then(then, revision, head)"),
    (of_revisions, 'body="", by="", reason="")', 'body="", reason="")'),
    (coverage, ', reason="")', ")"),
    (coverage, "state=state_for(found.state, audience), reason", "reason"),
    (coverage, 'if audience != "public":\n        return found', "if True:\n        return found"),
)  # fmt: skip
ASKED = (
    "status", "note list", "compare --rows items", "coverage", "visit show otsu-2",
    "search 啼夜", "search 話", "note show {gone}", "note history {gone}", "compare --view city",
)  # fmt: skip


def heard(aviary: Aviary, folder: Path, audience: str) -> str:
    """What a handful of commands answers ``audience`` in the study in ``folder``."""
    answers = []
    for words in (*ASKED, *(f"note history {handle}" for handle in aviary.seen)):
        typed = [word.format(gone=aviary.gone[0]) for word in words.split()]
        result = run_here("--study", str(folder), *typed, "--audience", audience, "--json")
        assert result.code in {0, 1}
        answers.append(result.out)
    sheets = run_here("--study", str(folder), "prepare", "otsu-2", "--audience", audience)
    return "\n".join([*answers, sheets.out])


def the_group_hears_nothing_off_the_record(aviary: Aviary, _other: Path) -> None:
    text = heard(aviary, aviary.folder, "group")
    assert not any(word in text for word in aviary.off.family)
    assert "公表できる話" in text


def the_public_hears_nothing_confidential(aviary: Aviary, _other: Path) -> None:
    text = heard(aviary, aviary.folder, "public")
    assert not any(word in text for word in (*aviary.off.family, *aviary.group.family, NAMELESS))
    assert '"only_for": [\n' not in text
    assert not any(f'"state": "{state}"' in text for state in ("open", "withheld", "declined"))
    assert '"name": null' in text
    assert text.count('"department"') == 2
    assert "公表できる話" in text


def both_worlds_answer_alike(aviary: Aviary, other: Path) -> None:
    for audience in ("group", "public"):
        assert heard(aviary, aviary.folder, audience) == heard(aviary, other, audience)


def those_in_charge_hear_everything(aviary: Aviary, _other: Path) -> None:
    text = heard(aviary, aviary.folder, "all")
    for field in ("body", "tag", "deleted while", "level nobody knows", "body while closed"):
        assert aviary.off.fields.get(field, "") in text
    assert '"opn"' not in text
    assert aviary.off.fields["deleted"] not in text


def the_rules_hold(aviary: Aviary, _other: Path) -> None:
    assert disclosure.strictest(["public", "off-record"]) == "off-record"
    assert disclosure.strictest([]) == "off-record"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIELDVISIT_AUDIENCE", "all")
        open_ = run_here("--study", str(aviary.folder), "note", "list").out
    assert not any(word in open_ for word in aviary.off.family)
    with reading(Study(aviary.folder).database) as connection:
        for note in gate.notes(connection, "all"):
            if note.disclosure == "off-record":
                assert gate.note(connection, "group", note.id) is None
                assert gate.revisions(connection, "group", note.id) == ()


# The one that costs least comes first: what it notices needs no other.
GUARDS: tuple[Callable[[Aviary, Path], None], ...] = (
    the_rules_hold,
    the_group_hears_nothing_off_the_record,
    the_public_hears_nothing_confidential,
    those_in_charge_hear_everything,
    both_worlds_answer_alike,
)


@pytest.fixture(scope="module")
def other(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worlds.without_off_record(aviary.folder, tmp_path_factory.mktemp("other") / "study")


def replaced(module: types.ModuleType, old: str, new: str) -> str:
    source = inspect.getsource(module)
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times"
    return source.replace(old, new)


def noticed(aviary: Aviary, other: Path) -> bool:
    try:
        for guard in GUARDS:
            guard(aviary, other)
    except (AssertionError, ValueError, KeyError):
        return True
    return False


@pytest.mark.parametrize("guard", GUARDS)
def test_the_guards_find_nothing_wrong_with_the_gate_as_it_is(
    aviary: Aviary, other: Path, guard: Callable[[Aviary, Path], None]
) -> None:
    guard(aviary, other)


def test_nothing_is_noticed_where_nothing_is_broken(aviary: Aviary, other: Path) -> None:
    with broken(of_notes, replaced(of_notes, "_UNDATED = ", "_UNDATED =  ")):
        assert not noticed(aviary, other)


@pytest.mark.parametrize(("module", "old", "new"), MUTANTS)
def test_a_broken_gate_is_noticed(
    aviary: Aviary, other: Path, module: types.ModuleType, old: str, new: str
) -> None:
    with broken(module, replaced(module, old, new)):
        assert noticed(aviary, other)
    assert inspect.getsource(module).count(old) == 1
