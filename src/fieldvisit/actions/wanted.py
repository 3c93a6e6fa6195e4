"""Which notes are wanted, before the study is opened to look for them."""

from msgspec import Struct


class Wanted(Struct, frozen=True):
    """Which notes to list; empty = all. Places as typed, ``kind`` a fixed value.

    ``study_group`` = only those that this group may use.
    """

    visit: str = ""
    city: str = ""
    topic: str = ""
    kind: str = ""
    tag: str = ""
    written_by: str = ""
    unsorted: bool = False
    study_group: str = ""
