"""One run of the program: its language, its commands, and every way it can end."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import cast

import typer

from fieldvisit import __version__, language, stored
from fieldvisit.cli.declaring import SETTINGS, AnyCommand, Group, Noun, option
from fieldvisit.cli.terminal import prepare_streams, say, silence
from fieldvisit.language import N_, _

_INTERRUPTED = 130  # by typer

# Every command: the module that declares it, and its help. Declaring all of them would cost as
# much as starting Python: only the one that is named is imported, for the help of all none is.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("study", N_("Make a study in a folder, with the shipped guides.")),
    "demo": ("study", N_("Make the sample study and show it on one screen.")),
    "status": ("study", N_("Show where the study stands and what comes next.")),
    "study": ("study", N_("Show or change what holds for the whole study.")),
    "study-group": ("study", N_("The groups that use the findings.")),
    "guide": ("guide", N_("Interview guides: list, check, write.")),
    "city": ("city", N_("Municipalities and their classes.")),
    "visit": ("visit", N_("Plan, show, change visits.")),
    "prepare": ("prepare", N_("Print the field sheet, or the question sheet for the city.")),
    "record": ("record", N_("Enter what was heard: the sheet of a visit in the editor.")),
    "read": ("read", N_("Read what came back: sheets, letters, memos.")),
    "review": ("review", N_("Decide what came back and waits.")),
    "note": ("note", N_("Single notes: add, list, show, change.")),
    "material": ("visit", N_("What was handed over at visits: enter it, list it.")),
    "mark": ("visit", N_("Say why a question has no (whole) answer.")),
    "confirm": ("confirm", N_("Whether the city agrees to what was recorded: send, enter, list.")),
    "coverage": ("study", N_("Show which questions are answered, and what is still open.")),
    "compare": ("compare", N_("Compare the cities, topic by topic.")),
    "alias": ("alias", N_("Names that anonymised outputs replace.")),
    "trace": ("alias", N_("Say what stands behind a mark of an anonymised output.")),
    "summary": ("summary", N_("Summaries of the cells: write, list.")),
    "search": ("study", N_("Find notes by words in their text.")),
    "undo": ("study", N_("Take back the last change.")),
    "log": ("study", N_("List the changes made.")),
    "draft": ("study", N_("Text that is not stored yet.")),
    "upgrade": ("study", N_("Bring a study of an older version up to date.")),
}


def run(words: Sequence[str]) -> int:
    """Run the program and return its exit code; nothing but that leaves it."""
    prepare_streams()
    stored.begin()
    language.use(_asked_language(words) or language.from_environment(dict(os.environ)))
    try:
        root = program(language.current())
        result = root.main(list(words), prog_name="fieldvisit", standalone_mode=False)
        sys.stdout.flush()
        if result == _INTERRUPTED:  # typer has caught Ctrl-C itself
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except BaseException as error:  # noqa: BLE001 - the one place where every error ends
        return _ended(error)


def _ended(error: BaseException) -> int:
    """Say how the run ended, and return its exit code."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
        case BrokenPipeError():
            silence(sys.stdout)
            return 0 if stored.anything() else 1
        case OSError(filename=None):  # else Python would try once more to write what is left
            silence(sys.stdout)
    from fieldvisit.cli.endings import told

    words, code = told(error)
    with suppress(OSError):
        say(*words)
    return code


def _asked_language(words: Sequence[str]) -> str:
    """Look for --lang before anything is parsed: the help and every refusal follow it."""
    rest = iter(words)
    for word in rest:
        if word == "--lang" or word.startswith("--lang="):
            asked = word.removeprefix("--lang=") if "=" in word else next(rest, "")
            return asked if asked in language.LANGUAGES else ""
        if word == "--study":
            next(rest, "")
        elif word in COMMANDS:
            break
    return ""


@cache
def program(_language: str) -> Group:
    """Return the program in the language in use, put together once for each in a process."""
    app = typer.Typer(cls=Group, pretty_exceptions_enable=False, **SETTINGS)
    app.callback(
        invoke_without_command=True,
        help=N_(
            "Prepare, record and compare interview visits to municipalities. "
            "Inside a study, fieldvisit alone shows its status."
        ),
    )(_root)
    made = cast("Group", typer.main.get_command(app))
    made.declarations = {
        name: (help_, partial(_declared, name, module, help_))
        for name, (module, help_) in COMMANDS.items()
    }
    return made


def _declared(name: str, module: str, help_: str) -> AnyCommand:
    noun: Noun = getattr(import_module(f"fieldvisit.cli.{module}"), f"{name.replace('-', '_')}_app")
    return noun.declared(name, help_)


def _root(
    ctx: typer.Context,
    study: str = option("DIR", "The folder of the study.", default=""),
    lang: str = option("ja|en", "The language: ja or en.", default=""),
    no_color: bool = option("--no-color", "No colours.", default=False),
    quiet: bool = option("--quiet -q", "No messages but refusals.", default=False),
    version: bool = option("--version", "Print the version.", default=False),
) -> None:
    if lang and lang not in language.LANGUAGES:
        ctx.fail(_("The language is ja or en, not “{lang}”.").format(lang=lang))
    if version:
        print(f"fieldvisit {__version__}")  # noqa: T201 - the whole output
        raise typer.Exit
    from fieldvisit.cli.session import Session, Wish

    ctx.obj = session = Session(
        Path.cwd(), dict(os.environ), study=study, no_color=no_color, quiet=quiet
    )
    if ctx.invoked_subcommand is None:
        if session.settings().find_study():
            from fieldvisit.cli.study import status

            status(session, Wish(audience=""), "")
        else:
            print(ctx.get_help())  # noqa: T201 - help is the output
