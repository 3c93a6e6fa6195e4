from collections.abc import Callable

import pytest

from actions.own_guide import FIRST
from fieldvisit.actions.particulars import Plan
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.settings import Settings


@pytest.fixture
def own(fresh_study: Callable[[], Settings]) -> Settings:
    """A study whose visits chiba-1 and himeji-1 use a guide of our own."""
    given = fresh_study()
    (given.study().guides / "own.yaml").write_text(FIRST, encoding="utf-8")
    add_visits(given, ["千葉市", "姫路市"], Plan(guides=("own",)))
    return given
