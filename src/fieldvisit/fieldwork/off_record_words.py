"""How people say off the record in their own words, where the mark 【オフレコ】 was meant.

Such a paragraph must not pass for one without a mark: it would be stored as quotable.
"""

import re

from fieldvisit.text import normal

# All patterns are matched against the normal form: NFKC, case-folded, every blank a space.
_PLAIN = r"(?:オフ[・ -]?レコ|off[ -]?(?:the[ -]?)?record|ここだけの(?:話|はなし))"
_ASKING = r"(?:(?:引用|公表|公開)不可|引用禁止|他言無用|非公開|not for (?:quotation|attribution))"
_OPEN, _CLOSE = r"[(\[{<【〔〈《「『｛]", r"[)\]}>】〕〉》」』｝]"
_NUMBER = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,2})[.)、:]"
# What may stand before the words: signs of a list, a number, a quotation, a mark of another kind.
_LEAD = rf"(?:\[[ x]\]|[ >*+~・•●○◆◇■□▪※→⇒▶►✓―—–=-]|{_NUMBER}|【[^【】]*】)*"

_AT_THE_START = re.compile(rf"{_LEAD}(?:{_OPEN} ?)?{_PLAIN}")
_ASKED_AT_THE_START = re.compile(
    rf"{_LEAD}(?:{_OPEN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*{_ASKING}|{_ASKING} ?[:：])"
)
_IN_BRACKETS = re.compile(
    rf"{_OPEN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*{_PLAIN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*(?:{_CLOSE}|$)"
)


def sounds_off_record(line: str) -> bool:
    """Tell whether one line of text asks not to be quoted: `・オフレコ：…`, `…（オフレコ）`."""
    text = normal(line)
    return bool(
        _AT_THE_START.match(text) or _ASKED_AT_THE_START.match(text) or _IN_BRACKETS.search(text)
    )
