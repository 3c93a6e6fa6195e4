"""`compare`: the cities, topic by topic."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fieldvisit.actions.compare import Choice
from fieldvisit.cli import completion, options
from fieldvisit.cli.declaring import Noun, argument, command, made_of, option
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents.comparison import document
from fieldvisit.documents.comparison_page import Arrangement
from fieldvisit.errors import WrongUsage
from fieldvisit.language import _, counted, enumerated
from fieldvisit.study.view import today

if TYPE_CHECKING:
    from fieldvisit.actions.anonymise import Anonymised
    from fieldvisit.anonymity.nameless import LeftOut

compare_app = Noun()

CHOICE = made_of(
    Choice,
    cities=options.ONLY_CITIES,
    city_class=options.OF_CLASS,
    prefecture=options.OF_PREFECTURE,
    study_group=options.FOR_GROUP,
)


def _arrangement(
    view: str = option("topic|city", "What the sections are.", ("topic", "city"), default="topic"),
    rows: str = option(
        "items|cities", "What goes down. Default: questions, up to 6 cities.", ("items", "cities")
    ),
    cells: str = option(
        "notes|summary|both",
        "What stands in the cells.",
        ("notes", "summary", "both"),
        default="notes",
    ),
    group_by: str = option("class", "Put cities under headings.", ("class",)),
) -> Arrangement:
    if rows and view == "city":
        raise WrongUsage(
            _("--rows says nothing where every section is a city."),
            _("Leave out --rows, or --view city."),
        )
    return Arrangement(view, rows, cells, bool(group_by))


@command(compare_app)
def compare(
    session: Session,
    wish: Wish = options.ASKED_FOR,
    choice: Choice = CHOICE,
    arrangement: Arrangement = made_of(_arrangement),
    topics: tuple[str, ...] = argument(
        "[TOPIC]...", "Which topics. Default: all.", completion.address, None
    ),
    anonymise: bool = option("--anonymise", "Replace the names of cities, people and departments."),
) -> None:
    choice = replace(choice, topics=topics)
    seen_by = session.audience(wish, "group")
    if anonymise:
        from fieldvisit.actions.anonymise import compare_anonymised

        made = compare_anonymised(session.settings(), choice, seen_by, arrangement)
        # What may stand in it was decided name by name.
        session.deliver(made.document, replace(wish, allow_names=True), made.held_back)
        for told in _left_out(made):
            session.tell(told)
        return
    from fieldvisit.actions.compare import compare as compare_cities

    found, register, held_back = compare_cities(session.settings(), choice, seen_by)
    session.deliver(document(found, register, today(), arrangement), wish, held_back)


def _left_out(made: "Anonymised") -> Iterator[str]:
    """Yield what was left out, replaced and let stand."""
    if told := enumerated(_counted(made.left_out)):
        yield _("Left out: {what}").format(what=told)
    if made.facts_left_out:
        yield _("Facts of the cities are left out: they would tell which city it is.")
    if made.replaced:
        names = (f"{name} ×{many}" if many else name for name, many in made.replaced.items())
        yield _("Replaced: {names}").format(names=enumerated(names))
    if made.ticked_off:
        yield _("May stand, as ticked off: {texts}").format(texts=enumerated(made.ticked_off))


def _counted(out: "LeftOut") -> Iterator[str]:
    if many := len(out.published):
        yield counted("{n} note published under a name", "{n} notes published under a name", many)
    if many := len(out.desk):
        yield counted("{n} desk note", "{n} desk notes", many)
    if many := len(out.summaries):
        yield counted("{n} summary of such notes", "{n} summaries of such notes", many)
    if many := len(out.sources):
        yield counted("{n} source", "{n} sources", many)
