"""How commands are declared, each when it is first named, and how their help is written.

It stands upon click as typer carries it inside. That is private to typer, and so named here alone:
what is imported of it is what has to be looked at before another version of typer is let in.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any, TypeVar, cast, get_args, get_origin

import typer
from typer._click import exceptions
from typer._click.core import Command as AnyCommand
from typer._click.core import Context as AnyContext
from typer._click.formatting import HelpFormatter as _HelpFormatter
from typer._click.globals import get_current_context
from typer._click.shell_completion import CompletionItem
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from fieldvisit.cli.terminal import shown, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.language import N_, _, enumerated

__all__ = [
    "SETTINGS", "AnyCommand", "AnyContext", "Command", "Context", "Group", "HelpFormatter", "Noun",
    "argument", "command", "exceptions", "made_of", "offers", "option", "verb",
]  # fmt: skip

Declaration = tuple[str, Callable[[], AnyCommand]]  # its help, and what declares it
Function = TypeVar("Function", bound=Callable[..., Any])

SETTINGS: dict[str, Any] = {
    "context_settings": {"help_option_names": ["-h", "--help"]},
    "rich_markup_mode": None,
}

_WIDEST = 80
_ROOM_FOR_TEXT = 24
_INDENT = 4

# What typer says in words of its own: it asks our catalogue for them, or we do.
TYPER_WORDS = (
    N_("Options"), N_("Arguments"), N_("Commands"), N_("required"), N_("default: {default}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip


class HelpFormatter(_HelpFormatter):
    """Writes help within the terminal's width, at most 80 cells, lined up by cells."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        width = width or min(width_of(sys.stdout), max_width or _WIDEST)
        super().__init__(indent_increment, width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage; the arguments go below the program's name where room is short."""
        args = re.sub(r"\{([^{}]*)\}", r"\1", args)  # typer's braces around what must be given
        start = f"{prefix or _('Usage:')} {prog} "
        room = self.width - self.current_indent - cells(start)
        if room >= min(cells(args), _ROOM_FOR_TEXT):
            first, *rest = wrap(args, room)
            self._write_lines([start + first, *_indented(rest, cells(start))])
        else:
            self._write_lines(wrap(start.rstrip(), self.width - self.current_indent))
            below = wrap(args, self.width - self.current_indent - _INDENT)
            self._write_lines(_indented(below, _INDENT))

    def write_text(self, text: str) -> None:
        """Write a text."""
        self._write_lines(wrap(shown(text, sys.stdout), self.width - self.current_indent))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names with what they mean: side by side, or one above the other if narrow."""
        first = min(max(cells(name) for name, _meaning in rows), col_max) + col_spacing
        room = self.width - self.current_indent
        beside = room - first >= _ROOM_FOR_TEXT
        for name, meaning in rows:
            margin = first if beside else _INDENT
            lines = _indented(wrap(shown(meaning, sys.stdout), room - margin), margin)
            if beside and lines and cells(name) + col_spacing <= first:
                lines[0] = name + " " * (first - cells(name)) + lines[0][first:]
            else:
                lines = [*wrap(name, room), *lines]
            self._write_lines(lines)

    def _write_lines(self, lines: Sequence[str]) -> None:
        for line in _indented(lines, self.current_indent):
            self.write(f"{line}\n")


def _indented(lines: Sequence[str], margin: int) -> list[str]:
    return [f"{' ' * margin}{line}" if line else "" for line in lines]


class Context(AnyContext):
    """A context whose help is written by our formatter."""

    formatter_class = HelpFormatter


class _Spoken(AnyCommand):
    """What commands and groups share: words in the language in use, as soon as they are shown."""

    context_class = Context

    def format_help(self, ctx: AnyContext, formatter: _HelpFormatter) -> None:
        """Write the help."""
        self._translate(ctx)
        super().format_help(ctx, formatter)

    def shell_complete(self, ctx: AnyContext, incomplete: str) -> list[CompletionItem]:
        """Complete an option."""
        self._translate(ctx)
        return super().shell_complete(ctx, incomplete)

    def _translate(self, ctx: AnyContext) -> None:
        self.help, self.options_metavar = _(self.help or ""), _("[OPTIONS]")
        for parameter in self.get_params(ctx):
            parameter.metavar = _(parameter.metavar or "") or None
            if isinstance(parameter, TyperOption | TyperArgument):
                parameter.help = _(parameter.help or "")


class Command(_Spoken, TyperCommand):
    """A command."""

    def parse_args(self, ctx: AnyContext, args: list[str]) -> list[str]:
        """Refuse what may be a text with a dash in front: `-tie` would be the tag `ie`."""
        if any(parameter.name == "text" for parameter in self.params):
            for word in args[: args.index("--")] if "--" in args else args:
                if len(word) > len("-t") and word[0] == "-" and word[1] != "-":
                    raise exceptions.BadOptionUsage(
                        word,
                        _("“{word}” is not an option; write an option and its value apart.").format(
                            word=word
                        ),
                    )
        return TyperCommand.parse_args(self, ctx, args)


class Group(_Spoken, TyperGroup):
    """A group of commands, each declared when it is first named."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"suggest_commands": False})  # it would know declared ones
        self.declarations: Mapping[str, Declaration] = {}

    def _translate(self, ctx: AnyContext) -> None:
        super()._translate(ctx)
        self.subcommand_metavar = _("COMMAND [ARGS]...")

    def list_commands(self, ctx: AnyContext) -> list[str]:
        """Return the names, declaring nothing."""
        return list(self.declarations)

    def get_command(self, ctx: AnyContext, cmd_name: str) -> AnyCommand | None:
        """Return a command, declared now if it was not before."""
        if cmd_name in self.declarations and cmd_name not in self.commands:
            self.commands[cmd_name] = self.declarations[cmd_name][1]()
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: AnyContext, formatter: _HelpFormatter) -> None:
        """Write all commands with the beginning of their help, declaring none."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(self._named("")))

    def shell_complete(self, ctx: AnyContext, incomplete: str) -> list[CompletionItem]:
        """Complete a command or an option, declaring no command."""
        names = [CompletionItem(name, help=help_) for name, help_ in self._named(incomplete)]
        return names or super().shell_complete(ctx, incomplete)

    def _named(self, beginning: str) -> Iterable[tuple[str, str]]:
        for name, (help_, _declare) in self.declarations.items():
            if name.startswith(beginning):
                yield name, _(help_)


class Noun(dict[str, tuple[str, Callable[..., Any]]]):
    """What one word of the command line stands for: commands by name, and "" for it alone."""

    def declared(self, name: str, help_: str) -> AnyCommand:
        """Return the command or the group; ``help_`` is an English msgid."""
        alone = None
        if "" in self:
            longer, function = self[""]
            alone = _command(name, longer or help_, function)
            if len(self) == 1:
                return alone
        found = Group(name=name, help=help_, no_args_is_help=alone is None, **SETTINGS)
        if alone:
            found.help, found.params = alone.help, alone.params
            found.invoke_without_command, found.callback = True, _alone(alone.callback)
        found.declarations = {
            below: (words, partial(_command, below, words, function))
            for below, (words, function) in self.items()
            if below
        }
        return found


def _alone(callback: Callable[..., Any] | None) -> Callable[..., Any]:
    """Return what a group does where no command of it is named."""

    def call(**given: object) -> object:
        named = get_current_context().invoked_subcommand
        return callback(**given) if callback and not named else None

    return call


def verb(noun: Noun, help_: str, name: str | None = None) -> Callable[[Function], Function]:
    """Declare a command of a noun, by the name of its function if not by another.

    ``help_`` is an English msgid.
    """

    def declare(function: Function) -> Function:
        noun[function.__name__.rstrip("_") if name is None else name] = (help_, function)
        return function

    return declare


def command(noun: Noun, help_: str = "") -> Callable[[Function], Function]:
    """Declare what a noun does alone; it needs no help if that of the program says it all."""
    return verb(noun, help_, "")


def option(
    spec: str, help_: str, values: Any = None, *, default: object = None, **more: Any
) -> Any:
    """Return an option by its names and what stands for its value: ``-o --output FILE``.

    Without a name it has the parameter's; ``help_`` is an English msgid. Without a ``default`` a
    command gets the empty value of its parameter's type; ``...`` has to be given.
    """
    names = [word for word in spec.split() if word.startswith("-")]
    value = " ".join(word for word in spec.split() if not word.startswith("-"))
    return typer.Option(
        default,
        *names,
        metavar=value or None,
        help=help_,
        show_default=default not in {None, "", False, ...},
        **_of(values) | more,
    )


def argument(metavar: str, help_: str, values: Any = None, default: object = ...) -> Any:
    """Return an argument by what stands for it; ``help_`` is an English msgid."""
    return typer.Argument(default, metavar=metavar, help=help_, show_default=False, **_of(values))


def _of(values: Any) -> dict[str, Any]:
    """Return how values are completed, and read if they are fixed."""
    if values is None or callable(values):
        return {"autocompletion": values}
    if isinstance(values, Mapping):
        return {"autocompletion": offers(values), "parser": values.read}  # type: ignore[attr-defined] # a vocabulary
    return {"parser": partial(_one_of, values)}


def offers(vocabulary: Any) -> Callable[[str], list[tuple[str, str]]]:
    """Return what the shell offers of fixed values."""

    def offer(incomplete: str) -> list[tuple[str, str]]:
        return [(v, vocabulary.word(v)) for v in vocabulary if v.startswith(incomplete)]

    return offer


def _one_of(values: Sequence[str], typed: str) -> str:
    if typed in values:
        return typed
    told = _("“{value}” is none of these: {values}.")
    raise exceptions.BadParameter(told.format(value=typed, values=enumerated(values)))


class _MadeOf:
    """A parameter that is made of options by ``maker``."""

    def __init__(self, maker: Callable[..., Any], options: Mapping[str, Any]) -> None:
        self.maker = maker
        known = inspect.signature(maker).parameters
        found = {name: known[name].replace(default=one) for name, one in options.items()}
        self.parameters = found or dict(known)


def made_of(maker: Callable[..., Any], **options: Any) -> Any:
    """Return a parameter that ``maker`` makes: of its own ones that are options, or of these."""
    return _MadeOf(maker, options)


def _command(name: str, help_: str, function: Callable[..., Any]) -> Command:
    app = typer.Typer(add_completion=False, **SETTINGS)
    app.command(name, cls=Command, help=help_)(_flat(function))
    return cast("Command", typer.main.get_command(app))


def _flat(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` as typer is to see it: all its options in a row, without the session."""
    own = dict(list(inspect.signature(function).parameters.items())[1:])
    makers = {name: p.default for name, p in own.items() if isinstance(p.default, _MadeOf)}
    flat = {name: p for name, p in own.items() if name not in makers}
    for made in makers.values():
        flat |= made.parameters

    def call(**given: object) -> object:
        values = {name: _whole(p.annotation, given[name]) for name, p in flat.items()}
        for name, made in makers.items():
            values[name] = made.maker(**{below: values[below] for below in made.parameters})
        session = get_current_context().find_root().obj
        return function(session, **{name: values[name] for name in own})

    seen = [_seen_by_typer(parameter) for parameter in flat.values()]
    call.__name__ = function.__name__
    call.__signature__ = inspect.Signature(seen)  # type: ignore[attr-defined] # read by typer
    return call


def _is_row(annotation: object) -> bool:
    return get_origin(annotation) is tuple and ... in get_args(annotation)


def _seen_by_typer(parameter: inspect.Parameter) -> inspect.Parameter:
    annotation, told = parameter.annotation, copy(parameter.default)
    if annotation is bool:
        told.default = False
    if _is_row(annotation):
        annotation = list[get_args(annotation)[0]]  # type: ignore[misc] # known when it runs
    keyword = inspect.Parameter.KEYWORD_ONLY  # so that their order is free
    return parameter.replace(kind=keyword, annotation=annotation, default=told)


def _whole(annotation: object, value: Any) -> object:
    """Return a value as the command gets it: what was not given is the empty value."""
    if _is_row(annotation):
        return tuple(value or ())
    return {str: "", int: 0}.get(annotation) if value is None else value  # type: ignore[call-overload] # None for others
