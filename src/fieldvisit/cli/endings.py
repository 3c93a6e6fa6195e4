"""How a run that went wrong ends: what the person is told, in sentences, and the exit code.

Of a bug in the program, that is a report that holds no word of any note.
"""

import platform
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import typer

from fieldvisit import __version__, stored
from fieldvisit.cli.declaring import Group, exceptions
from fieldvisit.doors.outputs import write_aside
from fieldvisit.errors import Refused
from fieldvisit.errors import reason as why
from fieldvisit.language import N_, _, enumerated, together

INTERRUPTED = 130
BUG = 3

# Typer's English on the left, ours on the right; the groups carry the offending words over.
_SENTENCES = (
    (r"Option '(?P<name>.+)' requires an argument\.", N_("The option {name} needs a value.")),
    (r"Option '(?P<name>.+)' requires (?P<count>\d+) arguments\.",
     N_("The option {name} needs {count} values.")),
    (r"Option '(?P<name>.+)' does not take a value\.", N_("The option {name} takes no value.")),
    (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)",
     N_("These words are too many: {words}")),
    (r"Missing command\.", N_("A command is missing.")),
    (r"(?P<quote>['\"])(?P<value>.*)(?P=quote) is not a valid (?:int|float).*\.",
     N_("“{value}” is not a number.")),
    (r"(?P<value>\S+) is not in the range (?P<range>.+)\.",
     N_("{value} is not in the range {range}.")),
)  # fmt: skip
_NO_COMMAND = r"No such command (?P<quote>['\"])(?P<name>.*)(?P=quote)\."
# These belong to the program, not to a command.
ROOT_OPTIONS = frozenset({"--study", "--lang", "--no-color", "--quiet", "-q", "--version"})


def told(error: BaseException) -> tuple[tuple[str, str], int]:
    """Return a sentence and a hint about what ended the run, and its exit code.

    Trouble after a commit does not take it back: that is done.
    """
    words, code = _explained(error)
    if not stored.anything():
        return words, code
    if code == INTERRUPTED:
        return (_("Interrupted. What was stored before that stays stored."), ""), code
    sentence = _("What was to be stored is stored. After that: {trouble}").format(trouble=words[0])
    return (sentence, "" if isinstance(error, Refused) else words[1]), 0


def _explained(error: BaseException) -> tuple[tuple[str, str], int]:
    match error:
        case exceptions.UsageError() if not isinstance(error, exceptions.NoArgsIsHelpError):
            return (usage_sentence(error), usage_hint(error)), 2
        case exceptions.ClickException():
            return (error.format_message(), ""), error.exit_code
        case Refused():
            return (error.sentence, error.hint), error.exit_code
        case OSError():
            what = error.filename or _("standard output")
            sentence = _("{path} could not be read or written: {reason}")
            return (sentence.format(path=what, reason=why(error)), ""), 1
        case KeyboardInterrupt() | typer.Abort():
            sentence = _("Interrupted. What was not reported as stored was not stored.")
            return (sentence, ""), INTERRUPTED
    return report(error), BUG


def usage_sentence(error: exceptions.UsageError) -> str:
    """Return what is wrong with the command line; what we do not know stays in typer's words."""
    match error:
        case exceptions.MissingParameter(param=param) if param is not None and not error.message:
            is_option = param.param_type_name == "option"
            missing = _("The option {name} is missing.") if is_option else _("{name} is missing.")
            return missing.format(name=_parameter(error))
        case exceptions.NoSuchOption(option_name=name, possibilities=guesses):
            sentence = _("There is no option {name}.").format(name=name)
            return _with_guess(sentence, sorted(guesses or ()))
        case exceptions.BadParameter() if name := _parameter(error):
            problem = _translated(error.message)
            return _("Invalid value for {name}: {problem}").format(name=name, problem=problem)
    group = error.ctx.command if error.ctx else None
    found = re.fullmatch(_NO_COMMAND, error.message, re.DOTALL)
    if found and isinstance(group, Group):
        sentence = _("There is no command “{name}”.").format(name=found["name"])
        return _with_guess(sentence, get_close_matches(found["name"], group.declarations))
    return _translated(error.message)


def usage_hint(error: exceptions.UsageError) -> str:
    """Return what to do next: how to give text that begins with a dash, or where help is."""
    if isinstance(error, exceptions.NoSuchOption) and error.option_name in ROOT_OPTIONS:
        return _("{option} goes before the command: fieldvisit {option} …").format(
            option=error.option_name
        )
    names = {p.name for p in error.ctx.command.params} if error.ctx else {"text"}
    if isinstance(error, exceptions.NoSuchOption | exceptions.BadOptionUsage) and "value" in names:
        return _("A value that begins with a dash goes last, behind “--”.")
    if isinstance(error, exceptions.NoSuchOption | exceptions.BadOptionUsage) and "text" in names:
        return _(
            "Text that begins with a dash goes behind “--”, or give “-” and type it on "
            "standard input."
        )
    return _("See {command} --help.").format(command=error.ctx.command_path) if error.ctx else ""


def _parameter(error: exceptions.BadParameter) -> str:
    """Return the name of the parameter as the user types or reads it, empty if unknown."""
    if isinstance(error.param_hint, str) or error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if error.param.param_type_name == "option":
        return " / ".join(error.param.opts)
    return _(error.param.metavar or error.param.human_readable_name).removesuffix("...")


def _with_guess(sentence: str, names: Iterable[str]) -> str:
    quoted = enumerated(_("“{text}”").format(text=name) for name in names)
    return together(sentence, _("Did you mean {names}?").format(names=quoted) if quoted else "")


def _translated(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(sentence).format(**found.groupdict())
    return _(message)


def report(error: BaseException) -> tuple[str, str]:
    """Write a report aside; return what to say and where the report is.

    The report names types, files and lines. Messages of errors are left out, since they may
    carry what a person wrote.
    """
    bug = _("This is a bug in fieldvisit ({kind}). What was stored before is not affected.")
    sentence, hint = bug.format(kind=type(error).__name__), ""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    with suppress(OSError):
        path = write_aside(f"fieldvisit-bug-{stamp}.txt", _text(error).encode())
        hint = _("A report without any note's text is in {path}; please pass it on.")
        hint = hint.format(path=path)
    return sentence, hint


def _text(error: BaseException) -> str:
    from fieldvisit.storage.connection import SQLITE_VERSION

    versions = (
        f"fieldvisit {__version__}",
        f"Python {platform.python_version()}",
        f"SQLite {SQLITE_VERSION}",
        platform.system(),
        f"stdout {getattr(sys.stdout, 'encoding', '')}",
    )
    lines = [", ".join(versions)]
    for seen in _chain(error):
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it; a chain that comes back to itself ends."""
    told: set[int] = set()
    while error is not None and id(error) not in told:
        told.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
