"""`demo`: the sample study."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.options import Here
from fieldvisit.cli.session import Wish
from fieldvisit.language import N_, _

demo_app = alone()
APPS = {"demo": demo_app}


@command(demo_app, N_("Make the sample study and print a comparison."))
def demo(
    session: Here,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", show_default=False, help=N_("Default: a new temporary folder.")
        ),
    ] = None,
) -> None:
    from msgspec.structs import replace

    from fieldvisit.actions.compare import Choice
    from fieldvisit.actions.coverage import coverage
    from fieldvisit.actions.demo import commands_to_try, make_demo
    from fieldvisit.cli.compare import show_comparison
    from fieldvisit.documents.coverage import document

    folder = folder or Path(tempfile.mkdtemp(prefix="fieldvisit-demo-")) / "study"
    made = make_demo(session.settings(), folder)
    session = replace(session, study=made.study_option)
    covered, _held_back = coverage(made, (), "group")
    session.deliver(document(covered, "group", only_topics=True), Wish())
    show_comparison(session, Choice(topics=("ai-rpa",)), Wish())
    session.tell(_("The sample study is in {folder}. Try:").format(folder=folder))
    for line, meaning in commands_to_try(folder):
        session.tell(f"  {line}", f"      {meaning}")
