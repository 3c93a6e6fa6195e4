"""Words that are often about who may read a text. They colour it and hold it back, and no more.

What they find is never stored, opened or closed for that; the list is not to grow.
"""

import re

from fieldvisit.text import key

HINTS = (
    "オフレコ", "ここだけ", "非公開", "非公表", "公表不可", "引用不可", "掲載不可", "使用不可",
    "は不可", "関係者限り", "匿名", "伏せ", "他言", "口外", "内密", "内緒", "極秘", "部外秘",
    "差し控え", "書かないで", "載せないで", "出さないで",
    "off the record", "confidential", "anonymous", "not for publication", "not for attribution",
    "do not quote", "don't quote", "not be quoted",
)  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")


def hints_in(text: str) -> tuple[str, ...]:
    """Return the words of HINTS that stand in a text, however they are spaced or written."""
    squeezed = _squeezed(text)
    return tuple(word for word in HINTS if _squeezed(word) in squeezed)


def _squeezed(text: str) -> str:
    return _NO_LETTER.sub("", key(text))
