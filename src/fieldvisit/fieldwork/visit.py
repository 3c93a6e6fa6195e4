"""A visit: one occasion with one city, the people on both sides, and the guides it keeps."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.terms import ATTRIBUTIONS
from fieldvisit.language import _
from fieldvisit.text import checked

THEIRS = "respondent"
OURS = "interviewer"
_PARTS = 3  # department, position, name


class Participant(Struct, frozen=True):
    """A person at a visit; ``side`` is `respondent` or `interviewer`. Any part may be empty."""

    person_id: str
    side: str
    name: str = ""
    department: str = ""
    position: str = ""

    @property
    def role(self) -> str:
        """Return department and position, without the name."""
        return " ".join(part for part in (self.department, self.position) if part)

    def __str__(self) -> str:
        """Return department, position and name."""
        return " ".join(part for part in (self.department, self.position, self.name) if part)


def named_as(person: Participant, attribution: str) -> Participant | None:
    """Return what may be said of a person as ``attribution`` (of ATTRIBUTIONS) lets it be."""
    if attribution == "name":
        return person
    position = person.position if attribution == "position" else ""
    department = person.department if attribution in ("department", "position") else ""
    known = Participant("", person.side, "", department, position)
    return known if known.role else None


def is_named(person: Participant | None, typed: str) -> bool:
    """Tell whether ``typed`` is how a person, or nobody, is named in some output."""
    forms = (named_as(person, value) if person else None for value in ATTRIBUTIONS)
    return " ".join(typed.split()) in {" ".join(str(one or "").split()) for one in forms}


class UsedGuide(Struct, frozen=True):
    """A guide of a visit. ``sha256`` is the kept snapshot's; empty while it follows its file."""

    slug: str
    sha256: str = ""


class ChosenQuestion(Struct, frozen=True):
    """What was decided for one question of a visit: `send`, `ask` or `skip`.

    ``text`` is that of a question for this visit only, empty for one of the guide's.
    """

    address: Address
    choice: str
    text: str = ""


class Visit(Kept, frozen=True):
    """A visit as it stands. Dates are ISO dates, ``time`` is `HH:MM` or `HH:MM-HH:MM`.

    ``attribution`` is how far its speakers may be named, empty = as usual for the audience.
    """

    id: str
    handle: str
    city_code: str
    first_day: str = ""
    last_day: str = ""
    time: str = ""
    place: str = ""
    mode: str = "onsite"
    status: str = "planned"
    sent: str = ""
    consent: str = ""
    contact: str = ""
    attribution: str = ""
    guides: tuple[UsedGuide, ...] = ()
    study_groups: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    questions: tuple[ChosenQuestion, ...] = ()

    @property
    def day(self) -> date | None:
        """Return the first day, None while it is not fixed."""
        return date.fromisoformat(self.first_day) if self.first_day else None

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day, None while they are not fixed."""
        if not self.first_day:
            return None
        last_day = self.last_day or self.first_day
        return date.fromisoformat(self.first_day), date.fromisoformat(last_day)

    def took_place(self, today: date) -> bool:
        """Tell whether it was held, or was planned for days that are over."""
        over = self.days is not None and self.days[1] < today
        return self.status == "held" or (self.status == "planned" and over)

    @property
    def respondents(self) -> tuple[Participant, ...]:
        """Return the people of the city."""
        return tuple(p for p in self.participants if p.side == THEIRS)

    @property
    def interviewers(self) -> tuple[Participant, ...]:
        """Return our people."""
        return tuple(p for p in self.participants if p.side == OURS)

    @property
    def keeps_its_guides(self) -> bool:
        """Tell whether the guides are fixed and no longer follow their files."""
        return any(guide.sha256 for guide in self.guides)


def day_of_last_visit(visits: Iterable[Visit]) -> date | None:
    """Return the first day of the last of ``visits``, None if none of them has a day."""
    return max((visit.day for visit in visits if visit.day), default=None)


def read_respondent(typed: str) -> tuple[str, str, str]:
    """Return department, position and name of `所属/役職/氏名`; a part may be left empty.

    Without a slash the whole is a name. Raises WrongUsage for more than three parts.
    """
    checked(typed, _("respondent"))
    parts = [part.strip() for part in typed.replace("／", "/").split("/")]
    if len(parts) == 1:
        return "", "", parts[0]
    if len(parts) > _PARTS or not any(parts):
        raise WrongUsage(
            _("“{typed}” cannot be read as department/position/name.").format(typed=typed),
            _("A part may be left empty, like 所属//氏名 (department//name)."),
        )
    department, position, name = [*parts, "", ""][:_PARTS]
    return department, position, name


def check_days(first_day: str, last_day: str) -> None:
    """Refuse a last day without a first one, or one before it."""
    if last_day and (not first_day or last_day < first_day):
        raise WrongUsage(
            _("The visit would end on {last}, before it begins.").format(last=last_day),
            _("Give --date and --until in that order."),
        )


class Material(Kept, frozen=True):
    """A material as it stands; ``label`` is its number at the visit: 資料1, 資料2.

    ``file`` is the path of the copy within the study's folder, ``named`` the name under which
    the file came (both empty if it was only named), ``sha256`` that of its bytes. ``received_on``
    is an ISO date or empty.
    """

    named_by = ("visit_id", "label")

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
