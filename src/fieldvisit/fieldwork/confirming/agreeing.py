"""The answers of several rows and files together: what contradicts itself is not taken."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from fieldvisit.fieldwork.confirming.doubts import why_rows_differ
from fieldvisit.fieldwork.confirming.replies import Replies, Reply, Shown, same_words
from fieldvisit.fieldwork.memo.kept import kept
from fieldvisit.fieldwork.note import Note


def agreeing(read: Iterable[Replies], is_closed: Callable[[Note], bool]) -> Replies:
    """Return what all files say together, each passage answered once or not at all.

    Answers that are in doubt, or that another row contradicts, are kept apart; what is said of a
    note that ``is_closed`` is as closed.
    """
    all_ = tuple(read)
    doubts = {shown: why for one in all_ for shown, why in one.doubts.items()}
    first: dict[Shown, Reply] = {}
    replies = [reply for one in all_ for reply in one.found]
    for reply in replies:
        if not _say_the_same(first.setdefault(reply.passage, reply), reply):
            doubts.setdefault(reply.passage, why_rows_differ(reply.shown))
    strays = [stray for one in all_ for stray in one.strays]
    for reply in replies:
        if why := doubts.get(reply.passage):
            closed = is_closed(reply.shown)
            stray = reply.kept_apart(why)
            strays.append(replace(stray, text=kept(stray.text, closed=closed)))
    heard = {note_id for note_id, _revision in (*first, *doubts)}
    silent = {note.id: note for one in all_ for note in one.unanswered if note.id not in heard}
    found = tuple(reply for shown, reply in first.items() if shown not in doubts)
    return Replies(found, tuple(strays), tuple(silent.values()), doubts)


def _say_the_same(one: Reply, other: Reply) -> bool:
    return one.state == other.state and same_words(one.text, other.text)
