"""`alias add`, `ignore`, `remove`, `list`: what anonymised outputs replace, and what may stand."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from msgspec.structs import replace

from fieldvisit.actions.anonymise import known_names
from fieldvisit.anonymity.form import bare, form
from fieldvisit.anonymity.names import is_long_enough, is_too_plain
from fieldvisit.errors import Ambiguous, BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.study import IGNORED, NameAlias
from fieldvisit.fieldwork.terms import NAMED
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.study.change import changing
from fieldvisit.study.references import all_cities, find_any_city
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import checked

Found = TypeVar("Found")


def aliases(given: Settings, audience: str) -> tuple[Sequence[NameAlias], Mapping[str, City]]:
    """Return the names entered, and the cities by code.

    No names of people for the public; what was ticked off may quote any note, and is for `all`.
    """
    with viewing(given, audience) as view:
        found = queries.name_aliases(view.connection)
        cities = {city.code: city for city in all_cities(view)}
        hidden = {"all": set[str](), "group": {IGNORED}}.get(audience, {IGNORED, "person"})
        return [alias for alias in found if alias.kind not in hidden], cities


def add_alias(given: Settings, name: str, kind: str, stands_for: str) -> NameAlias:
    """Enter a name; ``kind`` may be empty where ``stands_for`` tells it, both as typed."""
    name = checked(name, _("name")).strip()
    _check_name(name)
    with changing(given, "alias add") as (view, change):
        kind, meant = _meant(view, kind, stands_for)
        if (known := _entered(view, kind, name)) and not known.deleted:
            raise Refused(
                _("“{name}” is entered already as {kind}.").format(
                    name=known.name, kind=NAMED.word(kind)
                ),
                _("Take it away first: fieldvisit alias remove {name}").format(name=known.name),
            )
        return records.save_over(change, NameAlias(kind, name, meant, change.by), known)


def ignore_texts(given: Settings, texts: Sequence[str]) -> tuple[NameAlias, ...]:
    """Tick texts off as no names, which may stand; return those that were not so before.

    Raises Refused if one holds a whole name of the study: that is replaced all the same.
    """
    texts = [checked(text, _("text")).strip() for text in texts]
    with changing(given, "alias ignore") as (view, change):
        names = known_names(view)
        stored: list[NameAlias] = []
        for text in dict.fromkeys(texts):
            read = form(text).text
            within = [read[start:end] for start, end, subject in names.find(read) if subject]
            if within:
                raise Refused(
                    _("“{word}” holds a name of the study: {names}").format(
                        word=text, names=enumerated(dict.fromkeys(within))
                    ),
                    _("Only what is no name can stay as it stands. Nothing was stored."),
                )
            known = _entered(view, IGNORED, text)
            if known is None or known.deleted:
                fresh = NameAlias(IGNORED, text, "", change.by)
                stored.append(records.save_over(change, fresh, known))
        return tuple(stored)


def remove_alias(given: Settings, name: str, kind: str) -> NameAlias:
    """Take a name, or what was ticked off, away; ``kind`` tells which where several go by it."""
    with changing(given, "alias remove") as (view, change):
        entered = ((of, _entered(view, of, name)) for of in NAMED if kind in ("", of))
        found = {of: alias for of, alias in entered if alias and not alias.deleted}
        missing = NotFound(
            _("There is no alias “{name}”.").format(name=name),
            _("See them with: fieldvisit alias list"),
        )
        return records.save(change, replace(_only(found, name, missing), deleted=True))


def _only(found: Mapping[str, Found], name: str, missing: NotFound) -> Found:
    """Return what goes by a name, of those found by kind; raises ``missing``, or Ambiguous."""
    if not found:
        raise missing
    if len(found) > 1:
        raise Ambiguous(
            _("“{name}” is entered several times.").format(name=name),
            _("Say which with --kind: {kinds}").format(kinds=enumerated(found)),
        )
    return next(iter(found.values()))


def _entered(view: StudyView, kind: str, name: str) -> NameAlias | None:
    """Return what is entered so already, or was and was taken away."""
    # A text that may stand is one as it stands, a name however it is written.
    key = str if kind == IGNORED else bare
    known = queries.name_aliases(view.connection, deleted=True)
    return next((a for a in known if a.kind == kind and key(a.name) == key(name)), None)


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
    if kind == IGNORED:
        raise WrongUsage(
            _("What is ticked off is no name."),
            _("Say so with: fieldvisit alias ignore TEXT. Nothing was stored."),
        )
    if not stands_for:
        if kind in ("", "city"):
            raise WrongUsage(
                _("It is not said for whom the name stands."),
                _("Give --for CITY; or --kind {kinds} for a name of its own.").format(
                    kinds="|".join(value for value in NAMED if value not in {"city", IGNORED})
                ),
            )
        return kind, ""
    if kind in ("", "city"):
        prefectures = {bare(city.prefecture): city.prefecture for city in all_cities(view)}
        if found := prefectures.get(bare(stands_for)):
            return "city", found
        with suppress(*([] if kind else [NotFound])):
            return "city", find_any_city(view, stands_for).code
    own = [one for one in known_names(view).own_names if one[0] != "city" and one[1]]
    alike = (one for one in reversed(own) if bare(one[1]) == bare(stands_for))
    missing = NotFound(
        _("Nobody and nothing in the study is called “{name}”.").format(name=stands_for),
        _("Enter that name first, without --for: fieldvisit alias add NAME --kind KIND"),
    )
    return _only({one[0]: one for one in alike if kind in ("", one[0])}, stands_for, missing)
