from collections.abc import Callable

import pytest
from msgspec.structs import replace

from actions.own_guide import FIRST
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.actions.write_note import add_note, delete_note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields, VisitFields

P = NoteFields


@pytest.fixture
def own(fresh_study: Callable[[], Settings]) -> Settings:
    """A study whose visits chiba-1 and himeji-1 use a guide of our own."""
    given = fresh_study()
    (given.study().guides / "own.yaml").write_text(FIRST, encoding="utf-8")
    add_visits(given, ["千葉市", "姫路市"], VisitFields(guides=("own",)))
    return given


@pytest.fixture
def noted(field: Settings) -> Settings:
    """Notes of every kind and level; three of chiba-1 may go."""
    for body, place, more in (
        ("課長の話", "hiring/staff-mix", P(said_by="課長")),
        ("話し手のない話", "ai-rpa/effect", P(disclosure="public")),
        ("匿名の話", "unsorted", P(disclosure="anonymous")),
        ("内輪の話", "ai-rpa", P(disclosure="group")),
        ("秘密の話", "ai-rpa", P(disclosure="off-record")),
        ("所見", "ai-rpa", P(kind="remark", disclosure="confirm")),
        ("広報", "ai-rpa", P(kind="desk")),
    ):
        add_note(field, "chiba-1", body, replace(more, place=place))
    delete_note(field, add_note(field, "chiba-1", "消した話", P(place="ai-rpa")).handle)
    add_note(field, "himeji-1", "よその話", P(place="ai-rpa"))
    add_note(field, "千葉市", "市の資料", P(kind="desk", place="ai-rpa"))
    return field
