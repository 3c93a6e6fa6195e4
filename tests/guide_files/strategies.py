"""Guides as Hypothesis makes them, and the YAML that a person could have written for them."""

from typing import Any

import yaml
from hypothesis import strategies as st

from fieldvisit.fieldwork.guide import NO_WORDS, Guide, Part, Probe, Question, Topic, Words
from fieldvisit.fieldwork.terms import ATTRIBUTES, DISCLOSURES
from fieldvisit.guide_files.schema import keys

slugs = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True).filter(
    lambda slug: slug != "unsorted" and not slug.startswith("extra-")
)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="{}\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip() == text != "")
tricky = st.sampled_from(
    ["no", "on", "0123", "12:30", "2019-10-03", "null", "~", "1_000", "- a", "a: b", "# x", "*a"]
)
sentences = texts | tricky | texts.map(lambda text: "{city_you}" + text)
words = st.builds(Words, sentences, sentences) | st.builds(Words, sentences)
classes = st.lists(st.sampled_from(list(ATTRIBUTES)), unique=True, max_size=3).map(tuple)
disclosures = st.sampled_from(["", *DISCLOSURES])
probes = st.lists(st.builds(Probe, words, classes), max_size=2).map(tuple)


@st.composite
def questions(draw: st.DrawFn, key: str, number: int, was: tuple[str, ...]) -> Question:
    """A question with that key and number."""
    ask, written = draw(words), draw(words | st.just(NO_WORDS))
    whom = draw(classes)
    sensitive = draw(st.booleans())
    return Question(
        key,
        number,
        ask,
        Words(written.ja or ask.ja, written.en or ask.en) if written else NO_WORDS,
        draw(probes),
        whom,
        draw(words | st.just(NO_WORDS)),
        common=not whom and draw(st.booleans()),
        send=not sensitive and draw(st.booleans()),
        sensitive=sensitive,
        disclosure=draw(disclosures),
        was=was,
    )


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """A guide of up to three topics; half of the names drawn are earlier names."""
    keys = draw(st.lists(slugs, unique=True, min_size=2, max_size=6))
    topics = []
    for number, key in enumerate(keys[::2], 1):
        names = draw(st.lists(slugs, unique=True, max_size=4))
        asked = tuple(
            draw(questions(name, n, (f"{key}/{name}-old",))) for n, name in enumerate(names, 1)
        )
        was = tuple(keys[2 * number - 1 : 2 * number])
        short = draw(words | st.just(NO_WORDS))
        topics.append(Topic(key, number, draw(words), short, draw(disclosures), was, asked))
    return Guide(
        draw(slugs),
        draw(st.sampled_from(["1", "2019-10", "1.10", "no", "第2版"])),
        draw(words),
        draw(words | st.just(NO_WORDS)),
        draw(disclosures),
        tuple(topics),
    )


def as_yaml(guide: Guide) -> str:
    return str(yaml.dump(as_content(guide), allow_unicode=True, sort_keys=False))


def as_content(part: Any) -> dict[str, Any]:
    """What stands in the file: a part of a guide with empty lists, without other defaults."""
    model: type[Part] = type(part)
    values = {
        name: getattr(part if isinstance(part, key.owner) else part.ask, key.field)
        for name, key in keys(model).items()
    }
    return {name: _value(value) for name, value in values.items() if value or value == ()}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return as_content(value) if isinstance(value, Part) else value
