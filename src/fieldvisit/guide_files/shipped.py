"""Where the guides that come with the program stand."""

from pathlib import Path

from fieldvisit.errors import NotFound
from fieldvisit.language import _

_PACKAGE = Path(__file__).resolve().parents[1]
SCHEMA_FILE = "guide.schema.json"


def shipped_folder() -> Path:
    """Return the folder of the shipped guides: in the package, or in the checkout above it.

    NotFound if the installation has neither.
    """
    for folder in (_PACKAGE / "interview_guides", _PACKAGE.parents[1] / "interview_guides"):
        if folder.is_dir():
            return folder
    raise NotFound(
        _("The guides that come with fieldvisit are missing from {folder}.").format(
            folder=_PACKAGE
        ),
        _("Install fieldvisit again."),
    )


def shipped_schema() -> Path:
    """Return the JSON Schema file to be copied beside a study's guides as ``SCHEMA_FILE``."""
    return _PACKAGE / "data" / SCHEMA_FILE
