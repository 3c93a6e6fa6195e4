"""How commands are declared, each when it is first named.

A parameter annotated `Annotated[T, From(provider)]` gets what ``provider`` returns; the
provider's own parameters become options of the command.
"""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

import typer

from fieldvisit.cli.typer_click import AnyCommand, Command, Group, get_current_context

Function = TypeVar("Function", bound=Callable[..., Any])

SETTINGS: dict[str, Any] = {
    "context_settings": {"help_option_names": ["-h", "--help"]},
    "rich_markup_mode": None,
}


class From:
    """Marks a parameter that is made of options by ``provider``."""

    def __init__(self, provider: Callable[..., Any]) -> None:
        self.provider = provider


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


def command(parent: Noun, help_: str = "", name: str = "") -> Callable[[Function], Function]:
    """Declare a command of ``parent``; ``help_`` is an English msgid marked with N_.

    One that is alone needs none if the help of the program says it all.
    """

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


def _command(name: str, help_: str, function: Callable[..., Any]) -> Command:
    app = typer.Typer(add_completion=False, **SETTINGS)
    app.command(name, cls=Command, help=help_)(_flat(function))
    return cast("Command", typer.main.get_command(app))


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
