"""`record`: the field sheet of a visit in the editor."""

from functools import partial

from fieldvisit.actions import editor_sheets
from fieldvisit.actions.review import seen_in, stored_names
from fieldvisit.cli.afterwards import offer_withheld, tell_voided
from fieldvisit.cli.declaring import Noun, command
from fieldvisit.cli.editor import stored_sheet
from fieldvisit.cli.options import AUDIENCE, BY, VISIT, YES
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents.items import told
from fieldvisit.language import _

record_app = Noun()


@command(record_app, "Enter what was heard: the sheet of a visit in the editor.")
def record(
    session: Session,
    visit: str = VISIT,
    audience: str = AUDIENCE,
    yes: bool = YES,
    by: str = BY,
) -> None:
    given, seen_by = session.settings(by), session.audience(Wish(audience=audience), "work")
    found = stored_sheet(
        session,
        editor_sheets.kept_records(given, visit, seen_by),
        editor_sheets.open_record(given, visit, seen_by),
        partial(editor_sheets.store_record, given),
        _("Store single notes with: fieldvisit note add"),
        yes=yes,
    )
    if found is None:
        return
    taken = [item for item in found.items if item.state == "taken"]
    new = [item for item in taken if item.type == "note"]
    waiting = [item for item in found.items if item.state == "waiting"]
    counts = _("added {added} · changed {changed} · left alone {same} · waiting {wait}").format(
        added=len(new),
        changed=len(taken) - len(new),
        same=found.reading.proposed.unchanged,
        wait=len(waiting),
    )
    session.tell("\n".join((*told(seen_in(given, found.items)), counts)))
    for handle in stored_names(given, new):
        session.answer(handle)
    if taken:
        session.tell(_("Stored."))
    tell_voided(session, [item.stored for item in taken if item.type == "change"])
    offer_withheld(session, visit, {item.stored for item in new}, by)
    if waiting:
        from fieldvisit.cli.review_walk import offer_review

        offer_review(session, given, waiting, seen_by, yes=yes)
