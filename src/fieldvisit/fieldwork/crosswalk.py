"""Guides lined up over several versions, and fitted to one visit."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.guide import Address, Guide, Question, Topic, Words
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.visit import ChosenQuestion, Visit


class Crosswalk:
    """Topics of several guides merged in order; the earlier guide's words win.

    Renamed topics and questions are followed by the guides' ``was``, so that a note filed
    under an old address stands in the row of the new one.
    """

    def __init__(self, guides: Iterable[Guide]) -> None:
        self._renamed: dict[Address, Address] = {}
        self._topics: dict[str, Topic] = {}
        self._now: dict[Address, Address] = {}
        self._of_guides: dict[tuple[int, ...], tuple[Sequence[Guide], dict[str, Topic]]] = {}
        guides = tuple(guides)
        for guide in guides:
            self._learn_names(guide)
        for guide in guides:
            for topic in guide.topics:
                self._merge(topic)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the merged topics, those of the first guide first."""
        return tuple(self._topics.values())

    @property
    def order(self) -> dict[Address, int]:
        """Return where each address stands, topics and questions in the guides' order."""
        places = (place for topic in self.topics for place in topic.places)
        return {place: at for at, place in enumerate(places)}

    def topic(self, key: str) -> Topic | None:
        """Return the merged topic that now goes by ``key``."""
        return self._topics.get(self.now(Address(key)).topic)

    def topics_of(
        self, guides: Sequence[Guide], also: Iterable[Address] = ()
    ) -> Mapping[str, Topic]:
        """Return the topics of some guides, with their questions, under the addresses of today.

        A question that has moved stands under its topic of today. What the guides lack comes last:
        such a topic, and what stands at the addresses of ``also``. It is worked out once for the
        same guides.
        """
        key = tuple(map(id, guides))
        if key not in self._of_guides:  # kept with the guides, so that no other gets their id
            self._of_guides[key] = (guides, self._lined_up(guides))
        topics = self._of_guides[key][1]
        lacking = [at for at in also if not _has(topics.get(at.topic), at.question)]
        if not lacking:
            return topics
        asked = {key: {one.key: one for one in topic.questions} for key, topic in topics.items()}
        for at in lacking:
            here, elsewhere = asked.setdefault(at.topic, {}), self.topic(at.topic)
            if elsewhere and (found := elsewhere.question(at.question or "")):
                here.setdefault(found.key, found)
        return self._asking(topics, asked)

    def _asking(
        self, topics: Mapping[str, Topic], asked: Mapping[str, Mapping[str, Question]]
    ) -> dict[str, Topic]:
        """Return topics with the questions asked there; those that only these lead to come last."""
        others = {key: topic for key in asked if (topic := self.topic(key)) and key not in topics}
        return {
            key: replace(topic, questions=tuple(asked.get(key, {}).values()))
            for key, topic in {**topics, **others}.items()
        }

    def _lined_up(self, guides: Sequence[Guide]) -> dict[str, Topic]:
        topics: dict[str, Topic] = {}
        asked: dict[str, dict[str, Question]] = {}
        for topic in Crosswalk(guides).topics:
            key = self.now(Address(topic.key)).topic
            topics.setdefault(key, replace(topic, key=key))
            for question in topic.questions:
                now = self.now(Address(topic.key, question.key))
                renamed = _named(question, now.question or question.key)
                asked.setdefault(now.topic, {}).setdefault(renamed.key, renamed)
        return self._asking(topics, asked)

    def now(self, address: Address) -> Address:
        """Return the address under which ``address`` is found today."""
        found = self._now.get(address)
        if found is None:
            found = self._now[address] = self._followed(address)
        return found

    def level_at(self, guides: Iterable[Guide], place: Address) -> str:
        """Return the level of disclosure that the first of ``guides`` to ask it says, or empty."""
        wanted = self.now(place)
        topics = [(guide, topic) for guide in guides for topic in guide.topics]
        for guide, topic in topics:
            for question in topic.questions if wanted.question else ():
                if self.now(Address(topic.key, question.key)) == wanted:
                    return question.disclosure or topic.disclosure or guide.disclosure
        for guide, topic in topics:
            if self.now(Address(topic.key)).topic == wanted.topic:
                return topic.disclosure or guide.disclosure
        return ""

    def left_out(self, visit: Visit) -> frozenset[Address]:
        """Return the questions of a visit that were left out, as they are found today."""
        return frozenset(self.now(one.address) for one in visit.questions if one.choice == "skip")

    def places(self, note: Note) -> Iterable[Address]:
        """Return the addresses under which a note is found today, each once."""
        return dict.fromkeys(map(self.now, note.places))

    def _followed(self, address: Address) -> Address:
        for _step in range(len(self._renamed) + 1):
            renamed = self._renamed.get(address)
            if renamed is None and address.question is not None:
                moved = self._renamed.get(Address(address.topic))
                renamed = moved and Address(moved.topic, address.question)
            if renamed is None or renamed == address:
                return address
            address = renamed
        return address

    def _learn_names(self, guide: Guide) -> None:
        for topic in guide.topics:
            for old in topic.was:
                self._renamed.setdefault(Address(old), Address(topic.key))
            for question in topic.questions:
                for old in question.was:
                    self._renamed.setdefault(Address.read(old), Address(topic.key, question.key))

    def _merge(self, topic: Topic) -> None:
        key = self.now(Address(topic.key)).topic
        known = self._topics.get(key, replace(topic, key=key, questions=()))
        questions = {question.key: question for question in known.questions}
        for question in topic.questions:
            address = self.now(Address(topic.key, question.key))
            if address.topic == key:
                name = address.question or question.key
                questions.setdefault(name, _named(question, name))
        self._topics[key] = replace(known, questions=tuple(questions.values()))


