"""`compare`: the cities, topic by topic."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace

from fieldvisit.actions.compare import Choice
from fieldvisit.cli.completion import complete_address, complete_fact, complete_kind
from fieldvisit.cli.declaring import From, Noun, argument, command, option
from fieldvisit.cli.fixed_values import city_class, kind, one_of, period
from fieldvisit.cli.options import AskedFor, ForGroup, Here, OfClass, OfPrefecture, OnlyCities
from fieldvisit.documents.comparison import document
from fieldvisit.documents.comparison_page import Arrangement
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.comparison import MONTHS
from fieldvisit.fieldwork.narrowing import Narrowing
from fieldvisit.language import N_, _, counted, enumerated

if TYPE_CHECKING:
    from fieldvisit.actions.anonymise import Anonymised
    from fieldvisit.anonymity.nameless import LeftOut


def _narrowing(
    prefecture: OfPrefecture = "",
    kinds: Annotated[
        list[str] | None,
        option(
            "-k --kind KIND", N_("Show only notes of this kind. Repeat for several."), complete_kind
        ),
    ] = None,
    tags: Annotated[
        list[str] | None,
        option(
            "-t --tag TAG",
            N_("Show only notes with this tag. Repeat for several: with any of them."),
        ),
    ] = None,
    since: Annotated[
        str, option("AS-OF", N_("Only visits, and notes of the city itself, from that day on."))
    ] = "",
    until: Annotated[str, option("AS-OF", N_("The same, until that day."))] = "",
) -> Narrowing:
    first, last = period(since, until)
    wanted = tuple(kind(one) or "" for one in kinds or ())
    return Narrowing(prefecture, first, last, wanted, tuple(tags or ()))


def _choice(
    city: OnlyCities = None,
    class_: OfClass = "",
    study_group: ForGroup = "",
    sort: Annotated[
        str,
        option(
            "code|kana|date|KEY",
            N_("Order of the cities; by a fact: the highest value first. Default: code."),
            complete_fact,
        ),
    ] = "",
    facts: Annotated[
        list[str] | None,
        option(
            "KEY", N_("This fact of the cities. Repeat for several. Default: all."), complete_fact
        ),
    ] = None,
) -> Choice:
    return Choice(
        cities=tuple(city or ()),
        city_class=city_class(class_),
        study_group=study_group,
        sort=sort,
        facts=tuple(facts or ()),
    )


def _arrangement(
    view: Annotated[
        str, option("topic|city", N_("What the sections are."), shows_default=True)
    ] = "topic",
    rows: Annotated[
        str, option("items|cities", N_("What goes down. Default: questions, up to 6 cities."))
    ] = "",
    cells: Annotated[
        str, option("notes|summary|both", N_("What stands in the cells."), shows_default=True)
    ] = "notes",
    group_by: Annotated[str, option("class", N_("Put cities under headings."))] = "",
    apart: Annotated[
        int,
        option(
            "MONTHS",
            N_("Warn where statements of one row lie more than so many months apart."),
            min=0,
            shows_default=True,
        ),
    ] = MONTHS,
) -> Arrangement:
    one_of("--cells", cells, ("notes", "summary", "both"))
    one_of("--view", view, ("topic", "city"))
    one_of("--rows", rows, ("", "items", "cities"))
    one_of("--group-by", group_by, ("", "class"))
    if rows and view == "city":
        raise WrongUsage(
            _("--rows says nothing where every section is a city."),
            _("Leave out --rows, or --view city."),
        )
    return Arrangement(view, rows, cells, bool(group_by), apart)


compare_app = Noun()


@command(compare_app)
def compare(
    session: Here,
    wish: AskedFor,
    choice: Annotated[Choice, From(_choice)],
    narrowing: Annotated[Narrowing, From(_narrowing)],
    arrangement: Annotated[Arrangement, From(_arrangement)],
    topics: Annotated[
        list[str] | None,
        argument("[TOPIC]...", N_("Which topics. Default: all."), complete_address),
    ] = None,
    anonymise: Annotated[
        bool, option("--anonymise", N_("Replace the names of cities, people and departments."))
    ] = False,
) -> None:
    choice = replace(
        choice, topics=tuple(topics or ()), narrowing=narrowing, grouped=arrangement.grouped
    )
    arrangement = replace(arrangement, narrowing=narrowing)
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
    from fieldvisit.study.view import today

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
