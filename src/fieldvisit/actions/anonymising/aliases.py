"""`alias add`, `remove`: names that anonymised outputs replace beside those known anyway."""

from msgspec.structs import replace

from fieldvisit.actions.anonymising.anonymise import known_names
from fieldvisit.errors import Ambiguous, BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.anonymity.finding import Finder
from fieldvisit.fieldwork.anonymity.folding import bare, fold
from fieldvisit.fieldwork.anonymity.labels import is_too_plain
from fieldvisit.fieldwork.anonymity.names import WORD, is_long_enough
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.terms import NAMED
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import all_cities, find_any_city
from fieldvisit.study.view import StudyView
from fieldvisit.text import checked


def add_alias(given: Settings, name: str, kind: str, stands_for: str) -> NameAlias:
    """Enter a name; ``kind`` may be empty where ``stands_for`` tells it, both as typed."""
    name = checked(name, _("name")).strip()
    _check_name(name)
    with changing(given, "alias add") as (view, change):
        kind, meant = _meant(view, kind, stands_for)
        if kind == WORD:
            _refuse_names_within(view, name)
        known = {
            (alias.kind, bare(alias.name)): alias
            for alias in queries.name_aliases(view.connection, deleted=True)
        }
        stored = known.get((kind, bare(name)))
        if stored and not stored.deleted:
            raise Refused(
                _("“{name}” is entered already as {kind}.").format(
                    name=stored.name, kind=NAMED.word(kind)
                ),
                _("Take it away first: fieldvisit alias remove {name}").format(name=stored.name),
            )
        fresh = NameAlias(kind, name, meant, change.by)
        if stored:
            fresh = replace(stored, stands_for=meant, by=change.by, deleted=False)
        return records.save(change, fresh)


def remove_alias(given: Settings, name: str, kind: str) -> NameAlias:
    """Take a name away; ``kind`` tells which where several go by it."""
    with changing(given, "alias remove") as (view, change):
        found = [
            alias
            for alias in queries.name_aliases(view.connection)
            if bare(alias.name) == bare(name) and kind in ("", alias.kind)
        ]
        if len(found) > 1:
            raise Ambiguous(
                _("“{name}” is entered several times.").format(name=name),
                _("Say which with --kind: {kinds}").format(
                    kinds=enumerated(alias.kind for alias in found)
                ),
            )
        if not found:
            raise NotFound(
                _("There is no alias “{name}”.").format(name=name),
                _("See them with: fieldvisit alias list"),
            )
        return records.save(change, replace(found[0], deleted=True))


def _refuse_names_within(view: StudyView, word: str) -> None:
    """Refuse a plain word that would let a whole name of the study through."""
    finder = Finder(known_names(view).wanted)
    within = {found.means: fold(word)[found.start : found.end] for found in finder.find(fold(word))}
    if within := {means: part for means, part in within.items() if means}:
        raise Refused(
            _("“{word}” holds a name of the study: {names}").format(
                word=word, names=enumerated(within.values())
            ),
            _("Only what is no name can stay as it stands. Nothing was stored."),
        )


def _check_name(name: str) -> None:
    if not is_long_enough(name):
        raise BadText(
            _("“{name}” is too short to be told from the letters of other words.").format(
                name=name
            ),
            _("Give it with a word that stands beside it. Nothing was stored."),
        )
    if is_too_plain(name):
        raise BadText(
            _("“{name}” stands in the words that replace names, like {example}.").format(
                name=name, example=_("City {letters}").format(letters="A")
            ),
            _("Give a longer form of the name. Nothing was stored."),
        )


def _meant(view: StudyView, kind: str, stands_for: str) -> tuple[str, str]:
    """Return the kind of a name, and whom it stands for as it is stored."""
    if kind == WORD and stands_for:
        raise WrongUsage(
            _("A plain word stands for nobody."), _("Leave out --for. Nothing was stored.")
        )
    if not stands_for:
        if kind in ("", "city"):
            raise WrongUsage(
                _("It is not said for whom the name stands."),
                _("Give --for CITY; or --kind {kinds} for a name of its own.").format(
                    kinds="|".join(value for value in NAMED if value != "city")
                ),
            )
        return kind, ""
    if kind in ("", "city") and (place := _place(view, stands_for, told=kind == "city")):
        return "city", place
    return _somebody(view, kind, stands_for)


def _place(view: StudyView, typed: str, *, told: bool) -> str:
    """Return the code of a city or the name of a prefecture; empty where ``told`` allows it."""
    prefectures = {bare(city.prefecture): city.prefecture for city in all_cities(view)}
    if found := prefectures.get(bare(typed)):
        return found
    try:
        return find_any_city(view, typed).code
    except NotFound:
        if told:
            raise
        return ""


def _somebody(view: StudyView, kind: str, typed: str) -> tuple[str, str]:
    """Return the kind and the name that the study knows, or that was entered before."""
    people = [person for visit in view.every_visit for person in visit.participants]
    entered = queries.name_aliases(view.connection)
    known = [("person", person.name) for person in people]
    known += [("department", person.department) for person in people]
    known += [(alias.kind, alias.name) for alias in entered if alias.kind not in {"city", WORD}]
    found = {
        (of, name): None
        for of, name in known
        if name and bare(name) == bare(typed) and kind in ("", of)
    }
    if len({of for of, _name in found}) == 1:
        return next(iter(found))
    if found:
        raise Ambiguous(
            _("“{name}” is entered several times.").format(name=typed),
            _("Say which with --kind: {kinds}").format(kinds=enumerated(of for of, _n in found)),
        )
    raise NotFound(
        _("Nobody and nothing in the study is called “{name}”.").format(name=typed),
        _("Enter that name first, without --for: fieldvisit alias add NAME --kind KIND"),
    )
