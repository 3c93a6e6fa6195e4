"""Whole answers that are none: dashes, ditto marks, and what a spreadsheet puts for an error."""

import re
from collections.abc import Mapping

from fieldvisit.text import normal

_ERROR = re.compile(r"#(?:ref!|n/a|value!|div/0!|name\?|null!|num!)")
# The whole answer is one of these, which is none; the state that fits, if one does. Closed.
_NON_ANSWERS: Mapping[str, str] = {
    normal(text): state
    for state, texts in {
        "no-answer": ("－", "―", "ー", "-", "未回答", "無回答", "回答なし", "（回答なし）"),
        "not-asked": ("聞けず",),
        "not-applicable": ("N/A",),
        "": ("〃", "同上", "同じ"),
    }.items()
    for text in texts
}


def doubts_about(text: str) -> Mapping[str, bool]:
    """Return by reason whether a whole text is no answer."""
    alone = normal(text.strip())
    return {"non-answer": alone in _NON_ANSWERS, "error": bool(_ERROR.fullmatch(alone))}


def fitting_state(text: str) -> str:
    """Return the state that a whole text means, empty if it means none."""
    return _NON_ANSWERS.get(normal(text.strip()), "")
