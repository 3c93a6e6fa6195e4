"""Help in two languages, lined up by cells.

Declarations give English msgids marked with `N_`; they are translated when they are shown, so
that one import serves both languages.
"""

import copy
import re
import sys
from collections.abc import Sequence
from typing import TypeVar

from typer._click import core, formatting
from typer._click.exceptions import BadOptionUsage
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from fieldvisit.cli.terminal import shown, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.language import N_, _

_WIDEST = 80
_ROOM_FOR_TEXT = 24
_INDENT = 4
_REQUIRED = re.compile(r"\{([^{}]*)\}")  # typer puts braces around what must be given

# What typer says in its own words. It asks the same catalogue for the last four by itself.
TYPER_WORDS = (
    N_("Options"),
    N_("Arguments"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("required"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("(dynamic)"),
)

# What stands for arguments and values in usage lines. Fixed values stay as they are typed.
PLACEHOLDERS = (
    N_("AS-OF"), N_("AUDIENCE"), N_("CITY"), N_("CITY..."), N_("CLASS"), N_("CODE"), N_("DATE"),
    N_("DIR"), N_("DISCLOSURE"), N_("DRAFT"), N_("FILE"), N_("FILE..."), N_("FILE|DIR"),
    N_("FORMAT"), N_("GROUP"), N_("GUIDE"), N_("KANA"), N_("KIND"), N_("MODE"), N_("N"), N_("NAME"),
    N_("NOTE"), N_("NOTE..."), N_("P"), N_("PERSON"), N_("PREFECTURE"), N_("QUESTION"),
    N_("ROMAJI"), N_("SHORT"), N_("STATUS"), N_("TAG"), N_("TEXT"), N_("TIME"), N_("TITLE"),
    N_("TOPIC TEXT"), N_("TOPIC[/QUESTION]"),
    N_("TOPIC[/QUESTION]... STATE"), N_("VISIT"), N_("VISIT..."), N_("VISIT|CITY"),
    N_("VISIT|FILE"), N_("WHO"), N_("WORDS..."), N_("[CHANGE]"), N_("[CITY]"), N_("[FILE]..."),
    N_("[KEY]"), N_("[TEXT]"), N_("[TOPIC]..."), N_("[TOPIC[/QUESTION]]..."), N_("MARK"),
    N_("CITY|NAME"), N_("[VALUE]"), N_("[VISIT]"), N_("[VISIT]..."),
    N_("[NOTE]... ok|corrected|no-reply [TEXT]"), N_("code|kana|date|KEY"),
)  # fmt: skip


class HelpFormatter(formatting.HelpFormatter):
    """Writes help within the terminal's width, at most 80 cells."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        width = width or min(width_of(sys.stdout), max_width or _WIDEST)
        super().__init__(indent_increment, width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage; the arguments go below the program's name where room is short."""
        args = _REQUIRED.sub(r"\1", args)
        start = f"{prefix or _('Usage:')} {prog} "
        room = self.width - self.current_indent - cells(start)
        if room >= min(cells(args), _ROOM_FOR_TEXT):
            first, *rest = wrap(args, room)
            self._write_lines([start + first, *_indented(rest, cells(start))])
        else:
            self._write_lines(wrap(start.rstrip(), self.width - self.current_indent))
            below = wrap(args, self.width - self.current_indent - _INDENT)
            self._write_lines(_indented(below, _INDENT))

    def write_heading(self, heading: str) -> None:
        """Write a heading, translated."""
        self._write_lines([f"{_(heading)}:"])

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


class Context(core.Context):
    """A context whose help is written by our formatter."""

    formatter_class = HelpFormatter


class Command(TyperCommand):
    """A command whose help speaks the language in use."""

    context_class = Context

    def parse_args(self, ctx: core.Context, args: list[str]) -> list[str]:
        """Refuse what may be a text with a dash in front: `-tie` would be the tag `ie`."""
        if any(parameter.name == "text" for parameter in self.params):
            _refuse_glued(args)
        return TyperCommand.parse_args(self, ctx, args)

    def format_help(self, ctx: core.Context, formatter: formatting.HelpFormatter) -> None:
        """Write the whole help, translated."""
        TyperCommand.format_help(translated(self, ctx), ctx, formatter)

    def get_usage(self, ctx: core.Context) -> str:
        """Return the usage alone, translated."""
        return TyperCommand.get_usage(translated(self, ctx), ctx)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - nothing is ever cut
        """Return the first paragraph of the help, whole and translated."""
        return _short_help(self)


class Group(TyperGroup):
    """A group of commands whose help speaks the language in use."""

    context_class = Context

    def format_help(self, ctx: core.Context, formatter: formatting.HelpFormatter) -> None:
        """Write the whole help, translated."""
        TyperGroup.format_help(translated(self, ctx), ctx, formatter)

    def get_usage(self, ctx: core.Context) -> str:
        """Return the usage alone, translated."""
        return TyperGroup.get_usage(translated(self, ctx), ctx)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - nothing is ever cut
        """Return the first paragraph of the help, whole and translated."""
        return _short_help(self)


def _refuse_glued(args: list[str]) -> None:
    """Raise BadOptionUsage for an option of one letter with its value right behind it."""
    options = args[: args.index("--")] if "--" in args else args
    for word in options:
        if len(word) > len("-t") and word[0] == "-" and word[1] != "-":
            sentence = _("“{word}” is not an option; write an option and its value apart.")
            raise BadOptionUsage(word, sentence.format(word=word))


AnyCommand = TypeVar("AnyCommand", TyperCommand, TyperGroup)


def translated(command: AnyCommand, ctx: core.Context) -> AnyCommand:
    """Return a copy of ``command`` for showing, its words and its parameters' translated."""
    shown_as = copy.copy(command)
    shown_as.rich_markup_mode = None
    shown_as.help, shown_as.epilog = _(command.help or ""), _(command.epilog or "")
    shown_as.options_metavar = _(command.options_metavar or "")
    shown_as.params = [_parameter(parameter) for parameter in command.get_params(ctx)]
    shown_as.add_help_option = False  # it stands among the parameters now, translated
    if isinstance(shown_as, TyperGroup):
        shown_as.subcommand_metavar = _(shown_as.subcommand_metavar)
    return shown_as


def _parameter(parameter: core.Parameter) -> core.Parameter:
    shown_as = copy.copy(parameter)
    shown_as.metavar = _(parameter.metavar) if parameter.metavar else None
    if isinstance(shown_as, TyperOption | TyperArgument):
        shown_as.help = _(shown_as.help or "")
    return shown_as


def _short_help(command: core.Command) -> str:
    words = _(command.short_help or "") or _(command.help or "")
    return words.split("\n\n")[0].strip()
