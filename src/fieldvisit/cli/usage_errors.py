"""What typer says about a wrong command line, as sentences in the user's language."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from fieldvisit.cli.typer_click import (
    BadOptionUsage,
    BadParameter,
    Group,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from fieldvisit.language import N_, _, enumerated, together

# Typer's English on the left, ours on the right; the groups carry the offending words over.
_SENTENCES = (
    (r"Option '(?P<name>.+)' requires an argument\.", N_("The option {name} needs a value.")),
    (
        r"Option '(?P<name>.+)' requires (?P<count>\d+) arguments\.",
        N_("The option {name} needs {count} values."),
    ),
    (r"Option '(?P<name>.+)' does not take a value\.", N_("The option {name} takes no value.")),
    (
        r"Got unexpected extra argument\(s\) \((?P<words>.*)\)",
        N_("These words are too many: {words}"),
    ),
    (r"Missing command\.", N_("A command is missing.")),
    (
        r"(?P<quote>['\"])(?P<value>.*)(?P=quote) is not a valid (?:int|float).*\.",
        N_("“{value}” is not a number."),
    ),
    (
        r"(?P<value>\S+) is not in the range (?P<range>.+)\.",
        N_("{value} is not in the range {range}."),
    ),
    (
        r"(?P<quote>['\"])(?P<value>.*)(?P=quote) is not one of (?P<values>.+)\.",
        N_("“{value}” is none of these: {values}."),
    ),
)
_NO_COMMAND = r"No such command (?P<quote>['\"])(?P<name>.*)(?P=quote)\."
# These belong to the program, not to a command.
ROOT_OPTIONS = frozenset({"--study", "--lang", "--no-color", "--quiet", "-q", "--version"})


def usage_sentence(error: UsageError) -> str:
    """Return what is wrong with the command line; what we do not know stays in typer's words."""
    match error:
        case MissingParameter(param=param) if param is not None and not error.message:
            is_option = param.param_type_name == "option"
            missing = _("The option {name} is missing.") if is_option else _("{name} is missing.")
            return missing.format(name=_parameter(error))
        case NoSuchOption(option_name=name, possibilities=guesses):
            sentence = _("There is no option {name}.").format(name=name)
            return _with_guess(sentence, sorted(guesses or ()))
        case BadParameter() if name := _parameter(error):
            problem = _translated(error.message)
            return _("Invalid value for {name}: {problem}").format(name=name, problem=problem)
    group = error.ctx.command if error.ctx else None
    found = re.fullmatch(_NO_COMMAND, error.message, re.DOTALL)
    if found and isinstance(group, Group):
        sentence = _("There is no command “{name}”.").format(name=found["name"])
        return _with_guess(sentence, get_close_matches(found["name"], group.declarations))
    return _translated(error.message)


def usage_hint(error: UsageError) -> str:
    """Return what to do next: how to give text that begins with a dash, or where help is."""
    if isinstance(error, NoSuchOption) and error.option_name in ROOT_OPTIONS:
        return _("{option} goes before the command: fieldvisit {option} …").format(
            option=error.option_name
        )
    names = {p.name for p in error.ctx.command.params} if error.ctx else {"text"}
    if isinstance(error, NoSuchOption | BadOptionUsage) and names & {"value", "text"}:
        return (
            _("A value that begins with a dash goes last, behind “--”.")
            if "value" in names
            else _(
                "Text that begins with a dash goes behind “--”, or give “-” and type it on "
                "standard input."
            )
        )
    return _("See {command} --help.").format(command=error.ctx.command_path) if error.ctx else ""


def _parameter(error: BadParameter) -> str:
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
