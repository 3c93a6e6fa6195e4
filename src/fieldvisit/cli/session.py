"""What one run knows: options of the root, the streams, and how its output is delivered."""

import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from fieldvisit import settings, stored
from fieldvisit.cli import terminal
from fieldvisit.documents.document import Document
from fieldvisit.documents.formats import FORMATS, by_ending, content, render
from fieldvisit.doors.outputs import is_standard_output, save
from fieldvisit.errors import WrongUsage
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.language import _, counted, enumerated
from fieldvisit.text import key

# What may be answered to a question, in both languages.
_ANSWERS = {"y": True, "yes": True, "はい": True, "n": False, "no": False, "いいえ": False}


class Wish(Struct, frozen=True):
    """How an output was asked for: `--format`, `--json`, `-o`, `--force`, `--audience`.

    ``audience`` is None for an output that is made for no audience; ``allow_names`` says that it
    may name people whatever the audience.
    """

    format: str = ""
    json: bool = False
    output: Path | None = None
    force: bool = False
    audience: str | None = None
    allow_names: bool = False

    @property
    def file(self) -> Path | None:
        """Return the file to write, None for standard output."""
        return None if is_standard_output(self.output) else self.output


class Session(Struct, frozen=True):
    """One run of the program."""

    start: Path
    environment: Mapping[str, str]
    study: str = ""
    no_color: bool = False
    quiet: bool = False

    def settings(self, by: str = "") -> settings.Settings:
        """Return the settings that hold for this run."""
        return settings.load(self.environment, self.start, study=self.study, by=by)

    def study_folder(self) -> Path | None:
        """Return the folder of the study in use, None if there is none."""
        found = self.settings().find_study()
        return found.folder if found else None

    @property
    def on_terminal(self) -> bool:
        """Tell whether a person can be asked: standard input and error are a terminal."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    def audience(self, wish: Wish, default: str) -> str:
        """Return the audience of an output; ``default`` as in Settings.audience_for."""
        on_terminal = wish.output is None and sys.stdout.isatty()
        return self.settings().audience_for(wish.audience or "", default, on_terminal=on_terminal)

    def keyboard_audience(self, asked: str = "") -> str:
        """Return who reads what is told on stderr: `all` on a terminal, else `group`.

        ``asked`` is the audience that was named for the output, if any; it tightens.
        """
        on_terminal = sys.stderr.isatty()
        own = self.settings().audience_for("", "work", on_terminal=on_terminal)
        return tighter(own, AUDIENCES.read(asked)) if asked else own

    def tell(self, message: str, hint: str = "") -> None:
        """Tell the person at the keyboard something, unless `--quiet`."""
        if not self.quiet and message:
            terminal.say(message, hint)

    def tell_held_back(self, number: int) -> None:
        """Say on stderr how many notes the output does not hold."""
        told = counted(
            "{n} note is not for this audience and was held back.",
            "{n} notes are not for this audience and were held back.",
            number,
        )
        self.tell(told if number else "")

    def tell_waiting(self, number: int) -> None:
        """Tell how much waits for a decision, and how it is decided."""
        told = counted("{n} item waits for a decision.", "{n} items wait for a decision.", number)
        self.tell(told if number else "", _("Decide with: fieldvisit review"))

    def agrees(self, question: str, *, yes: bool, usual: bool = False) -> bool:
        """Ask the person on a terminal, ``usual`` being what Enter says; elsewhere ``yes``."""
        if yes or not self.on_terminal:
            return yes
        choice, answers = "[Y/n]" if usual else "[y/N]", {"": usual} | _ANSWERS
        while True:
            # typer's own prompt would leave a blank on standard output.
            terminal.ask(f"{question} {choice}:")
            answer = key(line) if (line := sys.stdin.readline()) else "n"
            if answer in answers:
                return answers[answer]

    def answer(self, line: str) -> None:
        """Write one line of data, like a handle, to standard output.

        What it names is stored by then: where the output takes nothing, the person is told.
        """
        try:
            sys.stdout.write(f"{terminal.shown(line, sys.stdout)}\n")
            sys.stdout.flush()
        except OSError:
            terminal.silence(sys.stdout)
            terminal.say(line, _("It was stored; standard output could not be written."))

    def deliver(self, document: Document, wish: Wish, held_back: int = 0) -> None:
        """Write a document to standard output or to the file asked for, in the format asked for.

        Then say how many notes it does not hold.
        """
        self._write(document, wish)
        self.tell_held_back(held_back)

    def refuse_names(self, document: Document, wish: Wish, city_code: str = "") -> None:
        """Refuse a document for the public, or for that city, in which somebody is named."""
        public = wish.audience is not None and self.audience(wish, "group") == "public"
        if not wish.allow_names and (public or city_code):
            from fieldvisit.actions.named_people import refuse_names

            made_of = content(document, chosen_format(wish))
            refuse_names(self.settings(), made_of, "" if public else city_code)

    def _write(self, document: Document, wish: Wish) -> None:
        name = chosen_format(wish)
        self.refuse_names(document, wish)
        if wish.file:
            data = render(document, name)
            save(wish.file, data, force=wish.force, study=self.study_folder())
            stored.remember()
            self.tell(_("Written: {path}").format(path=wish.file))
        elif name == "table":
            out = sys.stdout
            colour = terminal.wants_colour(out, self.no_color)
            terminal.print_page(document.page(), out, terminal.width_of(out), colour)
        elif FORMATS[name].is_binary and sys.stdout.isatty():
            raise WrongUsage(
                _("{format} is nothing for a terminal.").format(format=name),
                _("Say where it is to go: -o FILE"),
            )
        else:
            emit(render(document, name))


def chosen_format(wish: Wish) -> str:
    """Return the format asked for; WrongUsage if the wishes are at odds."""
    if wish.json and wish.format not in ("", "json"):
        raise WrongUsage(
            _("--json and --format {name} are at odds.").format(name=wish.format),
            _("Give one of them."),
        )
    name = "json" if wish.json else wish.format
    if name and name not in FORMATS:
        raise WrongUsage(
            _("“{name}” is not a known format.").format(name=name),
            _("Allowed: {values}").format(values=enumerated(FORMATS)),
        )
    if name:
        return name
    if wish.file:
        return by_ending(wish.file)
    return "table" if sys.stdout.isatty() else "md"


def emit(data: bytes) -> None:
    """Write UTF-8 to standard output: bytes into files and pipes, text onto a terminal."""
    out = sys.stdout
    if out.isatty() or not hasattr(out, "buffer"):
        out.write(terminal.shown(data.decode("utf-8").removeprefix("\ufeff"), out))
    else:
        out.flush()
        out.buffer.write(data)
        out.buffer.flush()
