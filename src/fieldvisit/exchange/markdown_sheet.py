r"""A sheet that came back as Markdown, as it was written or as an editor left it.

What stands in a box is taken as it is. Outside of boxes the signs of Markdown are taken off:
`\` before a sign or at the end of a line. `#` of a heading and `-` of a list stand beside the
text: before a person's words they are a part of them.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fieldvisit.exchange.encodings import text_of
from fieldvisit.fieldwork.sheets.returned_file import Line, ReturnedPage, Where
from fieldvisit.fieldwork.sheets.tags import read_sheet_tag
from fieldvisit.text import one_newline

_FENCE = re.compile(r"\s*(?P<fence>`{3,})(?:[ \t]*\{(?P<tag>[^{}`]*)\})?\s*")
_NEXT_QUESTION = re.compile(r" {0,3}#{2,3}\s")
_HEADING = re.compile(r"(?P<mark>#{1,6}(?:[ \t]+|$))(?P<text>.*)")
_ITEM = re.compile(r"(?P<mark>[-+*](?:[ \t]+|$))(?P<text>.*)")
_STRUCK = re.compile(r"~~(?P<text>[^~]+)~~")
_COMMENT = re.compile(r"<!--(?P<text>.*)-->")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|\\$")


def read(path: Path) -> ReturnedPage:
    """Return the lines in order, empty ones too; raises BadText if they cannot be decoded."""
    return page_of(text_of(path), path.name)


def page_of(text: str, file: str) -> ReturnedPage:
    """Return the same of a text; ``file`` is what its lines are said to stand in."""
    texts = one_newline(text).removesuffix("\n").split("\n")
    comments = (found["text"].strip() for text in texts if (found := _COMMENT.fullmatch(text)))
    sheet = next(filter(read_sheet_tag, comments), "")
    return ReturnedPage(tuple(_lines(texts, file)), sheet)


def _lines(texts: Sequence[str], file: str) -> Iterator[Line]:
    at = 0
    while at < len(texts):
        fence = _FENCE.fullmatch(texts[at])
        if fence is None:
            yield from outside_of_boxes(texts[at].strip(" \t"), Where(file, "line", at + 1))
            at += 1
            continue
        end, after = _end_of_box(texts, at, fence)
        box = (fence["tag"] or "").strip()
        if box and end == at + 1:
            yield Line("", Where(file, "line", at + 1), box)
        for number in range(at + 1, end):
            yield Line(texts[number], Where(file, "line", number + 1), box)
        at = after


def _end_of_box(texts: Sequence[str], start: int, fence: re.Match[str]) -> tuple[int, int]:
    """Return where the text of a box ends and where to go on; it may have lost its end."""
    for at in range(start + 1, len(texts)):
        found = _FENCE.fullmatch(texts[at])
        if found and len(found["fence"]) >= len(fence["fence"]):
            if found["tag"] is None:
                return at, at + 1
            break
    for at in range(start + 1, len(texts)):
        found = _FENCE.fullmatch(texts[at])
        if (found and found["tag"]) or _NEXT_QUESTION.match(texts[at]):
            return at, at
    return len(texts), len(texts)


def outside_of_boxes(text: str, where: Where) -> Iterator[Line]:
    """Yield what a line outside of boxes says; the tag of the sheet says nothing."""
    if comment := _COMMENT.fullmatch(text):
        if not read_sheet_tag(comment["text"]):
            yield Line(comment["text"].strip(), where, apart="comment")
    elif struck := _STRUCK.fullmatch(text):
        yield Line(_unescaped(struck["text"]), where, apart="struck")
    elif heading := _HEADING.fullmatch(text):
        text = _without_closing(heading["text"])
        yield Line(_unescaped(text), where, style="heading", mark=heading["mark"])
    elif item := _ITEM.fullmatch(text):
        yield Line(_unescaped(item["text"]), where, style="item", mark=item["mark"])
    else:
        yield Line(_unescaped(text), where)


def _without_closing(heading: str) -> str:
    """Return a heading without the signs that close it, if they stand apart from its words."""
    bare = heading.rstrip("#")
    words = bare.rstrip(" \t")
    return words if len(words) < len(bare) < len(heading) else heading


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[1] or "", text)
