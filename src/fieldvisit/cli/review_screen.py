"""What is shown of items: below what was shown before, so that it can be scrolled back to."""

import hashlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import typer

from fieldvisit.actions.review import Decision, decide, offered, seen_in
from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import shown, wants_colour, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.documents import wordings
from fieldvisit.documents.items import reasons_of, suggestion_of
from fieldvisit.doors import inputs
from fieldvisit.errors import Conflict, Refused
from fieldvisit.exchange.office import LARGEST
from fieldvisit.fieldwork.terms import AUDIENCES, CONFIRMATIONS
from fieldvisit.language import NO_BREAK, _, counted
from fieldvisit.review.item import TYPES, Item
from fieldvisit.review.seen import Seen, difference
from fieldvisit.settings import Settings

_GAP = "  "
_BOLD, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[33m", "\x1b[0m"
_SIGNS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_TAKE = Decision("take")


class Screen:
    """What is written for the person at the keyboard."""

    def __init__(self, session: Session) -> None:
        self._colour = wants_colour(sys.stderr, session.no_color)

    def write(self, text: str, label: str = "", look: str = "") -> None:
        """Write a text behind its label, wrapped, its lines below each other."""
        width = max(width_of(sys.stderr) - cells(label), 1)
        for at, line in enumerate(wrap(shown(text, sys.stderr), width)):
            whole = f"{' ' * cells(label) if at else label}{line}".replace(NO_BREAK, " ")
            sys.stderr.write(f"{look}{whole}{_PLAIN}\n" if look and self._colour else f"{whole}\n")
        sys.stderr.flush()

    def write_in_a_row(self, entries: Sequence[str]) -> None:
        """Write entries one behind the other, as many on a line as fit whole."""
        line = ""
        for entry in entries:
            longer = f"{line}{_GAP}{entry}" if line else entry
            if line and cells(longer) > width_of(sys.stderr):
                self.write(line)
                longer = entry
            line = longer
        self.write(line)

    def show(self, seen: Seen, heading: str = "") -> None:
        """Write an item: whose it is, the question, what stands, what came, and the doubts."""
        item = seen.item
        self.write("")
        what = TYPES.word(item.type)
        head = (heading, seen.city, f"{item.where}", what, AUDIENCES.word("all"))
        self.write(_GAP.join(filter(None, head)), look=_BOLD)
        if item.section:
            self.write(" / ".join(item.section))
        if item.place:
            self.write(seen.places.words(item.place))
        if seen.before is not None:
            self.write(seen.before, f"{_GAP}{_('stands')}{_GAP}")
        ticked = CONFIRMATIONS.word(item.choice) if item.choice in CONFIRMATIONS else ""
        self.write(" · ".join(filter(None, (ticked, item.text))), f"{_GAP}{_('came')}{_GAP}")
        replaces = bool(item.text) and item.type in {"change", "correction", "summary"}
        if seen.before is not None and replaces:
            parts = difference(seen.before, item.text)
            marked = "".join(_SIGNS[part.how].format(part.text) for part in parts)
            self.write(marked, f"{_GAP}{_('differs')}{_GAP}")
        for words in reasons_of(item):
            self.write(words, "! ", _YELLOW)

    def show_plain(self, items: Sequence[Seen]) -> None:
        """Write what is in no doubt: each text under its question, with all that is stored."""
        place: object = None
        for seen in items:
            if place != (seen.item.where.file, seen.item.place):
                place = seen.item.where.file, seen.item.place
                self.write("")
                self.write(seen.places.words(seen.item.place) or f"{seen.item.where}", look=_BOLD)
            if seen.before is not None:
                self.write(seen.before, f"{_GAP}{_('stands')}{_GAP}")
            self.write(seen.item.text, _GAP)
            self.write(wordings.bracketed(suggestion_of(seen, seen.item)).strip(), _GAP)

    def tell(self, refused: Refused) -> None:
        """Say what was refused, and what to do."""
        self.write(refused.sentence)
        if refused.hint:
            self.write(refused.hint)


def opened(item: Item) -> str:
    """Open the file that an item came from in its own program; return what became of that."""
    path = Path(item.path)
    try:
        data = inputs.read(path, LARGEST)
    except OSError:
        return _("The file {path} is no longer there.").format(path=path)
    if typer.launch(str(path)):
        return _("The file {path} could not be opened.").format(path=path)
    if hashlib.sha256(data).hexdigest() != item.sha256:
        return _("The file {path} was changed since it was read.").format(path=path)
    return _("Opened: {path}").format(path=path)


def take_plain(
    session: Session, given: Settings, items: Sequence[Item], sitting: str
) -> list[Item]:
    """Show at once what is in no doubt, take it if the person agrees, and return all the rest.

    What would be more open than Enter may make it is asked one by one.
    """
    plain = [seen for seen in seen_in(given, items) if _opens_nothing(seen)]
    if not plain:
        return list(items)
    Screen(session).show_plain(plain)
    question = counted(
        "Store {n} text? (n = decide about it by itself)",
        "Store {n} texts? (n = decide one by one)",
        len(plain),
    )
    if not session.agrees(question, yes=False, usual=True):
        return list(items)
    taken = set()
    for seen in plain:
        with suppress(Conflict):  # somebody else decided it meanwhile
            decide(given, seen.item, _TAKE, sitting)
            taken.add(seen.item.id)
    return [item for item in items if item.id not in taken]


def _opens_nothing(seen: Seen) -> bool:
    level = offered(seen, _TAKE).disclosure
    return seen.item.is_plain and level in (None, seen.item.disclosure)
