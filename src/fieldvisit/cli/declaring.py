"""How commands are declared: in the language in use, each when it is first named.

A parameter annotated `Annotated[T, From(provider)]` gets what ``provider`` returns; the
provider's own parameters become options of the command.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from fieldvisit.cli import typer_click
from fieldvisit.cli.help import HelpFormatter
from fieldvisit.cli.typer_click import BadOptionUsage, CompletionItem
from fieldvisit.language import _

Function = TypeVar("Function", bound=Callable[..., Any])
Declared = TypeVar("Declared", bound=TyperCommand | TyperGroup)
Declaration = tuple[str, Callable[[], typer_click.Command]]  # its help, and what declares it

SETTINGS: dict[str, Any] = {
    "context_settings": {"help_option_names": ["-h", "--help"]},
    "rich_markup_mode": None,
}


class From:
    """Marks a parameter that is made of options by ``provider``."""

    def __init__(self, provider: Callable[..., Any]) -> None:
        self.provider = provider


class Noun(dict[str, tuple[str, Callable[..., Any]]]):
    """What one word of the command line stands for: commands by name, or one alone under ""."""

    def declared(self, name: str, help_: str) -> typer_click.Command:
        """Return the command or the group; a group's ``help_`` is an English msgid."""
        if "" in self:
            return _command(name, *self[""])
        found = Group(name=name, help=help_, no_args_is_help=True, **SETTINGS)
        found.declarations = {
            below: (words, partial(_command, below, words, function))
            for below, (words, function) in self.items()
        }
        return translated(found)


def command(parent: Noun, help_: str, name: str = "") -> Callable[[Function], Function]:
    """Declare a command of ``parent``; ``help_`` is an English msgid marked with N_."""

    def declare(function: Function) -> Function:
        parent[name] = (help_, function)
        return function

    return declare


def option(
    spec: str,
    help_: str,
    complete: Callable[..., Any] | None = None,
    *,
    shows_default: bool = False,
    **more: Any,  # noqa: ANN401 - what typer takes
) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option by its names and what stands for its value: ``-o --output FILE``.

    Without a name it has the parameter's; ``help_`` is an English msgid marked with N_.
    """
    names = [word for word in spec.split() if word.startswith("-")]
    value = " ".join(word for word in spec.split() if not word.startswith("-"))
    return typer.Option(
        *names,
        metavar=value or None,
        help=help_,
        autocompletion=complete,
        show_default=shows_default,
        **more,
    )


def argument(metavar: str, help_: str, complete: Callable[..., Any] | None = None) -> Any:  # noqa: ANN401 - as typer has it
    """Return an argument by what stands for it; ``help_`` is an English msgid marked with N_."""
    return typer.Argument(metavar=metavar, help=help_, autocompletion=complete, show_default=False)


class Context(typer_click.Context):
    """A context whose help is written by our formatter."""

    formatter_class = HelpFormatter


class _Spoken(typer_click.Command):
    """What commands and groups share: help by our formatter, in the language in use."""

    context_class = Context

    def get_help_option(self, ctx: typer_click.Context) -> TyperOption | None:
        """Return the option for help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class Command(_Spoken, TyperCommand):
    """A command."""

    def parse_args(self, ctx: typer_click.Context, args: list[str]) -> list[str]:
        """Refuse what may be a text with a dash in front: `-tie` would be the tag `ie`."""
        if any(parameter.name == "text" for parameter in self.params):
            _refuse_glued(args)
        return TyperCommand.parse_args(self, ctx, args)


class Group(_Spoken, TyperGroup):
    """A group of commands, each declared when it is first named."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - typer gives them
        super().__init__(**settings | {"suggest_commands": False})  # it would know declared ones
        self.declarations: Mapping[str, Declaration] = {}

    def list_commands(self, ctx: typer_click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Return the names, declaring nothing."""
        return list(self.declarations)

    def get_command(self, ctx: typer_click.Context, cmd_name: str) -> typer_click.Command | None:
        """Return a command, declared now if it was not before."""
        if cmd_name in self.declarations and cmd_name not in self.commands:
            self.commands[cmd_name] = self.declarations[cmd_name][1]()
        return super().get_command(ctx, cmd_name)

    def format_commands(
        self,
        ctx: typer_click.Context,  # noqa: ARG002 - click gives it
        formatter: typer_click.HelpFormatter,
    ) -> None:
        """Write all commands with the beginning of their help, declaring none."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(self._named("")))

    def shell_complete(self, ctx: typer_click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command or an option, declaring no command."""
        names = [CompletionItem(name, help=help_) for name, help_ in self._named(incomplete)]
        return names or super().shell_complete(ctx, incomplete)

    def _named(self, beginning: str) -> Iterable[tuple[str, str]]:
        for name, (help_, _declare) in self.declarations.items():
            if name.startswith(beginning):
                yield name, _(help_).split("\n\n")[0].strip()


def translated(declared: Declared) -> Declared:
    """Return a command or group, its words and its parameters' put into the language in use."""
    declared.help, declared.options_metavar = _(declared.help or ""), _("[OPTIONS]")
    if isinstance(declared, TyperGroup):
        declared.subcommand_metavar = _("COMMAND [ARGS]...")
    for parameter in declared.params:
        parameter.metavar = _(parameter.metavar) if parameter.metavar else None
        if isinstance(parameter, TyperOption | TyperArgument):
            parameter.help = _(parameter.help or "")
    return declared


def _refuse_glued(args: list[str]) -> None:
    """Raise BadOptionUsage for an option of one letter with its value right behind it."""
    options = args[: args.index("--")] if "--" in args else args
    for word in options:
        if len(word) > len("-t") and word[0] == "-" and word[1] != "-":
            sentence = _("“{word}” is not an option; write an option and its value apart.")
            raise BadOptionUsage(word, sentence.format(word=word))


def _command(name: str, help_: str, function: Callable[..., Any]) -> Command:
    app = typer.Typer(add_completion=False, **SETTINGS)
    app.command(name, cls=Command, help=help_)(_flat(function))
    return translated(cast("Command", typer.main.get_command(app)))


def _flat(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` with its own parameters first, then those of its providers."""
    own = _parameters(function)
    providers = {name: found for name, p in own.items() if (found := _provider(p.annotation))}
    flat = {name: parameter for name, parameter in own.items() if name not in providers}
    for provider in providers.values():
        flat |= _parameters(provider)

    def call(**given: object) -> object:
        values = {name: given[name] for name in own if name not in providers}
        for name, provider in providers.items():
            values[name] = provider(**{key: given[key] for key in _parameters(provider)})
        return function(**values)

    call.__name__ = function.__name__
    call.__annotations__ = {name: parameter.annotation for name, parameter in flat.items()}
    call.__signature__ = inspect.Signature(list(flat.values()))  # type: ignore[attr-defined] # read by typer
    return call


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the parameters by name, keyword-only so that their order is free."""
    return {
        name: parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
    }


def _provider(annotation: object) -> Callable[..., Any] | None:
    if get_origin(annotation) is not Annotated:
        return None
    return next((mark.provider for mark in get_args(annotation) if isinstance(mark, From)), None)
