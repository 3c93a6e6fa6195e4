"""Whether a change is wanted (修正の有無), however a person says so in a small cell."""

import re
from collections.abc import Sequence

from fieldvisit.text import key, normal

NO, YES, NOTHING, UNCLEAR = "no", "yes", "", "unclear"
_TOKEN = re.compile(
    r"(?P<no>なし|無し|無い|ない|ありません|ございません|無|no changes?|none|no)"
    r"|(?P<yes>あり|有り|有|yes)"
    r"|(?P<tick>[☑✓✔☒■●◉○◯〇◎れv])"
    r"|(?P<box>[□☐◻▢])"
    r"|(?P<between>[・/,、|]+)"
    r"|(?P<blank>[():.。 \[\]]+)"
)
# What is said before it: 修正なし, 特にありません.
_BEFORE = re.compile("修正|変更|訂正|異議|問題|特段|特に|は")
_AGREES = frozenset(map(key, ("OK", "了", "了承", "了解", "承知", "確認済", "確認済み")))
_NO_TEXT = frozenset("-ー―—–－・")

_AS_PICTURE = "\ufe0f"  # behind a tick: shown in colours


def change_wanted(typed: str) -> str:
    """Return NO, YES, NOTHING where nothing was said, or UNCLEAR.

    Of two words the one counts that bears a tick or circle, of one alone the word itself.
    """
    if key(typed) in _AGREES:
        return NO
    typed = typed.replace(_AS_PICTURE, "")
    alone = _TOKEN.fullmatch(key(typed))
    text = alone[0] if alone else _BEFORE.sub("", "".join(map(_folded, normal(typed)))).strip()
    kinds: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return UNCLEAR
        kinds.append(found.lastgroup or "")
        at = found.end()
    return _meant([kind for kind in kinds if kind != "blank" or "between" not in kinds])


def is_no_text(typed: str) -> bool:
    """Tell whether a cell for a correction says that there is none: empty, 特になし, －."""
    return not typed.strip().strip("".join(_NO_TEXT)) or change_wanted(typed) == NO


def _folded(character: str) -> str:
    return key(character) or " "


def _meant(kinds: Sequence[str]) -> str:
    words = {kind for kind in kinds if kind in (NO, YES)}
    if not words:
        return UNCLEAR if "tick" in kinds else NOTHING
    if len(words) == 1:
        return words.pop()
    ticked = {_word_of(kinds, at) for at, kind in enumerate(kinds) if kind == "tick"}
    if not ticked:
        return NOTHING
    return ticked.pop() if len(ticked) == 1 else UNCLEAR


def _word_of(kinds: Sequence[str], at: int) -> str:
    """Return the word that the sign there belongs to; UNCLEAR between two of them."""
    said = [kind for kind in kinds if kind not in ("between", "blank")]
    signs_come_first, signs_come_last = (said[end] in ("tick", "box") for end in (0, -1))
    before, after = (
        next((kind for kind in side if kind in (NO, YES)), UNCLEAR)
        for side in (reversed(kinds[:at]), kinds[at + 1 :])
    )
    if signs_come_first != signs_come_last:
        return after if signs_come_first else before
    beside = [*kinds[at - 1 : at], *kinds[at + 1 : at + 2]]
    near = [kind for kind in beside if kind in (NO, YES)]
    return near[0] if len(near) == 1 else UNCLEAR
