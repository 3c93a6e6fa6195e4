"""How commands are declared: with our help, and with groups of options that several share.

A parameter annotated `Annotated[T, From(provider)]` gets what ``provider`` returns; the
provider's own parameters become options of the command.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import typer
from msgspec import Struct

from fieldvisit.cli.help import Command, Group

HELP_NAMES = {"help_option_names": ["-h", "--help"]}
Function = TypeVar("Function", bound=Callable[..., Any])


class From(Struct, frozen=True):
    """Marks a parameter that is made of options by ``provider``."""

    provider: Callable[..., Any]


def app() -> typer.Typer:
    """Return an app to declare commands on, in our help's hands."""
    return typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        context_settings=HELP_NAMES,
    )


def alone() -> typer.Typer:
    """Return an app for a command that has no commands under it."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=HELP_NAMES)


def command(
    parent: typer.Typer, help_: str, name: str | None = None
) -> Callable[[Function], Function]:
    """Declare a command on ``parent``; ``help_`` is an English msgid marked with N_."""
    declare = parent.command(name, cls=Command, context_settings=HELP_NAMES, help=help_)

    def declared(function: Function) -> Function:
        declare(_flat(function))
        return function

    return declared


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
    hints = get_type_hints(function, include_extras=True)
    return {
        name: parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name])
        for name, parameter in inspect.signature(function).parameters.items()
    }


def _provider(annotation: object) -> Callable[..., Any] | None:
    if get_origin(annotation) is not Annotated:
        return None
    return next((mark.provider for mark in get_args(annotation) if isinstance(mark, From)), None)
