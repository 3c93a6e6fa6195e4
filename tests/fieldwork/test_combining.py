import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import strategies
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.combining import combined, differ_in_origin, joined
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note, Source
from fieldvisit.fieldwork.terms import ANSWERING_KINDS
from fieldvisit.fieldwork.visit import Participant

NOTE = Note("1", "aaaaaaaaaa", "121002", "v", "statement", "職員は12名。", "confirm", "佐藤")
CHIEF, CLERK = (Participant(name, "respondent", name) for name in ("課長", "係長"))
SIMILAR = st.lists(
    strategies.notes("121002").map(
        lambda note: replace(note, visit_id="v", kind="statement", only_for=())
    ),
    min_size=2,
    max_size=5,
)


def note(**changes: object) -> Note:
    return replace(NOTE, **changes)


@given(SIMILAR)
def test_nothing_of_the_notes_is_lost_and_the_strictest_level_holds(notes: list[Note]) -> None:
    made = combined(notes, "文")
    assert (made.id, made.handle, made.body) == (notes[0].id, notes[0].handle, "文")
    assert set(made.places) == {place for note in notes for place in note.places}
    assert set(made.tags) == {tag for note in notes for tag in note.tags}
    assert made.disclosure == strictest(note.disclosure for note in notes)
    assert made.places[: len(set(notes[0].places))] == tuple(dict.fromkeys(notes[0].places))
    kept = (made.source, made.as_of, made.material, made.page, made.mode, made.on_day, made.by)
    first = notes[0]
    assert kept == (first.source, first.as_of, first.material, first.page, first.mode,
                    first.on_day, first.by)  # fmt: skip


@given(SIMILAR)
def test_joining_keeps_every_text_and_adds_none(notes: list[Note]) -> None:
    whole = "".join(joined(notes).split())
    for note in notes:
        assert "".join(note.body.split()) in whole
    assert joined(notes).startswith(notes[0].body)
    assert len(whole) <= sum(len("".join(note.body.split())) for note in notes)


def test_equal_texts_stand_once_whatever_their_blanks() -> None:
    notes = [note(body="職員は12名。"), note(body="職員は12名。 \r\n"), note(body="専門職なし。")]
    assert joined(notes) == "職員は12名。\n専門職なし。"


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [((CHIEF, CHIEF), CHIEF), ((CHIEF, CLERK), None), ((CHIEF, None), None), ((None, None), None)],
)
def test_the_speaker_stays_only_if_all_agree(
    speakers: tuple[Participant | None, ...], expected: Participant | None
) -> None:
    assert combined([note(speaker=speaker) for speaker in speakers], "x").speaker == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("quote", "quote"), "quote"), (("quote", "statement"), "statement"),
        (("statement", "quote"), "statement"), (("reply", "statement"), "reply"),
        (("remark", "remark"), "remark"), (("desk", "desk"), "desk"),
    ],
)  # fmt: skip
def test_words_count_as_a_quotation_only_if_all_are(kinds: tuple[str, ...], expected: str) -> None:
    assert combined([note(kind=kind) for kind in kinds], "x").kind == expected


@pytest.mark.parametrize("own", ["remark", "desk"])
@pytest.mark.parametrize("said", sorted(ANSWERING_KINDS))
def test_what_was_said_is_not_mixed_with_remarks_or_desk_research(own: str, said: str) -> None:
    for kinds in ((own, said), (said, own)):
        with pytest.raises(Refused, match="kept apart"):
            combined([note(kind=kind) for kind in kinds], "x")


@pytest.mark.parametrize(
    "changes", [{"city_code": "282014"}, {"visit_id": "w"}, {"visit_id": None}]
)
def test_notes_of_different_occasions_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refused, match="different cities or visits"):
        combined([NOTE, note(**changes)], "x")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (((), ()), ()), (((), ("a",)), ("a",)), ((("a", "b"), ("b", "c")), ("b",)),
        ((("a",), (), ("a",)), ("a",)),
    ],
)  # fmt: skip
def test_only_groups_that_may_use_all_may_use_the_whole(
    groups: tuple[tuple[str, ...], ...], expected: tuple[str, ...]
) -> None:
    assert combined([note(only_for=group) for group in groups], "x").only_for == expected


def test_notes_for_groups_that_have_nothing_in_common_are_refused() -> None:
    with pytest.raises(Refused, match="No study group"):
        combined([note(only_for=("a",)), note(only_for=("b",))], "x")


@pytest.mark.parametrize("changes", [
    {"as_of": "2019"}, {"source": Source("総務省")}, {"mode": "written"}, {"on_day": "2019-11-05"},
    {"material": 1}, {"page": "7"},
])  # fmt: skip
def test_a_difference_in_origin_is_told(changes: dict[str, object]) -> None:
    assert differ_in_origin([NOTE, note(**changes)])
    assert not differ_in_origin([NOTE, note(places=(Address("ai-rpa"),), body="x")])
