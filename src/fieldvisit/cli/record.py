"""`record`: the whole sheet of a visit in the editor."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldvisit.actions.editor_sheets import kept_records, open_record
from fieldvisit.actions.record import read_record, store_record
from fieldvisit.cli.afterwards import offer_withheld, tell_voided
from fieldvisit.cli.declaring import Noun, command
from fieldvisit.cli.editor import edited_sheet, kept_in, tell_if_left
from fieldvisit.cli.options import AUDIENCE, BY, DRY_RUN, VISIT, YES
from fieldvisit.cli.session import Session, Wish
from fieldvisit.documents.record_sheet import told_items, told_removed
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.language import _, enumerated
from fieldvisit.study.drafts import close

if TYPE_CHECKING:
    from fieldvisit.actions.record import EditedRecord


record_app = Noun()


@command(record_app, "Enter what was heard: the sheet of a visit in the editor.")
def record(
    session: Session,
    visit: str = VISIT,
    dry_run: bool = DRY_RUN,
    audience: str = AUDIENCE,
    yes: bool = YES,
    by: str = BY,
) -> None:
    given, seen_by = session.settings(by), session.audience(Wish(audience=audience), "work")
    if session.on_terminal and seen_by == "public":
        raise WrongUsage(
            _("A record is not entered for the public: names would be lost."),
            _("Say --audience all or group."),
        )
    kept = kept_records(given, visit, seen_by)
    fresh = open_record(given, visit, seen_by)
    otherwise = _("Store single notes with: fieldvisit note add")
    with edited_sheet(session, kept, fresh, otherwise, yes=yes) as opened:
        found = read_record(given, opened)
        if found or found.kept or found.staying:
            session.tell("\n".join(_told(found)))
        if not found:
            close(opened.draft)
            session.tell(_("Nothing was changed."))
            return
        if dry_run:
            store_record(given, opened, dry_run=True)
            session.tell(_("Nothing was stored."), kept_in(opened))
            return
        question = _("Delete {n} notes that are no longer on the sheet?")
        if found.removed and not session.agrees(question.format(n=len(found.removed)), yes=yes):
            raise Refused(_("The notes were kept."))
        stored = store_record(given, opened)
        tell_if_left(opened.draft)
    for note in stored.added:
        session.answer(note.handle)
    session.tell(_("Stored."))
    tell_voided(session, stored.touched)
    offer_withheld(session, visit, stored.added, by)
    if stored.waiting:
        from fieldvisit.cli.review_walk import offer_review

        offer_review(session, given, stored.waiting, seen_by, yes=yes)


def _told(found: "EditedRecord") -> Iterator[str]:
    yield from told_items(found.items, found.notes)
    yield from told_removed(found.removed, found.kept)
    if found.people is not None:
        yield _("Those present: {people}").format(people=enumerated(map(str, found.people)) or "-")
    for person in found.staying:
        yield _("{person} said what stands in a note and stays.").format(person=person)
    plain = [item.type for item in found.items if item.is_plain]
    yield _(
        "added {added} · changed {changed} · removed {removed} · left alone {same} · waiting {wait}"
    ).format(
        added=plain.count("note"),
        changed=plain.count("change"),
        removed=len(found.removed),
        same=found.unchanged,
        wait=len(found.items) - len(plain),
    )
