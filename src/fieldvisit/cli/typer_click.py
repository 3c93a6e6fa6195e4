"""Commands, groups and their help, upon click as typer carries it inside.

That is private to typer, and so named here alone: what is imported of it is what has to be looked
at before another version of typer is let in.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from typer._click.core import Command as AnyCommand
from typer._click.core import Context as AnyContext
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter as _HelpFormatter
from typer._click.globals import get_current_context
from typer._click.shell_completion import CompletionItem
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from fieldvisit.cli.terminal import shown, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.language import N_, _

__all__ = [
    "AnyCommand", "AnyContext", "BadOptionUsage", "BadParameter", "ClickException", "Command",
    "Context", "Declaration", "Group", "HelpFormatter", "MissingParameter", "NoArgsIsHelpError",
    "NoSuchOption", "UsageError", "get_current_context",
]  # fmt: skip

Declaration = tuple[str, Callable[[], AnyCommand]]  # its help, and what declares it

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
        r"""Write paragraphs; one that begins with a line of `\b` keeps its lines."""
        self._write_lines(_paragraphs(text, self.width - self.current_indent))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names with what they mean: side by side, or one above the other if narrow."""
        first = min(max(cells(name) for name, _meaning in rows), col_max) + col_spacing
        room = self.width - self.current_indent
        beside = room - first >= _ROOM_FOR_TEXT
        for name, meaning in rows:
            margin = first if beside else _INDENT
            lines = _indented(_paragraphs(meaning, room - margin), margin) if meaning else []
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


def _paragraphs(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        as_it_is = paragraph.startswith("\b\n")
        kept = paragraph[2:] if as_it_is else " ".join(paragraph.split("\n"))
        lines += ["", *wrap(shown(kept, sys.stdout), width)]
    return lines[1:]


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
                    raise BadOptionUsage(
                        word,
                        _("“{word}” is not an option; write an option and its value apart.").format(
                            word=word
                        ),
                    )
        return TyperCommand.parse_args(self, ctx, args)


class Group(_Spoken, TyperGroup):
    """A group of commands, each declared when it is first named."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - typer gives them
        super().__init__(**settings | {"suggest_commands": False})  # it would know declared ones
        self.declarations: Mapping[str, Declaration] = {}

    def _translate(self, ctx: AnyContext) -> None:
        super()._translate(ctx)
        self.subcommand_metavar = _("COMMAND [ARGS]...")

    def list_commands(self, ctx: AnyContext) -> list[str]:  # noqa: ARG002 - click gives it
        """Return the names, declaring nothing."""
        return list(self.declarations)

    def get_command(self, ctx: AnyContext, cmd_name: str) -> AnyCommand | None:
        """Return a command, declared now if it was not before."""
        if cmd_name in self.declarations and cmd_name not in self.commands:
            self.commands[cmd_name] = self.declarations[cmd_name][1]()
        return super().get_command(ctx, cmd_name)

    def format_commands(
        self,
        ctx: AnyContext,  # noqa: ARG002 - click gives it
        formatter: _HelpFormatter,
    ) -> None:
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
                yield name, _(help_).split("\n\n")[0].strip()
