"""What a Word sheet carries besides its content controls, so that tags outlive other programs.

LibreOffice drops the tag of a control but keeps properties of the document and bookmarks: each
box has a bookmark in the paragraph above it, and the property of the same number holds its tag.
"""

import hashlib
import re

SHEET_PROPERTY = "fieldvisit-sheet"
HEAD_PROPERTY = "fieldvisit-head"
_BOOKMARK = re.compile(r"_fieldvisit_([0-9]{1,6})")


def box_property(number: int) -> str:
    """Return the name of the property that holds the tag of the box ``number``, from 1."""
    return f"fieldvisit-box-{number}"


def box_bookmark(number: int) -> str:
    """Return the name of that box's bookmark; Word hides names that begin with a low line."""
    return f"_fieldvisit_{number}"


def box_number(bookmark: str) -> int:
    """Return the number of the box that ``bookmark`` is for, 0 if it is none of ours."""
    found = _BOOKMARK.fullmatch(bookmark)
    return int(found[1]) if found else 0


def head_mark(text: str) -> str:
    """Return a mark by which the head of our own pages is known again; blanks do not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]
