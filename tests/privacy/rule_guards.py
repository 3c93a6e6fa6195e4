"""What must hold of the rules of disclosure, asked at the rules themselves; and all guards."""

from itertools import combinations, product

from msgspec.structs import replace

from fieldvisit.fieldwork import disclosure
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import AUDIENCES, DISCLOSURES, STATES
from fieldvisit.settings import Study
from fieldvisit.storage import queries
from fieldvisit.storage.connection import reading
from privacy.expected import SEEN_BY, closed
from privacy.gate_guards import READ_GUARDS, Guarded


def visits_and_states_are_told_as_far_as_they_may_be(of: Guarded) -> None:
    with reading(Study(of.a).database) as connection:
        for visit in queries.visits(connection):
            follows = replace(visit, guides=tuple(replace(g, sha256="") for g in visit.guides))
            for keeps in (True, False):
                wanted = visit if keeps or visit.sent else follows
                assert disclosure.visit_for(visit, "all", keeps_guides=keeps) == visit
                assert disclosure.visit_for(visit, "group", keeps_guides=keeps) == wanted
                public = disclosure.visit_for(visit, "public", keeps_guides=keeps)
                assert public == replace(
                    wanted, contact="", consent="",
                    participants=tuple(
                        replace(p, person_id="", name="") for p in visit.participants
                        if p.side == "respondent" and (p.department or p.position)
                    ),
                )  # fmt: skip
            assert disclosure.visit_for(visit, "group") == visit
    for state in STATES:
        hidden = state in {"open", "withheld", "declined", "not-asked", "no-answer"}
        assert disclosure.state_for(state, "public") == ("not-stated" if hidden else state)
        assert [disclosure.state_for(state, who) for who in ("group", "all")] == [state] * 2


def levels_are_in_order(_of: Guarded) -> None:
    order = list(DISCLOSURES)
    for one, other in product((*order, "", None, "opn"), repeat=2):
        ranks = [order.index(x) if x in order else 4 for x in (one, other)]
        assert disclosure.strictest([one, other]) == order[max(ranks)]
        assert disclosure.level(one) == order[ranks[0]]
    assert disclosure.strictest([]) == "off-record"
    for one, other in product(AUDIENCES, repeat=2):
        ranks = [list(AUDIENCES).index(x) for x in (one, other)]
        assert disclosure.tighter(one, other) == list(AUDIENCES)[min(ranks)]
    for who, level, confirmed, anonymised in product(
        (*AUDIENCES, "everybody", ""), (*order, "", None, "opn"), (False, True), (False, True)
    ):
        unlocked = (level == "confirm" and confirmed) or (level == "anonymous" and anonymised)
        wanted = {
            "public": level == "public" or unlocked, "group": level in order[:4], "all": True
        }.get(who, False)  # fmt: skip
        named = {"confirmed": confirmed, "anonymised": anonymised}
        assert disclosure.may_see(level, who, **{k: v for k, v in named.items() if v}) == wanted


def a_summary_is_as_open_as_its_notes(_of: Guarded) -> None:
    """``known`` holds what the audience may see: a note to be confirmed only if that was done."""
    order = list(DISCLOSURES)
    for who, own, under, hidden in product(AUDIENCES, (*order, "opn"), _SETS, (False, True)):
        notes = {level: Note(level, level, "", None, "desk", "", level, "") for level in under}
        seen = tuple(SeenNote(id_, "", "public") for id_ in (*under, *(["hidden"] * hidden)))
        of = Summary(None, Address("hiring"), "まとめ", own, "書き手", seen)
        level = closed([own, *under, *(["off-record"] * hidden)])
        may = level in SEEN_BY[who] or (
            who == "public" and level in {"confirm", "anonymous"} and level in under
        )
        found = disclosure.summary_for(of, notes, who)
        if may and (who == "all" or not hidden):
            by = "" if who == "public" else "書き手"
            assert found == replace(of, disclosure=level, by=by)
        else:
            assert found is None


_SETS = [(), *((level,) for level in SEEN_BY["group"]), *combinations(SEEN_BY["group"], 2)]
GATE_GUARDS = (
    a_summary_is_as_open_as_its_notes,
    levels_are_in_order,
    visits_and_states_are_told_as_far_as_they_may_be,
    *READ_GUARDS,
)


def noticed(studies: list[Guarded]) -> str:
    """The name of the first guard that notices something, empty if none does."""
    for guard, of in product(GATE_GUARDS, studies):
        try:
            guard(of)
        except Exception as error:  # noqa: BLE001 - what is broken may end in any way
            return f"{guard.__name__}: {error!r}"[:200]
    return ""