def _has(topic: Topic | None, question: str | None) -> bool:
    return topic is not None and (question is None or topic.question(question) is not None)


def _named(question: Question, key: str) -> Question:
    """Return the question under that key: the same one where it goes by it already."""
    return question if question.key == key else replace(question, key=key)


def forgotten(filed: Collection[Address], known: Crosswalk) -> Guide:
    """Return a guide of the places that ``known`` lacks, so that their notes have a row.

    Words are the bare keys, and the questions have the number 0.
    """
    lacking: dict[str, set[str]] = {}
    for address in map(known.now, filed):
        if not _has(known.topic(address.topic), address.question):
            lacking.setdefault(address.topic, set()).add(address.question or "")
    topics = tuple(
        Topic(
            key,
            len(known.topics) + number,
            Words(key, key),
            questions=tuple(Question(name, 0, Words(name, name)) for name in sorted(names - {""})),
        )
        for number, (key, names) in enumerate(sorted(lacking.items()), start=1)
    )
    return Guide("", "", Words(), topics=topics)


_EXTRA = r"extra-([0-9]+)"


def fitted(guides: Sequence[Guide], chosen: Sequence[ChosenQuestion]) -> tuple[Guide, ...]:
    """Return the guides as one visit uses them.

    What is sent or asked on purpose is meant for this city whatever its class; questions that
    only this visit has follow those of their topic.
    """
    if not chosen:
        return tuple(guides)
    return tuple(
        replace(guide, topics=tuple(_topic(topic, chosen) for topic in guide.topics))
        for guide in guides
    )


def extra_questions(visits: Iterable[Visit]) -> Guide:
    """Return the questions that single visits have, under bare topics, to be lined up with others.

    Keys are given once in a study, so that no two visits meet in one.
    """
    topics: dict[str, list[ChosenQuestion]] = {}
    for visit in visits:
        for one in visit.questions:
            if one.text:
                topics.setdefault(one.address.topic, []).append(one)
    return Guide(
        "",
        "",
        Words(),
        topics=tuple(
            Topic(key, 0, Words(key, key), questions=tuple(_extra(one, 0) for one in found))
            for key, found in topics.items()
        ),
    )


def next_extra(visits: Iterable[Visit], topic: str) -> Address:
    """Return the address of one more question for a single visit under ``topic``."""
    numbers = [
        int(found[1])
        for visit in visits
        for one in visit.questions
        if one.address.topic == topic
        and (found := re.fullmatch(_EXTRA, one.address.question or ""))
    ]
    return Address(topic, f"extra-{max(numbers, default=0) + 1}")


def is_of_one_visit(question: str | None) -> bool:
    """Tell by its key whether a question was added for one visit alone."""
    return bool(re.fullmatch(_EXTRA, question or ""))


def decided(
    chosen: Sequence[ChosenQuestion],
    choices: Mapping[Address, str | None],
    now: Callable[[Address], Address],
) -> tuple[ChosenQuestion, ...]:
    """Return the decisions with ``choices`` laid over them; None goes back to the guide's own.

    ``now`` tells under which address a question is found today.
    """
    found = {now(one.address): one for one in chosen}
    for address, choice in choices.items():
        known = found.get(now(address), ChosenQuestion(address, ""))
        found[now(address)] = replace(known, choice=choice or ("ask" if known.text else ""))
    return tuple(one for one in found.values() if one.choice)


def usual_choice(question: Question) -> str:
    """Return what happens to a question of which nothing was decided."""
    return "send" if question.send and not question.sensitive else "ask"


def _topic(topic: Topic, chosen: Sequence[ChosenQuestion]) -> Topic:
    keys = (topic.key, *topic.was)
    extras = [one for one in chosen if one.text and one.address.topic in keys]
    choices = {one.address: one.choice for one in chosen if not one.text}
    questions = [_question(question, keys, choices) for question in topic.questions]
    questions += [_extra(one, len(questions) + i) for i, one in enumerate(extras, 1)]
    return replace(topic, questions=tuple(questions))


def _question(
    question: Question, topics: Sequence[str], choices: Mapping[Address, str]
) -> Question:
    """Return a question of a topic, which had the keys ``topics``, as it was decided."""
    names = [Address(topics[0], question.key), *map(Address.read, question.was)]
    own = (Address(topic, at.question) for at in names if at.topic in topics for topic in topics)
    choice = next((choices[at] for at in (*own, *names) if at in choices), "")
    if choice not in ("send", "ask"):
        return question
    return replace(question, send=choice == "send", classes=())


def _extra(one: ChosenQuestion, number: int) -> Question:
    words = Words(one.text, one.text)
    key = one.address.question or ""
    return Question(key, number, words, words, send=one.choice == "send")
