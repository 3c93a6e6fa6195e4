"""What a reader of a comparison has to keep in mind, topic by topic."""

from collections.abc import Iterator

from fieldvisit.documents import shapes, wordings
from fieldvisit.documents.comparison.layout import Layout, label
from fieldvisit.documents.shapes import Shape
from fieldvisit.fieldwork.apart import Dated, FarApart, far_apart
from fieldvisit.fieldwork.comparison import ComparedTopic
from fieldvisit.fieldwork.note_conflict import Contradiction
from fieldvisit.fieldwork.other_words import OtherWords
from fieldvisit.language import _, counted, enumerated

Pair = tuple[str, Contradiction]


def notices(layout: Layout, topic: ComparedTopic) -> tuple[str, ...]:
    """Return the sentences under a topic: time, contradictions, words of other versions."""
    rows = far_apart(topic, layout.arrangement.apart)
    return (
        *(_far_apart(layout, topic, row) for row in rows),
        *(_contradiction(one, other) for one, other in _pairs(layout, topic) if other.why),
        *(_other_words(topic, one) for one in topic.other_words if _read_otherwise(one)),
    )


def notice_shapes(layout: Layout, topic: ComparedTopic) -> Shape:
    """Return the same as a shape."""
    return {
        "apart": [
            {
                "question": row.question or None,
                "months": layout.arrangement.apart,
                "oldest": _dated_shape(row.oldest),
                "newest": _dated_shape(row.newest),
            }
            for row in far_apart(topic, layout.arrangement.apart)
        ],
        "conflicts": [
            {"notes": [one, other.handle], "why": other.why or None}
            for one, other in _pairs(layout, topic)
        ],
        "other_words": [
            {
                "question": one.question.key,
                "guide": one.guide,
                "version": one.version,
                "ask": shapes.words(one.ask),
                "visits": list(one.visits),
            }
            for one in topic.other_words
        ],
    }


def _far_apart(layout: Layout, topic: ComparedTopic, row: FarApart) -> str:
    what = counted(
        "More than {n} month apart", "More than {n} months apart", layout.arrangement.apart
    )
    where = wordings.bracketed(label(topic.topic, row.question))
    return wordings.labelled(what + where, f"{_dated(row.oldest)} – {_dated(row.newest)}")


def _dated(found: Dated) -> str:
    when = found.note.as_of or wordings.day(found.note.on_day or found.first.isoformat())
    return f"{found.city.name} {when} [{found.note.handle}]"


def _dated_shape(found: Dated) -> Shape:
    return {
        "city": shapes.city_name(found.city),
        "note": found.note.handle,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
    }


def _pairs(layout: Layout, topic: ComparedTopic) -> Iterator[Pair]:
    """Yield each pair of notes once of which at least one stands under the topic."""
    seen: set[frozenset[str]] = set()
    for city in topic.cities:
        for cell in city.cells:
            for note in cell.notes:
                for other in layout.register.against(note):
                    pair = frozenset((note.handle, other.handle))
                    if pair not in seen:
                        seen.add(pair)
                        yield note.handle, other


def _contradiction(one: str, other: Contradiction) -> str:
    return wordings.labelled(_("Contradiction"), f"{one} ⇔ {other.handle} {other.why}")


def _read_otherwise(found: OtherWords) -> bool:
    return str(found.ask) != str(found.question.ask)


def _other_words(topic: ComparedTopic, found: OtherWords) -> str:
    where = wordings.bracketed(label(topic.topic, found.question.key))
    guide = wordings.bracketed(f"{found.guide} {found.version}")
    words = _("“{text}”").format(text=found.ask)
    told = f"{enumerated(found.visits)}{guide} {words}"
    return wordings.labelled(_("Asked in other words") + where, told)
