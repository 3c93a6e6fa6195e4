"""Interview guides as YAML files: read, checked, begun and described to editors.

What a guide file may hold is declared by the value classes in `fieldwork.guide`; all here follows.
"""

from pathlib import Path

from fieldvisit.doors import inputs
from fieldvisit.errors import BadGuide, reason
from fieldvisit.language import _
from fieldvisit.text import LONGEST_TEXT


def bytes_of(path: Path) -> bytes:
    """Return what is in a guide file, cut off behind any guide's end; BadGuide says why not."""
    try:
        return inputs.read(path, LONGEST_TEXT)
    except OSError as fault:
        raise BadGuide(
            _("The guide {file} cannot be opened: {reason}").format(
                file=path, reason=reason(fault)
            ),
            _("The guides of this study: fieldvisit guide list"),
        ) from fault
