"""What is said of a note or a visit, before the study is opened to store it."""

from msgspec import Struct


class Particulars(Struct, frozen=True):
    """What is said of a note besides its text; None leaves things as they are.

    ``kind`` and ``disclosure`` are fixed values, ``place`` and ``also`` as typed.
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


class Plan(Struct, frozen=True):
    """What is said of a visit; None or an empty list leaves things as they are.

    Dates are ISO dates, ``mode`` and ``status`` fixed values. Respondents are typed
    `所属/役職/氏名` and, like interviewers, are added; ``leaving`` names people to take out.
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
    guides: tuple[str, ...] = ()
    study_groups: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
