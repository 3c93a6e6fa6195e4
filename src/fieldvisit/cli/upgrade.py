"""`upgrade`: a study made by an older version of the program."""

from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.options import Here
from fieldvisit.language import N_, _

upgrade_app = alone()
APPS = {"upgrade": upgrade_app}


@command(upgrade_app, N_("Bring a study of an older version up to date; a copy of it is kept."))
def upgrade(session: Here) -> None:
    from fieldvisit.actions.upgrade import upgrade as bring_up_to_date

    kept = bring_up_to_date(session.settings())
    if kept is None:
        session.tell(_("The study is up to date already. Nothing was changed."))
    else:
        session.tell(
            _("The study is up to date."),
            _("The database as it was: {path}. Delete it when you no longer need it.").format(
                path=kept
            ),
        )
