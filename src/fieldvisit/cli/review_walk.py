"""The walk through what waits: a digit a decision, stored before the next item is shown."""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile

from msgspec.structs import replace

from fieldvisit.actions import review
from fieldvisit.actions.review import Decision, decide
from fieldvisit.cli.editor import edited
from fieldvisit.cli.keyboard import ENTER, ESCAPE, NO_KEY, RESIZED, Keyboard, keyboard
from fieldvisit.cli.options import due
from fieldvisit.cli.review_screen import Screen, opened, take_plain
from fieldvisit.cli.session import Session
from fieldvisit.cli.terminal import shown
from fieldvisit.documents import wordings
from fieldvisit.documents.items import suggestion_of
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.disclosure import strictest
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.note import default_disclosure
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS, MARKS
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import NO_BREAK, _, counted, numbered, together
from fieldvisit.review.item import STATES, TYPES, Item
from fieldvisit.review.seen import Seen
from fieldvisit.settings import Settings
from fieldvisit.storage.ids import new_id
from fieldvisit.study.drafts import Draft, close, new_draft

_GAP = "  "
_TAKE = Decision("take")
_NEW = {"note", "remark"}
_OF_NOTES = _NEW | {"change", "correction"}
_OF_TEXTS = _OF_NOTES | {"summary"}
_STATED = _NEW | {"mark"}
Choice = tuple[str, Callable[[], object]]  # what a key does, in words, and what does it


def review_items(session: Session, given: Settings, items: Sequence[Item], sitting: str) -> None:
    """Let the person decide what is plain at once, all else one by one, until the end or Esc."""
    rest = take_plain(session, given, items, sitting)
    if decided := len(rest) < len(items):
        session.tell(counted("{n} was stored.", "{n} were stored.", len(items) - len(rest)))
    if rest:
        with keyboard() as keys:
            walk = _Walk(Screen(session), keys, given, sitting, rest)
            try:
                walk.go()
            finally:
                session.tell(*walk.told())
        decided = decided or bool(walk.decided)
    if decided:
        hint = _("Take all of it back with: fieldvisit undo {name}")
        session.tell(hint.format(name=sitting[-8:]))


def offer_review(
    session: Session, given: Settings, waiting: Sequence[Item], seen_by: str, *, yes: bool
) -> None:
    """Tell how much of a sheet waits, and let the person decide it at once, unless ``yes``."""
    told = counted("{n} item waits for a decision.", "{n} items wait for a decision.", len(waiting))
    asks = session.keyboard_audience(seen_by) == "all" and not yes
    if asks and session.agrees(together(told, _("Decide now?")), yes=False, usual=True):
        review_items(session, given, waiting, new_id())
    else:
        session.tell_waiting(len(waiting))


