"""The refusal of an output in which a name is left: where it stands, and what to do."""

import shlex
from collections.abc import Iterable, Iterator

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.anonymity.leaks import Leak
from fieldvisit.fieldwork.anonymity.names import Names, is_long_enough
from fieldvisit.fieldwork.anonymity.traces import Trace
from fieldvisit.fieldwork.anonymity.walking import Text
from fieldvisit.fieldwork.guide import Question, Topic
from fieldvisit.fieldwork.matrix import StandingSummary
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.note_conflict import Contradiction
from fieldvisit.fieldwork.states import Standing
from fieldvisit.language import _, enumerated


def refuse_leaks(leaks: Iterable[Leak], names: Names) -> None:
    """Raise Refused if there is any leak, naming each with its place and what helps."""
    found = list(leaks)
    if not found:
        return
    cities = {city.code: city.name for city in names.cities}
    places: dict[str, dict[str, None]] = {}
    for leak in found:
        where = _where(leak.text, cities)
        places.setdefault(where, {})[_("“{name}”").format(name=leak.trace.part)] = None
    lines = [f"  {where}: {enumerated(parts)}" for where, parts in places.items()]
    helps = dict.fromkeys(line for leak in found for line in _what_helps(leak.trace))
    raise Refused(
        _("A name is left; nothing was written:") + "\n" + "\n".join(lines),
        _("What to do:") + "\n" + "\n".join(f"  {line}" for line in helps),
    )


def _where(text: Text, cities: dict[str, str]) -> str:
    for thing in reversed(text.within):
        if isinstance(thing, Note | Contradiction):
            return _("note {handle}").format(handle=thing.handle)
        if isinstance(thing, StandingSummary):
            code = (thing.summary.city_code or "").rpartition("-")[2]
            place = cities.get(code, _("across the cities"))
            return _("summary of {city}, {place}").format(city=place, place=thing.address)
        if isinstance(thing, Standing):
            return _("mark at {place}").format(place=thing.address)
        if isinstance(thing, Topic | Question):
            return _("words of the guide at {place}").format(place=thing.key)
    return _("the output")


def _what_helps(trace: Trace) -> Iterator[str]:
    if not trace.kind or not is_long_enough(trace.part):
        yield _("Take “{name}” out of the text: fieldvisit note edit NOTE").format(name=trace.part)
        return
    if trace.name == trace.part:
        yield _("If it is another name: {command}").format(
            command=_command("alias", "add", f"…{trace.part}", "--kind", "word")
        )
        return
    kind = () if trace.kind == "city" else ("--kind", trace.kind)
    yield _command("alias", "add", trace.part, *kind, "--for", trace.name)
    yield _("If it is no name: {command}").format(
        command=_command("alias", "add", trace.part, "--kind", "word")
    )


def _command(*words: str) -> str:
    return " ".join(("fieldvisit", *map(_quoted, words)))


def _quoted(word: str) -> str:
    return word if word.replace("-", "").replace("…", "").isalnum() else shlex.quote(word)
