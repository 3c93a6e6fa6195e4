"""Click as typer carries it inside: private to typer, and so named here alone.

What is named here is what has to be looked at before another version of typer is let in.
"""

from typer._click.core import Command, Context
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem

__all__ = [
    "BadOptionUsage", "BadParameter", "ClickException", "Command", "CompletionItem", "Context",
    "HelpFormatter", "MissingParameter", "NoArgsIsHelpError", "NoSuchOption", "UsageError",
]  # fmt: skip
