"""Options and arguments that several commands share, and how dates and states are read there."""

from fieldvisit import dates
from fieldvisit.cli import completion
from fieldvisit.cli.declaring import argument, made_of, option
from fieldvisit.cli.session import Wish
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork import terms
from fieldvisit.language import _
from fieldvisit.study.fields import NoteFields
from fieldvisit.study.view import today


def attribution(typed: str) -> str:
    """Return how far a speaker may be named; empty takes it away."""
    return terms.ATTRIBUTIONS.read(typed) if typed else ""


def mark(typed: str) -> str:
    """Return the mark meant; a state that follows from the notes is no beginning of one."""
    state = terms.STATES.exactly(typed)
    if state and state not in terms.MARKS:
        raise WrongUsage(
            _("“{typed}” follows from the notes and is not set by hand.").format(typed=typed),
            _("Allowed: {values}").format(values=terms.MARKS.listed()),
        )
    return terms.MARKS.read(typed)


def day(typed: str) -> str:
    """Return a date as ISO text; empty (= no date) stays empty."""
    return dates.read_date(typed).isoformat() if typed else ""


def time(typed: str) -> str:
    """Return a time as `HH:MM` or `HH:MM-HH:MM`; empty stays empty."""
    return dates.read_time(typed) if typed else ""


def as_of(typed: str) -> str:
    """Return an as-of date as typed, once it is known to be one; empty stays empty."""
    return dates.read_as_of(typed) if typed else ""


def due(typed: str) -> str:
    """Return a due date as ISO text; without a year the next such day."""
    return dates.read_due(typed, today()).isoformat() if typed else ""


BY = option("--by NAME", "Author of this entry.")
FORMAT = option(
    "--format FORMAT",
    "table, md, csv, json, html, docx or xlsx, where the output has that form. Default: "
    "table on a terminal, md in a pipe.",
)
JSON = option("--json", "The same as --format json.")
OUTPUT = option("-o --output FILE", "Write into a file.")
FORCE = option("--force", "Overwrite a file that is there already.")
# Of an output that is made for an audience, whether or not one is named.
AUDIENCE = option("--audience AUDIENCE", "Who will see it: public, group or all.", default="")
ALLOW_NAMES = option(
    "--allow-names", "The people who are named may be: in an output for the public, or in a letter."
)
YES = option("--yes -y", "Answer every question with yes.")
DRY_RUN = option("--dry-run", "Say what would be stored, and store nothing.")
TEXT = argument(
    "[TEXT]", "The text, @FILE, or - for standard input. Default: the editor.", default=None
)
NOTE = argument("NOTE", "A note's handle, or its first 4 or more characters.", completion.note)
VISIT = argument("VISIT", "A visit like chiba-1, or a city with one visit.", completion.visit)
OF_VISIT = argument("[VISIT]", "Only of this visit.", completion.visit, None)
ONLY_VISIT = option("--visit VISIT", "Only from this visit.", completion.visit)
ONLY_CITY = option("--city CITY", "Only of this city.", completion.city)
ONLY_CITIES = option("--city CITY", "Only this city. Repeat for several.", completion.city)
ONLY_TOPIC = option("--topic TOPIC[/QUESTION]", "Only under this topic.", completion.address)
LIMIT = option("N", "At most so many; 0 = all.", min=0)
OF_CLASS = option("--class CLASS", "Of one class.", terms.CLASSES)
OF_PREFECTURE = option("--prefecture PREFECTURE", "Of one prefecture.")
FOR_GROUP = option(
    "--study-group GROUP", "Only what this study group may use.", completion.study_group
)

KIND = option(
    "-k --kind KIND",
    "statement, quote, reply, handout, desk, questionnaire or remark.",
    terms.KINDS,
)
DISCLOSURE = option(
    "-d --disclosure DISCLOSURE",
    "public, confirm, anonymous, group or off-record. Default: the guide's; a note that is "
    "changed keeps its own.",
    terms.DISCLOSURES,
)
SAID_BY = option("--said-by NAME", "Who of those present said it.", completion.person)
ATTRIBUTION = option(
    "--attribution HOW",
    "How far the speaker may be named: city, department, position or name.",
    terms.ATTRIBUTIONS,
    parser=attribution,
)
AS_OF = option("--as-of AS-OF", "When it held: a day, month, year, 2019年度.", parser=as_of)

# How an output is asked for: without notes in it, and with.
ASKED = made_of(Wish, format=FORMAT, json=JSON, output=OUTPUT, force=FORCE)
ASKED_FOR = made_of(
    Wish,
    audience=AUDIENCE,
    format=FORMAT,
    json=JSON,
    output=OUTPUT,
    force=FORCE,
    allow_names=ALLOW_NAMES,
)
# What is known of a note besides its text.
GIVEN = made_of(
    NoteFields,
    kind=KIND,
    disclosure=DISCLOSURE,
    also=option("--also TOPIC[/QUESTION]", "File it there too. Repeat for several."),
    said_by=SAID_BY,
    as_of=AS_OF,
    source_title=option("--source-title TEXT", "Where it was published."),
    source_url=option("--source-url URL", "Its web address."),
    source_date=option("--source-date AS-OF", "When it was published.", parser=as_of),
    only_for=option(
        "--only-for GROUP", "Only for this study group. Repeat for several.", completion.study_group
    ),
    tags=option("-t --tag TAG", "A tag. Repeat for several."),
    material=option(
        "--material NUMBER",
        "The number of the visit's material on which it rests; 0 for none.",
        min=0,
    ),
    page=option("--page P", "The page there."),
    attribution=ATTRIBUTION,
)
