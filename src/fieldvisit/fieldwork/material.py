"""A material (資料): what was handed over at a visit, kept in the study or only named."""

from msgspec import Struct


class Material(Struct, frozen=True):
    """A material as it stands; ``label`` is its number at the visit: 資料1, 資料2.

    ``file`` is the path of the copy within the study's folder, ``named`` the name under which
    the file came (both empty if it was only named), ``sha256`` that of its bytes. ``received_on``
    is an ISO date or empty.
    """

    visit_id: str
    label: int
    title: str
    pages: str = ""
    received_on: str = ""
    disclosure: str = ""
    file: str = ""
    named: str = ""
    sha256: str = ""
    by: str = ""
    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.visit_id}:{self.label}"
