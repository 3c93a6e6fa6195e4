"""`trace`: what stands behind a mark of an anonymised output."""

from typing import Annotated

import typer

from fieldvisit.cli.declaring import alone, command
from fieldvisit.cli.options import AskedFor, Here
from fieldvisit.language import N_

trace_app = alone()
APPS = {"trace": trace_app}


@command(trace_app, N_("Say what stands behind a mark of an anonymised output."))
def trace(
    session: Here,
    wish: AskedFor,
    mark: Annotated[
        str,
        typer.Argument(
            metavar="MARK",
            help=N_("The number behind a line, or what stands for a name: City A."),
        ),
    ],
) -> None:
    from fieldvisit.actions.anonymising.trace import trace as trace_back
    from fieldvisit.documents.aliases import traced

    found, register = trace_back(session.settings(), mark, session.audience(wish, "work"))
    session.deliver(traced(found, register), wish)
