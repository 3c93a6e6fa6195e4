"""Help within the width of the terminal, lined up by cells."""

import re
import sys
from collections.abc import Sequence

from fieldvisit.cli import typer_click
from fieldvisit.cli.terminal import shown, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.language import N_, _

_WIDEST = 80
_ROOM_FOR_TEXT = 24
_INDENT = 4

# What typer says in words of its own: it asks our catalogue for them.
TYPER_WORDS = (
    N_("Options"), N_("Arguments"), N_("Commands"), N_("required"), N_("default: {default}"),
)  # fmt: skip


class HelpFormatter(typer_click.HelpFormatter):
    """Writes help within the terminal's width, at most 80 cells."""

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
