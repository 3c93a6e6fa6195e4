"""A summary of any text goes through the comparison and through the sheet without a change."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import strategies
from conftest import Fresh
from fieldvisit.actions.summarising.store_summaries import StoredSummaries, store_summaries
from fieldvisit.actions.summarising.summary_sheet import (
    OpenSheet,
    open_sheet,
    read_sheet,
)
from fieldvisit.fieldwork.record.sheet import settled
from fieldvisit.harmless import visible
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import close
from matrix_files import Sheet, came_back, exported
from privacy.worlds import A_FEW
from summarised import listed, noted, summed
from test_round_trips import TRICKY, texts

FEW = settings(max_examples=max(A_FEW // 3, 2), suppress_health_check=[HealthCheck.too_slow])
FENCES = ("```\nx\n```", "````\n```", "``` {cell-0000000000000000}\nx", "~~~\nx", "# 題\n\n- 一")
QUESTIONS = ("status", "selection", "effect", "upkeep")
bodies = texts | st.sampled_from(FENCES)


def body_of(given_study: Settings, city: str | None) -> str | None:
    found = {one.summary.city_code: one.summary.body for one in listed(given_study)}
    return found.get(city)


def ready(fresh: Fresh) -> Settings:
    given_study = fresh()
    noted(given_study, "話")
    noted(given_study, "別の話", where="himeji-1")
    return given_study


@FEW
@given(body=bodies)
@example(body="\r\n 題 \r\r末 ")
@example(body="a\u200bb\ufeffc\td")
def test_an_untouched_comparison_never_changes_a_summary(
    fresh_field: Fresh, tmp_path_factory: object, body: str
) -> None:
    given_study = ready(fresh_field)
    summed(given_study, body)
    before = given_study.study().database.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        path = exported(given_study).saved(given_study.study().folder / "a.csv", encoding)
        found = came_back(given_study, path)
        assert (found.stored, found.unchanged, found.strays) == ((), 1, ())
    assert given_study.study().database.read_bytes() == before


@FEW
@given(body=bodies)
@example(body="=1+1")
@example(body="'=1+1")
def test_a_text_written_into_a_comparison_is_stored_letter_by_letter(
    fresh_field: Fresh, body: str
) -> None:
    given_study = ready(fresh_field)
    sheet: Sheet = exported(given_study)
    sheet.row("千葉市")["summary"] = body
    path: Path = sheet.saved(given_study.study().folder / "a.csv")
    found = came_back(given_study, path)
    stored = body_of(given_study, "121002")
    if stored is None:  # what cannot be kept as words is named
        assert [stray.text for stray in found.strays] == [body.strip()] or not body.strip()
        return
    typed = body.replace("\r\n", "\n").replace("\r", "\n")
    assert stored in {typed.strip(), typed.removeprefix("'").strip()}
    again = came_back(given_study, path)
    assert (again.stored, again.unchanged) == ((), 1)


def stored_from(given_study: Settings, opened: OpenSheet) -> StoredSummaries:
    return store_summaries(given_study, "summary edit", *read_sheet(opened))


@FEW
@given(body=bodies)
@example(body="\r\n 題 \r\r末 ")
def test_an_untouched_sheet_never_changes_a_summary(fresh_field: Fresh, body: str) -> None:
    given_study = ready(fresh_field)
    noted(given_study, body)
    summed(given_study, body)
    with open_sheet(given_study, ["ai-rpa"], [], "all") as opened:
        assert opened.was_left_alone()
        found = stored_from(given_study, opened)
        assert (found.stored, found.unchanged, found.strays) == ((), 1, ())
        close(opened.draft)


def into_box(text: str, at: int, typed: str) -> str:
    """Type into the box of that number, in the place of what stands there."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if " {cell-" in line]
    fence = lines[starts[at]].split()[0]
    end = next(n for n in range(starts[at] + 1, len(lines)) if lines[n] == fence)
    return "\n".join([*lines[: starts[at] + 1], typed, *lines[end:]])


@FEW
@given(body=bodies | strategies.bodies)
@example(body="一\n\n二")
@example(body="```\nx\n```\ny")
def test_what_is_typed_into_a_box_is_stored_or_named(fresh_field: Fresh, body: str) -> None:
    given_study = ready(fresh_field)
    with open_sheet(given_study, ["ai-rpa"], [], "all") as opened:
        opened.draft.path.write_bytes(into_box(opened.start, 0, body).encode())
        found = stored_from(given_study, opened)
    kept = [one.summary.body for one in found.stored] + [stray.text for stray in found.strays]
    typed = "".join(visible(settled(body)).split())
    assert len("".join("".join(map(visible, kept)).split())) >= len(typed.replace("`", ""))
    if "`" not in body and "~" not in body:
        assert [settled(one.summary.body) for one in found.stored] == [settled(body)] or (
            [stray.text for stray in found.strays] == [settled(body)]
        )


def test_each_question_has_a_box_of_its_own(fresh_field: Fresh) -> None:
    given_study = ready(fresh_field)
    for question, body in zip(QUESTIONS, TRICKY, strict=False):
        noted(given_study, "話", place=f"ai-rpa/{question}")
        summed(given_study, body, f"ai-rpa/{question}")
    with open_sheet(given_study, ["ai-rpa"], [], "all") as opened:
        found = stored_from(given_study, opened)
    assert (found.stored, found.unchanged, found.strays) == ((), len(QUESTIONS), ())
