"""Where a city was asked the same before and what it said, told to the person at the keyboard."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from fieldvisit.documents import wordings
from fieldvisit.fieldwork.asked_before import AskedBefore, EarlierStatement
from fieldvisit.language import _, counted, enumerated

_MOST = 10  # statements of one visit
_LONGEST = 60  # characters of one


def told_asked_before(one: AskedBefore, groups: Mapping[str, str]) -> Iterator[str]:
    """Yield that and where a city was asked, then its statements in short.

    ``groups`` are the names of the study groups by their short names.
    """
    yield _asked(one, groups)
    for said in one.said[:_MOST]:
        yield _line(said)
    if (more := len(one.said) - _MOST) > 0:
        yield counted("… and {n} more statement.", "… and {n} more statements.", more)
    if one.said:
        yield _("See them all: {command}").format(
            command=f"fieldvisit note list --visit {one.before.visit.handle}"
        )


def _asked(one: AskedBefore, groups: Mapping[str, str]) -> str:
    before = one.before.visit
    names = enumerated(groups.get(short, short) for short in before.study_groups)
    sentence = (
        _(
            "{city} was asked {asked} of the questions of {visit} already, for another study "
            "group: at {before} ({where}). Answered: {answered}"
        )
        if one.is_for_others
        else _(
            "{city} was asked {asked} of the questions of {visit} already: at {before} ({where}). "
            "Answered: {answered}"
        )
    )
    return sentence.format(
        city=one.before.city.name,
        asked=one.asked,
        visit=one.now.handle,
        before=before.handle,
        where=enumerated(filter(None, (wordings.days(before), names))),
        answered=one.answered,
    )


def _line(said: EarlierStatement) -> str:
    """Return a statement in short, with the number of its question and its handle."""
    number = str(said.topic.number)
    if said.question:
        number = f"{number}/{said.question.number}"
    short = replace(said.note, body=wordings.in_short(said.note.body, _LONGEST))
    return f"  {number} {wordings.statement(short)}"
