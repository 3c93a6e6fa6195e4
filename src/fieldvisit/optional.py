"""Libraries that not every installation has: how to name an absent one."""

from fieldvisit.errors import Refused
from fieldvisit.language import _

# By the name of the extra in pyproject.toml: what the extra installs.
LIBRARIES = {"docx": ("python-docx",), "xlsx": ("openpyxl", "defusedxml")}


class MissingLibrary(Refused):
    """A library that only some files need is not installed."""


def missing_library(extra: str) -> MissingLibrary:
    """Return the refusal that names the libraries of ``extra`` with their install lines."""
    libraries = LIBRARIES[extra]
    return MissingLibrary(
        _("This needs {libraries}, not installed here.").format(libraries=", ".join(libraries)),
        _("Install with: {pip}   (installed by pipx: {pipx})").format(
            pip=f'pip install "fieldvisit[{extra}]"',
            pipx=f"pipx inject fieldvisit {' '.join(libraries)}",
        ),
    )
