"""A study with notes and summaries, as tests make and look at it."""

import json
from typing import Any

from fieldvisit.actions.summarising.summaries import WantedSummaries, summaries, summary_history
from fieldvisit.actions.summarising.write_summary import set_summary
from fieldvisit.actions.write_note import add_note
from fieldvisit.errors import NotFound
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.settings import Settings
from fieldvisit.study.fields import NoteFields
from written_pages import asked

PLACE = "ai-rpa/status"


def noted(
    given: Settings,
    body: str = "RPAを使う。",
    level: str = "group",
    place: str = PLACE,
    where: str = "chiba-1",
    **more: Any,
) -> Note:
    return add_note(given, where, body, NoteFields(place=place, disclosure=level, **more))


def summed(given: Settings, text: str, place: str = PLACE, **more: Any) -> StandingSummary:
    city = {} if more.get("across") else {"city": "千葉市"}
    return set_summary(given, place, text, **{**city, **more})


def listed(given: Settings, audience: str = "all", study_group: str = "") -> list[StandingSummary]:
    found, _register, _held = summaries(given, WantedSummaries(study_group=study_group), audience)
    return list(found)


def texts(given: Settings, audience: str = "all") -> list[str]:
    return [one.summary.body for one in listed(given, audience)]


def why_stale(given: Settings, audience: str = "all") -> dict[str, set[tuple[str, str]]]:
    """By the text of each summary the reasons to look again, each with a handle."""
    return {
        one.summary.body: {(stale.why, stale.note.handle) for stale in one.stale}
        for one in listed(given, audience)
    }


def past(given: Settings, audience: str, place: str = PLACE, **more: Any) -> list[str]:
    """The texts in the history of the summary of a cell; none if the audience knows of none."""
    city = {} if more.get("across") else {"city": "千葉市"}
    try:
        revisions, _register, _handles = summary_history(given, place, audience, **{**city, **more})
    except NotFound:
        return []
    return [then.body for _revision, then in revisions]


def compared(given: Settings, audience: str = "all", *words: str) -> dict[str, Any]:
    """The summaries in the JSON of a comparison by `city:topic/question`."""
    found = json.loads(asked(given, "compare", *words, "--json", "--audience", audience))
    cells: dict[str, Any] = {}
    for topic in found["topics"]:
        for city in topic["cities"]:
            code = city["city"]["code"] or city["city"]["name"]
            for cell in city["cells"]:
                if cell["summary"]:
                    question = f"/{cell['question']}" if cell["question"] else ""
                    cells[f"{code}:{topic['topic']}{question}"] = cell["summary"]
        for one in [topic["across"], *topic["across_questions"]]:
            if one:
                question = f"/{one['question']}" if one["question"] else ""
                cells[f"across:{topic['topic']}{question}"] = one
    return cells
