"""What a Word or Excel file carries out and brings back besides what people see in it.

The tag of the sheet and the list of its printed lines stand in properties of the document. Other
programs drop the tags of Word's content controls but keep properties and bookmarks: each box has
a bookmark in the paragraph above it, and the property of the same number holds its tag. Offices
take properties out before they send a file; the variables of a Word document stay.
"""

import re
from collections.abc import Iterator, Mapping

SHEET_PROPERTY = "fieldvisit-sheet"
OWN_VARIABLE = "fieldvisit-own"
_LONGEST_VALUE = 250  # characters; some programs cut a property after 255
_BOOKMARK = re.compile(r"_fieldvisit_([0-9]{1,6})")

_SPELLED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_KEPT = (0, *range(0xD800, 0xE000))


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


def own_properties(listed: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the properties that hold a list of printed lines."""
    for number, at in enumerate(range(0, len(listed), _LONGEST_VALUE), start=1):
        yield f"{OWN_VARIABLE}-{number}", listed[at : at + _LONGEST_VALUE]


def own_list(properties: Mapping[str, str]) -> str:
    """Return the list that ``own_properties`` divided."""
    numbers = range(1, len(properties) + 1)
    return "".join(properties.get(f"{OWN_VARIABLE}-{number}", "") for number in numbers)


def spelled(text: str) -> str:
    """Return ``text`` so that Excel shows it as it is: `_x0041_` would be shown as `A`."""
    return _SPELLED.sub("_x005F_", text) if "_x" in text else text


def unspelled(text: str) -> str:
    """Return the text that Excel shows for what stands in the file."""
    return _ESCAPE.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _KEPT else chr(code)