class _Walk:
    """One walk through items, back and forth; ``decided`` holds the ids decided in it.

    ``_staged`` is what was changed of an item that was not taken yet.
    """

    def __init__(
        self, screen: Screen, keys: Keyboard, given: Settings, sitting: str, items: Sequence[Item]
    ) -> None:
        self._screen, self._keys = screen, keys
        self._given, self._sitting = given, sitting
        self._items = list(items)
        self._at, self._back = 0, False
        self._staged: dict[str, Decision] = {}
        self.decided: set[str] = set()

    def go(self) -> None:
        """Show item after item, and do what the keys say."""
        while self._at < len(self._items):
            found = review.seen_now(self._given, [self._items[self._at].id])
            if not found or (found[0].item.state != "waiting" and not self._back):
                self._pass(found)
            elif self._stopped(found[0]):
                return

    def told(self) -> tuple[str, str]:
        """Return how many were decided and wait, and how to go on."""
        seen = review.seen_now(self._given, [item.id for item in self._items])
        states = Counter(s.item.state for s in seen if s.item.id in self.decided)
        waiting = sum(s.item.state == "waiting" for s in seen)
        told = _("Taken: {taken}. Kept as it was: {kept}. Dropped: {dropped}. Waiting: {n}.")
        counts = {state: states[state] for state in ("taken", "kept", "dropped")}
        return (
            told.format(n=waiting, **counts),
            _("Go on with: fieldvisit review") if waiting else "",
        )

    def _pass(self, found: Sequence[Seen]) -> None:
        """Go on from an item that is decided; by whom is said if somebody else did it."""
        for seen in found:
            if seen.item.id not in self.decided:
                self._screen.show(seen)
                self._screen.write(_decided(seen.item))
        self._forward()

    def _stopped(self, seen: Seen) -> bool:
        """Show one item until a key was pressed that does something; tell whether it was Esc."""
        width = self._keys.columns
        heading = f"{_('to decide')} {self._at + 1}/{len(self._items)}"
        self._screen.show(seen, heading)
        if seen.item.state == "waiting":
            choices = _in_order(self._choices(seen))
            offer = self._offer(seen).applied_to(seen.item)
            what = suggestion_of(seen, offer)
            if review.lacks_something(offer):
                lacking = _("place, level or date are still to be given")
                what += wordings.bracketed(lacking)
            if self._is_to_drop(seen):
                what = _("no statement")
            self._screen.write(what, "> ")
        else:
            choices = _in_order(self._choices_once_decided(seen))
            self._screen.write(_decided(seen.item))
        self._show_keys(choices, _("stop"))
        key = NO_KEY
        while key not in choices and key not in (ESCAPE, RESIZED):
            key = self._keys.key(width)
        if key in choices:
            try:
                choices[key][1]()
            except Refused as refused:
                self._screen.tell(refused)
        return key == ESCAPE

    def _show_keys(self, choices: Mapping[str, Choice], escape: str) -> None:
        keys = {"Enter" if key == ENTER else key: what for key, (what, _do) in choices.items()}
        entries = (keys | {"Esc": escape}).items()
        self._screen.write_in_a_row([f"{key}{NO_BREAK}{what}" for key, what in entries])

    def _choices(self, seen: Seen) -> Iterator[tuple[str, Choice]]:
        """Yield what each key does with an item that waits."""
        kind, offer = seen.item.type, self._offer(seen)
        take = (_("take"), lambda: self._decide(seen, offer))
        if kind == "agreement":  # it lets others read, which Enter never does
            yield "1", take
        elif self._is_to_drop(seen):
            yield ENTER, (_("no statement"), lambda: self._decide(seen, Decision("drop")))
        elif not review.lacks_something(offer.applied_to(seen.item)):
            yield ENTER, take
        changes = {
            "1": (_("level"), _OF_TEXTS, self._choose_level),
            "2": (_("speaker"), _OF_NOTES, self._choose_speaker),
            "3": (_("kind or state"), _OF_NOTES | _STATED, self._choose_kind),
            "4": (_("text"), _OF_TEXTS, self._edit),
            "5": (_("open the file"), TYPES, self._open),
            "7": (_("another question"), _NEW | {"change", "mark", "choice"}, self._choose_place),
        }
        for key, (what, kinds, do) in changes.items():
            if kind in kinds:
                yield key, (what, partial(do, seen))
        yield from self._decisions(seen)

    def _decisions(self, seen: Seen) -> Iterator[tuple[str, Choice]]:
        if seen.target:
            yield "6", (_("keep the old"), lambda: self._decide(seen, Decision("keep")))
        elif rest := self._rest(seen):
            words = counted("and {n} more like it", "and {n} more like it", len(rest))
            yield "6", (words, lambda: self._take_all(seen, rest))
        yield "8", (_("later"), self._forward)
        yield "9", (_("no statement"), lambda: self._decide(seen, Decision("drop")))
        if self._at:
            yield "0", (_("back"), self._backward)

    def _choices_once_decided(self, seen: Seen) -> Iterator[tuple[str, Choice]]:
        yield ENTER, (_("on"), self._forward)
        yield "1", (_("take the decision back"), lambda: self._take_back(seen))
        if self._at:
            yield "0", (_("back"), self._backward)

    def _is_to_drop(self, seen: Seen) -> bool:
        """Tell whether it is suggested that this is no statement, and nothing else was chosen."""
        return seen.item.advice == "drop" and seen.item.id not in self._staged

    def _open(self, seen: Seen) -> None:
        self._screen.write(opened(seen.item))

    def _forward(self) -> None:
        self._at, self._back = self._at + 1, False

    def _backward(self) -> None:
        self._at, self._back = self._at - 1, True

    def _offer(self, seen: Seen) -> Decision:
        return review.offered(seen, self._staged.get(seen.item.id, _TAKE))

    def _stage(self, seen: Seen, **said: object) -> None:
        staged = self._staged.get(seen.item.id, _TAKE)
        self._staged[seen.item.id] = replace(staged, **said)

    def _decide(self, seen: Seen, decision: Decision) -> None:
        """Store a decision at once; why words of others are edited is asked."""
        if review.needs_reason(seen, decision):
            typed, finished = self._keys.line(f"{_('reason')}: ", "")
            decision = replace(decision, reason=typed if finished else "")
        item = decide(self._given, seen.item, decision, self._sitting)
        self._screen.write(STATES.word(item.state))
        self.decided.add(item.id)
        self._forward()

    def _take_back(self, seen: Seen) -> None:
        review.take_back(self._given, seen.item)
        self.decided.discard(seen.item.id)

    def _rest(self, seen: Seen) -> list[Item]:
        """Return the items right behind this one of which the same was suggested."""
        lacks = review.lacks_something(self._offer(seen).applied_to(seen.item))
        if lacks or self._is_to_drop(seen):
            return []
        like = _likeness(self._items[self._at])
        return list(
            takewhile(
                lambda item: item.id not in self.decided and _likeness(item) == like,
                self._items[self._at + 1 :],
            )
        )

    def _take_all(self, seen: Seen, rest: Sequence[Item]) -> None:
        """Take an item and those like it as it was staged, after all of them were on screen."""
        found = review.seen_now(self._given, [item.id for item in rest])
        others = [one for one in found if one.item.state == "waiting"]
        for one in others:
            self._screen.show(one)
        offer = self._offer(seen)
        self._screen.write(suggestion_of(seen, offer.applied_to(seen.item)), "> ")
        words = counted("take {n}", "take all {n}", len(others) + 1)
        self._show_keys({"1": (words, self._forward)}, _("back"))
        if self._next() == "1":
            for one in (seen, *others):
                self._decide(one, offer)

    def _next(self) -> str:
        while (key := self._keys.key(self._keys.columns)) == RESIZED:
            pass
        return key

    def _number(self, numbers: Collection[int]) -> int | None:
        """Return the number that is typed, read no further than needed; Enter alone is 0.

        None if it was given up, or is none of the numbers.
        """
        typed = self._next()
        if typed == ENTER:
            return 0
        while typed.isdecimal():
            fitting = [number for number in numbers if str(number).startswith(typed)]
            if len(fitting) <= 1 and typed in ("", *map(str, fitting)):
                return fitting[0]
            more = self._next() if fitting else ESCAPE
            if more == ENTER:
                return int(typed) if int(typed) in fitting else None
            typed = typed + more if more.isdecimal() else ""
        return None

    def _chosen(self, words: Sequence[str]) -> int | None:
        """Return which of the words is chosen by its number, from 0; None if none is."""
        self._screen.write_in_a_row([numbered(at, one) for at, one in enumerate(words, 1)])
        number = self._number(range(1, len(words) + 1))
        return number - 1 if number else None

    def _one_of(self, vocabulary: Vocabulary, values: Sequence[str]) -> str | None:
        chosen = self._chosen([vocabulary.word(value) for value in values])
        return None if chosen is None else values[chosen]

    def _place(self, seen: Seen) -> Address | None:
        """Return the place whose numbers are typed: of a topic, then of its question or Enter."""
        topics = seen.places.topics
        self._screen.write_in_a_row([numbered(at, f"{t.label}") for at, t in topics.items()])
        topic = topics.get(self._number(topics) or 0)
        if topic is None or not topic.questions:
            return Address(topic.key) if topic else None
        questions = seen.places.questions(topic)
        self._screen.write(_("the topic as such"), f"Enter{_GAP}")
        for at, question in questions.items():
            self._screen.write(f"{question.ask}", f"{at}{_GAP}")
        number = self._number(questions)
        if number is None:
            return None
        return Address(topic.key, questions[number].key if number else None)

    def _decide_placed(self, seen: Seen, decision: Decision) -> None:
        """Store a decision once it has the place that it may lack, as far as one is given."""
        item = decision.applied_to(seen.item)
        if review.lacks_something(item) and not item.place:
            decision = replace(decision, place=self._place(seen))
        if not review.lacks_something(decision.applied_to(seen.item)):
            self._decide(seen, decision)

    def _choose_level(self, seen: Seen) -> None:
        """Take the item at a level; this alone may open."""
        if level := self._one_of(DISCLOSURES, list(DISCLOSURES)):
            self._decide_placed(seen, replace(self._offer(seen), disclosure=level))

    def _choose_place(self, seen: Seen) -> None:
        place = self._place(seen)
        if place is None:
            return
        item = self._offer(seen).applied_to(seen.item)
        level = item.disclosure
        if item.type in {"note", "remark"} and not item.mark:
            usual = review.level_at(self._given, item, place)
            level = strictest((level or "confirm", usual))
        self._stage(seen, place=place, disclosure=level or None)

    def _choose_speaker(self, seen: Seen) -> None:
        people = [f"{person}" for person in seen.visit.participants] if seen.visit else []
        chosen = self._chosen(people) if people else None
        if chosen is not None:
            self._stage(seen, said_by=people[chosen])

    def _choose_kind(self, seen: Seen) -> None:
        """Choose the kind of a note, or the state of its question instead of one."""
        kinds = list(KINDS) if seen.item.type in _OF_NOTES else []
        marks = [value for value in MARKS if value != "clear"] if seen.item.type in _STATED else []
        chosen = self._chosen([*map(KINDS.word, kinds), *map(MARKS.word, marks)])
        if chosen is None:
            return
        if chosen >= len(kinds):
            self._set_mark(seen, marks[chosen - len(kinds)])
            return
        level = self._offer(seen).applied_to(seen.item).disclosure
        bound = default_disclosure(kinds[chosen], "confirm")
        closed = strictest((level, bound)) if level else None
        self._stage(seen, kind=kinds[chosen], disclosure=closed)

    def _set_mark(self, seen: Seen, mark: str) -> None:
        """Set a state in the place of a note; the day of what is to follow is asked."""
        decision = replace(self._offer(seen), mark=mark)
        if mark == "to-follow":
            typed, finished = self._keys.line(f"{_('due')}: ", seen.item.due)
            decision = replace(decision, due=due(typed) if finished else "")
        self._decide_placed(seen, decision)

    def _edit(self, seen: Seen) -> None:
        """Take the item with other words; until they are stored, they are kept in a draft."""
        offer = self._offer(seen)
        if review.lacks_something(offer.applied_to(seen.item)):
            raise Refused(_("Give it a place and a level first."))
        purpose = Purpose("review", seen.item.handle, level="off-record", seen=seen.item.revision)
        start = seen.item.text
        in_a_line = "\n" not in start and shown(start, sys.stderr) == start
        line, finished = start, True
        if in_a_line:
            line, finished = self._keys.line(f"{_('text')}: ", start)
        if not finished and line == start:
            return
        with new_draft(self._given.study(), purpose, ".txt", line.encode()) as draft:
            text = line if in_a_line else self._in_the_editor(draft, start)
            try:
                if finished:
                    self._decide(seen, replace(offer, text=text))
                    close(draft)
            finally:
                if draft.path.exists():
                    self._screen.write(_("Your text is kept in {path}.").format(path=draft.path))

    def _in_the_editor(self, draft: Draft, start: str) -> str:
        with self._keys.let_go():
            return edited(draft, start).removesuffix("\n")


def _in_order(choices: Iterable[tuple[str, Choice]]) -> dict[str, Choice]:
    """Return what the keys do as they lie on the keyboard: Enter, 1 to 9, 0."""
    return dict(sorted(choices, key=lambda pair: (pair[0] == "0", pair[0])))


def _likeness(item: Item) -> tuple[object, ...]:
    """Return what has to be the same for items to be taken together."""
    return (
        item.sha256, item.where.part, item.type, item.target, item.place, item.kind,
        item.disclosure, item.mark, item.due, item.said_by, item.department, item.reasons,
    )  # fmt: skip


def _decided(item: Item) -> str:
    return _("Decided by {name}: {state}").format(name=item.by, state=STATES.word(item.state))
