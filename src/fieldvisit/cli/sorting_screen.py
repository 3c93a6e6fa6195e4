"""What `note sort` shows: one note at a time, where it may go, and the keys."""

import sys
from collections.abc import Iterable, Mapping, Sequence

from fieldvisit.cli.keys import ENTER, Keys
from fieldvisit.cli.terminal import shown, width_of
from fieldvisit.cli.wrapping import cells, wrap
from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.splitting import cuts
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.language import _, enumerated

_GAP = "  "


class Places:
    """The topics and questions of a visit, under the numbers that are typed for them.

    Topics have the guide's numbers; where those of several guides meet, they are counted through.
    """

    def __init__(self, guides: Sequence[Guide]) -> None:
        topics = [topic for guide in guides for topic in guide.topics]
        unique = len({topic.number for topic in topics}) == len(topics)
        self.topics: Mapping[int, Topic] = {
            (topic.number if unique else at): topic for at, topic in enumerate(topics, 1)
        }

    @staticmethod
    def questions(topic: Topic) -> Mapping[int, Question]:
        """Return the questions of a topic by number."""
        unique = len({question.number for question in topic.questions}) == len(topic.questions)
        return {
            (question.number if unique else at): question
            for at, question in enumerate(topic.questions, 1)
        }

    def words(self, place: Address) -> str:
        """Return number and words of a place; one that the guides do not have by its keys."""
        number, topic, question = self._found(place)
        if topic is None:
            return str(place)
        return f"{number} {question.ask if question else topic.label}"

    def short(self, place: Address) -> str:
        """Return the number and the topic's short title."""
        number, topic, _question = self._found(place)
        return f"{number} {topic.label}" if topic else str(place)

    def _found(self, place: Address) -> tuple[str, Topic | None, Question | None]:
        for number, topic in self.topics.items():
            if topic.key == place.topic and place.question is None:
                return str(number), topic, None
            for at, question in self.questions(topic).items():
                if (topic.key, question.key) == (place.topic, place.question):
                    return f"{number}/{at}", topic, question
        return "", None, None


def show_note(note: Note, at: int, everything: int, places: Places) -> None:
    """Show one note in full, below how far the run has come."""
    about = [
        KINDS.word(note.kind) if note.kind != "statement" else "",
        DISCLOSURES.word(note.disclosure),
        str(note.speaker) if note.speaker else "",
        *note.tags,
        _("filed under {places}").format(
            places=enumerated(places.short(place) for place in note.places)
        )
        if note.places
        else "",
    ]
    head = f"{at}/{everything}{_GAP}[{note.handle}]{_GAP}"
    show("", head + enumerated(part for part in about if part), "", note.body, "")


def show_choices(places: Places, suggested: Address | None, *, goes_on: bool) -> None:
    """Show what Enter does, then the topics with their numbers."""
    if suggested:
        show(_("Enter = {what}").format(what=places.words(suggested)))
    elif goes_on:
        show(_("Enter = {what}").format(what=_("no more places, go on")))
    show_in_a_row(f"{number} {topic.label}" for number, topic in places.topics.items())


def show_questions(places: Places, topic: Topic) -> None:
    """Show the questions of a topic, and that Enter is the topic as such."""
    show("", str(topic.title))
    for number, question in places.questions(topic).items():
        _show_hanging(f"{number}{_GAP}", str(question.ask))
    show(_("Enter = {what}").format(what=_("the topic as such")))


def show_cuts(text: str, cuts: Sequence[tuple[int, int]]) -> None:
    """Show a text with a number wherever it can be cut."""
    pieces, start = [], 0
    for number, (end, after) in enumerate(cuts, 1):
        pieces.append(f"{text[start:end]} ({number}) {text[end:after].strip(' 　')}")
        start = after
    show("", "".join([*pieces, text[start:]]), "", _("Cut after which number?"))


def show_keys() -> None:
    """Show what each key does."""
    for key, what in (
        ("Enter", _("file it as suggested")),
        ("1-9", _("file it under that topic: then the number of a question, or Enter")),
        ("+", _("file it there, and under one more place")),
        ("s", _("split it in two")),
        ("j", _("join it with the next one")),
        ("x", _("drop it and say why")),
        ("u", _("take back the last step")),
        (_("space"), _("leave it for later")),
        ("q", _("stop; what was done is stored")),
    ):
        _show_hanging(f"{key}{' ' * (7 - cells(key))}", what)


def show(*texts: str) -> None:
    """Show texts, wrapped, on the terminal where the person types."""
    for text in texts:
        lines = wrap(shown(text, sys.stderr), width_of(sys.stderr))
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def ask(prompt: str) -> None:
    """Show a prompt, behind which the person types."""
    sys.stderr.write(f"{shown(prompt, sys.stderr)} ")
    sys.stderr.flush()


def show_in_a_row(entries: Iterable[str]) -> None:
    """Show entries one behind the other, as many on a line as fit whole."""
    width, line = width_of(sys.stderr), ""
    for entry in entries:
        longer = f"{line}{_GAP}{entry}" if line else entry
        if line and cells(longer) > width:
            show(line)
            longer = entry
        line = longer
    show(line)


def _show_hanging(label: str, text: str) -> None:
    width = max(width_of(sys.stderr) - cells(label), 1)
    first, *others = wrap(shown(text, sys.stderr), width)
    lines = [label + first, *(f"{' ' * cells(label)}{line}" for line in others)]
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def key_after(keys: Keys, prompt: str) -> str:
    """Return the key that is typed behind a prompt."""
    ask(prompt)
    key = keys.next()
    show("")
    return key


def chosen_place(keys: Keys, key: str, places: Places) -> Address | None:
    """Return the topic whose number ``key`` begins, or one of its questions; None if given up."""
    number = keys.number(key, places.topics) if key.isdecimal() else None
    topic = places.topics.get(number or 0)
    if topic is None or not topic.questions:
        return Address(topic.key) if topic else None
    show_questions(places, topic)
    second = key_after(keys, f"{number}/")
    if second == ENTER:
        return Address(topic.key)
    questions = places.questions(topic)
    found = questions.get(keys.number(second, questions) or 0) if second.isdecimal() else None
    return Address(topic.key, found.key) if found else None


def chosen_cut(keys: Keys, text: str) -> tuple[int, int] | None:
    """Return where the text is to be cut; None if that was given up or no sentence ends in it."""
    possible = cuts(text)
    if not possible:
        show(_("No sentence ends inside this text."))
        return None
    show_cuts(text, possible)
    key = key_after(keys, ">")
    number = keys.number(key, range(1, len(possible) + 1)) if key.isdecimal() else None
    return possible[number - 1] if number else None
