"""What `visit add` and `prepare` say to the person where a city was asked the same before."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from fieldvisit.cli.session import Session
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.asked_before import AskedBefore, EarlierStatement
from fieldvisit.language import _, counted, enumerated

_MOST = 10  # statements of one visit
_LONGEST = 60  # characters of one


def tell_asked_before(
    session: Session, visits: Sequence[str], asked: str = "", study_group: str = ""
) -> None:
    """Say on stderr where the cities of these visits were asked the same, and what they said.

    ``asked`` is the audience that was named, if any: no more than it may see is told. What
    cannot be read is not told; the command that ends with this has done its work.
    """
    if session.quiet:
        return
    from fieldvisit.actions.asked_before import visits_asked_before

    with suppress(Refused):
        seen_by = session.keyboard_audience(asked)
        found, groups = visits_asked_before(session.settings(), visits, seen_by, study_group)
        for one in found:
            _tell(session, one, groups)


def _tell(session: Session, one: AskedBefore, groups: Mapping[str, str]) -> None:
    from fieldvisit.documents import wordings

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
    where = enumerated(filter(None, (wordings.days(before), names)))
    session.tell(
        sentence.format(
            city=one.before.city.name,
            asked=one.asked,
            visit=one.now.handle,
            before=before.handle,
            where=where,
            answered=one.answered,
        )
    )
    for said in one.said[:_MOST]:
        session.tell(_line(said))
    if (more := len(one.said) - _MOST) > 0:
        session.tell(counted("… and {n} more statement.", "… and {n} more statements.", more))
    if one.said:
        session.tell(
            _("See them all: {command}").format(
                command=f"fieldvisit note list --visit {before.handle}"
            )
        )


def _line(said: EarlierStatement) -> str:
    """Return a statement in short, with the number of its question and its handle."""
    from fieldvisit.documents import wordings

    number = str(said.topic.number)
    if said.question:
        number = f"{number}/{said.question.number}"
    body = " ".join(said.note.body.split())
    short = body if len(body) <= _LONGEST else f"{body[:_LONGEST]}…"
    return f"  {number} {wordings.statement(replace(said.note, body=short))}"
