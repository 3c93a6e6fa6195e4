"""What a person chooses key by key in `note sort`: a place, or where to cut a text."""

from fieldvisit.cli.keys import ENTER, Keys
from fieldvisit.cli.sorting_screen import Places, ask, show, show_cuts, show_questions
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.splitting import cuts
from fieldvisit.language import _


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
