"""What is said of a note or a visit, or which are wanted, before the study is opened."""

from msgspec import Struct


class NoteFields(Struct, frozen=True):
    """What is said of a note besides its text; None leaves things as they are.

    ``kind``, ``disclosure`` and ``attribution`` are fixed values, ``place`` and ``also`` as typed.
    """

    place: str | None = None
    kind: str | None = None
    disclosure: str | None = None
    also: tuple[str, ...] = ()
    said_by: str | None = None
    as_of: str | None = None
    source_title: str | None = None
    source_url: str | None = None
    source_date: str | None = None
    only_for: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    material: int | None = None
    page: str | None = None
    attribution: str | None = None


class VisitFields(Struct, frozen=True):
    """What is said of a visit; None or an empty list leaves things as they are.

    Dates are ISO dates, ``mode``, ``status`` and ``attribution`` fixed values. Respondents are
    typed `所属/役職/氏名` and, like interviewers, are added; ``leaving`` names people to take out.
    """

    first_day: str | None = None
    last_day: str | None = None
    time: str | None = None
    place: str | None = None
    mode: str | None = None
    status: str | None = None
    sent: str | None = None
    consent: str | None = None
    contact: str | None = None
    attribution: str | None = None
    guides: tuple[str, ...] = ()
    study_groups: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()


class NoteFilter(Struct, frozen=True):
    """Which notes to list; empty = all. Places as typed, ``kind`` a fixed value.

    ``study_group`` = only those that this group may use, ``replaced`` those too in whose place
    another note stands.
    """

    visit: str = ""
    city: str = ""
    topic: str = ""
    kind: str = ""
    tag: str = ""
    written_by: str = ""
    unsorted: bool = False
    study_group: str = ""
    replaced: bool = False
