"""The keyboard of a person who decides: single keys, and lines with an input method."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.output.vt100 import Vt100_Output

ENTER, ESCAPE, RESIZED, NO_KEY = "\n", "\x1b", "resized", ""
_SECONDS_FOR_A_SEQUENCE = 0.05  # an arrow begins like the key Esc
_PROMPT: StyleAndTextTuples = [("", "> "), ("[SetCursorPosition]", "")]


class Keyboard:
    """The terminal at which somebody types, from ``keyboard`` on."""

    def __init__(self) -> None:
        self.input = create_input(sys.stdin)
        self.output = create_output(sys.stderr)
        if isinstance(self.output, Vt100_Output):
            self.output.enable_cpr = False  # nothing of ours has to know where the cursor is

    @property
    def columns(self) -> int:
        """Return how wide the terminal is now."""
        return self.output.get_size().columns

    def key(self, columns: int) -> str:
        """Return the next key: a digit, full-width ones as half-width, ENTER or ESCAPE.

        RESIZED if the terminal is no longer ``columns`` wide, NO_KEY for whatever is no key here,
        pasted text too. KeyboardInterrupt for Ctrl-C.
        """
        app: Application[str] = Application(
            Layout(Window(FormattedTextControl(lambda: _PROMPT), height=1)),
            key_bindings=_keys(),
            input=self.input,
            output=self.output,
            erase_when_done=True,
        )
        app.ttimeoutlen = _SECONDS_FOR_A_SEQUENCE

        def look(_app: object) -> None:
            if self.columns != columns and app.future and not app.future.done():
                app.exit(result=RESIZED)

        app.after_render += look
        self._end_what_was_typed()
        return app.run()

    def line(self, prompt: str, start: str = "") -> tuple[str, bool]:
        """Return a line that begins as ``start`` and is edited, and whether Enter ended it.

        Esc, Ctrl-C and a closed terminal leave it unfinished.
        """
        bindings = KeyBindings()
        bindings.add("escape", eager=True)(lambda event: event.app.exit(exception=EOFError))
        lines: PromptSession[str] = PromptSession(
            input=self.input, output=self.output, key_bindings=bindings, reserve_space_for_menu=0
        )
        try:
            return lines.prompt(prompt, default=start), True
        except (EOFError, KeyboardInterrupt):
            return lines.default_buffer.text, False

    def _end_what_was_typed(self) -> None:
        """Let an Esc that was typed right behind another key be a key, and no beginning of one."""
        store_typeahead(self.input, self.input.flush_keys())

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let another program, such as an editor, have the terminal."""
        with self.input.cooked_mode():
            yield


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Take over the keyboard: what is typed ahead is not shown, and no Ctrl-C falls in between."""
    found = Keyboard()
    with found.input.raw_mode():
        yield found


def digit(typed: str) -> str:
    """Return the digit that a key stands for, empty if it is none."""
    plain = unicodedata.normalize("NFKC", typed)
    return plain if len(plain) == 1 and plain in "0123456789" else NO_KEY


def _keys() -> KeyBindings:
    bindings = KeyBindings()
    for name, key in (("enter", ENTER), ("c-j", ENTER), (Keys.BracketedPaste, NO_KEY)):
        bindings.add(name)(partial(_give, key))
    for name in ("escape", "c-d"):
        bindings.add(name, eager=True)(partial(_give, ESCAPE))
    bindings.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt))
    bindings.add(Keys.Any)(lambda event: event.app.exit(result=digit(event.data)))
    return bindings


def _give(key: str, event: KeyPressEvent) -> None:
    event.app.exit(result=key)
