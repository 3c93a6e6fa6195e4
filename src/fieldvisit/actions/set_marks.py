"""`mark`: why a question has no (whole) answer."""

from collections.abc import Sequence
from dataclasses import replace

from fieldvisit.actions.changing import changing, keep_guides
from fieldvisit.actions.looking import Look
from fieldvisit.actions.references import find_address, find_visit
from fieldvisit.errors import NotFound, WrongUsage
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.mark import Mark
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries, records
from fieldvisit.storage.writing import Ledger
from fieldvisit.text import storable

CLEAR = "clear"


def set_marks(
    given: Settings,
    where: str,
    addresses: Sequence[str],
    state: str,
    reason: str = "",
    due: str = "",
) -> tuple[Mark, ...]:
    """Set the same mark on each address of a visit, or take it away with `clear`.

    ``due`` is an ISO date and needed for `to-follow`, refused for every other mark.
    """
    _check(state, reason, due)
    with changing(given, "mark") as (look, ledger):
        visit = find_visit(look, where)
        found = dict.fromkeys(_asked_at(look, visit, typed) for typed in addresses)
        if state != CLEAR:
            visit = keep_guides(look, ledger, visit)
        return tuple(
            put_mark(look, ledger, Mark(visit.id, address, state, reason, due, ledger.by))
            for address in found
        )


def _asked_at(look: Look, visit: Visit, typed: str) -> Address:
    """Return the address, or the earlier name of it under which a mark stands.

    A mark on what the visit's guides do not ask would never be seen, and is refused.
    """
    address = find_address(look, typed, visit)
    guides = look.shelf.of(visit)
    topics = {look.lineup.now(Address(topic.key)) for guide in guides for topic in guide.topics}
    if look.lineup.now(Address(address.topic)) not in topics:
        raise NotFound(
            _("{topic} is in no guide of {visit}.").format(topic=address.topic, visit=visit.handle),
            _("There are: {names}").format(
                names=", ".join(f"{t.number} {t.key}" for guide in guides for t in guide.topics)
            ),
        )
    standing = (m.address for m in look.marks if m.visit_id == visit.id)
    now = look.lineup.now(address)
    return next((known for known in standing if look.lineup.now(known) == now), address)


def put_mark(look: Look, ledger: Ledger, mark: Mark) -> Mark:
    """Store a mark over whatever mark stood there; `clear` needs one to take away."""
    known = {m.id: m for m in queries.marks(look.connection, deleted=True)}.get(mark.id)
    if mark.state == CLEAR:
        if known is None or known.deleted:
            raise NotFound(
                _("There is no mark on {address}.").format(address=mark.address),
                _("Nothing was changed."),
            )
        return records.save(ledger, replace(known, deleted=True, by=mark.by))
    if known is None:
        return records.save(ledger, mark)
    fresh = replace(mark, seq=known.seq, revision=known.revision, number=known.number)
    return known if fresh == known else records.save(ledger, fresh)


def _check(state: str, reason: str, due: str) -> None:
    storable(reason, "--reason")
    if state == "to-follow" and not due:
        raise WrongUsage(
            _("An answer that is to follow needs a date."), _("Give it with --due, like 10/31.")
        )
    if due and state != "to-follow":
        raise WrongUsage(_("Only an answer that is to follow has a due date."), "")
