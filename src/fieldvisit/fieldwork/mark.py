"""A mark: why a question or topic has no (whole) answer at a visit."""

from msgspec import Struct

from fieldvisit.fieldwork.guide import Address

# In these states the answer, or its absence, is confidential: the public reads 記載なし.
CONFIDENTIAL = frozenset({"withheld", "declined", "not-asked", "no-answer"})


class Mark(Struct, frozen=True):
    """A mark as it stands; ``due`` is an ISO date or empty. ``deleted`` after `clear`."""

    visit_id: str
    address: Address
    state: str
    reason: str = ""
    due: str = ""
    by: str = ""
    deleted: bool = False
    seq: int = 0
    revision: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name under which its revisions are kept."""
        return f"{self.visit_id}:{self.address}"
