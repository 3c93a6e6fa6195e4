"""`draft list`, `show`, `drop`."""

import sys
from typing import Annotated

from fieldvisit.cli.declaring import Noun, argument, command
from fieldvisit.cli.options import AskedFor, Audience, Here, Yes
from fieldvisit.cli.session import Wish, emit
from fieldvisit.documents.wordings import typed_for
from fieldvisit.errors import Refused
from fieldvisit.language import N_, _

draft_app = Noun()

Name = Annotated[str, argument("DRAFT", N_("Its name, or the beginning of it."))]


@command(draft_app, N_("List text that is not stored yet."), "list")
def list_(session: Here, wish: AskedFor) -> None:
    from fieldvisit.documents.lists import draft_list
    from fieldvisit.study.drafts import drafts

    seen_by = session.audience(wish, "work")
    found = drafts(session.settings().study())
    shown = [draft for draft in found if draft.purpose.may_be_told(seen_by)]
    rows = [(draft.name, draft.saved_at(), draft.purpose) for draft in shown]
    session.deliver(draft_list(rows, seen_by), wish, len(found) - len(shown))


@command(draft_app, N_("Print a draft as it was typed."), "show")
def show(session: Here, draft: Name, audience: Audience = "") -> None:
    from fieldvisit.study.drafts import draft_called

    found = draft_called(session.settings().study(), draft)
    if session.audience(Wish(audience=audience), "work") != "all":
        raise Refused(
            _("A draft may hold what was said off the record."),
            _("It is shown on a terminal, or with --audience all; its file is {path}.").format(
                path=found.path
            ),
        )
    session.tell(typed_for(found.purpose))
    emit(found.text().encode())
    sys.stdout.flush()


@command(draft_app, N_("Delete a draft for good."), "drop")
def drop(session: Here, draft: Name, yes: Yes = False) -> None:
    from fieldvisit.study.drafts import draft_called
    from fieldvisit.study.drafts import drop as drop_draft

    found = draft_called(session.settings().study(), draft)
    session.tell(typed_for(found.purpose))
    question = _("Delete {name} for good?").format(name=found.name)
    if not session.agrees(question, yes=yes):
        raise Refused(_("The draft was kept."), _("Say --yes to delete it without being asked."))
    drop_draft(found)
    session.tell(_("{name} was deleted.").format(name=found.name))
