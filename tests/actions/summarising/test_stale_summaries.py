"""Whatever is done to notes and summaries, in any order: who sees which summary, and why stale.

The program is set against a model of what each author had before the eyes.
"""

import shutil
from itertools import count

from hypothesis.stateful import run_state_machine_as_test as run_machine

from actions.own_guide import FIRST
from actions.summarising.summary_machine import Summaries
from conftest import Fresh
from examples import examples
from fieldvisit.actions.plan_visits import add_visits, edit_visit
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields


def test_summaries_are_stale_by_what_their_authors_saw(fresh_study: Fresh) -> None:
    own = fresh_study()
    (own.study().guides / "own.yaml").write_text(FIRST, encoding="utf-8")
    for visit in add_visits(own, ["千葉市", "姫路市"], VisitFields(guides=("own",))):
        edit_visit(
            own, visit.handle, VisitFields(sent="2019-10-01")
        )  # from now on it keeps its guides
    template = own.study().folder

    class Machine(Summaries):
        @staticmethod
        def fresh() -> Settings:
            copy = template.with_name(f"{template.name}-{next(numbers)}")
            return Settings(shutil.copytree(template, copy), str(copy), "t")

    numbers = count()
    run_machine(
        Machine,
        settings=examples(13, steps=20),
    )
