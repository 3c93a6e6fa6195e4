"""Strategies for what is written about notes and cities: summaries, facts, confirmations, names."""

from collections.abc import Sequence

from hypothesis import strategies as st

import strategies
from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import NoteConflict
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import CONFIRMATIONS, DISCLOSURES, NAMED

levels = st.sampled_from(list(DISCLOSURES))
some_day = st.just("") | strategies.days


def summaries(city_code: str, note_ids: Sequence[str]) -> st.SearchStrategy[Summary]:
    """Summaries of a cell of that city, or across the cities, written in sight of those notes."""
    seen = st.builds(
        SeenNote, st.sampled_from(list(note_ids)), strategies.storable, levels, st.booleans()
    )
    seen_ones = st.lists(seen, max_size=3, unique_by=lambda one: one.note_id).map(tuple)
    return st.builds(
        Summary,
        city_code=st.sampled_from([None, city_code]),
        address=strategies.addresses,
        body=strategies.storable,
        disclosure=levels,
        by=strategies.storable,
        seen=seen_ones if note_ids else st.just(()),
        deleted=st.booleans(),
    )


def city_facts(city_code: str) -> st.SearchStrategy[CityFact]:
    """Facts of that city."""
    text = strategies.storable
    return st.builds(
        CityFact, st.just(city_code), text, text, st.sampled_from(["2019", "2019年度"]), text, text,
        st.booleans(),
    )  # fmt: skip


def confirmations(note_id: str, visit_id: str) -> st.SearchStrategy[Confirmation]:
    """What a city was asked about that note, and what it said."""
    text = strategies.storable
    return st.builds(
        Confirmation, st.just(note_id), st.just(visit_id), st.sampled_from(list(CONFIRMATIONS)),
        text, text, some_day, some_day, some_day, text, text, text, st.booleans(),
    )  # fmt: skip


def note_conflicts(first: str, second: str) -> st.SearchStrategy[NoteConflict]:
    """Contradictions of two notes."""
    smaller, larger = sorted((first, second))
    text = strategies.storable
    return st.builds(NoteConflict, st.just(smaller), st.just(larger), text, text, st.booleans())


kinds_of_names = st.sampled_from(list(NAMED))
name_aliases = st.builds(NameAlias, kinds_of_names, *[strategies.storable] * 3, st.booleans())
