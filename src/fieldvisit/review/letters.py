"""What a city wrote into a letter of confirmation, row by row. What it means is not asked here.

Only a tick agrees, at the choice that says so and with nothing else in the row.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from fieldvisit.fieldwork.confirmation import bare
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.review.columns import BOX, CHOICES, PASSAGE_COLUMNS, WHOLE
from fieldvisit.review.pieces import IGNORED, LOOKS, OWN, TAKEN_OUT, Piece, Where
from fieldvisit.review.pieces import bare as stripped
from fieldvisit.text import key

_TICKS = "☑✓✔☒■●○◯◎◉レﾚ√"
_SIGNS = f"{BOX}☐◻▢{_TICKS}\ufe0f []"


class Answer(Struct, frozen=True):
    """What stands in one row: the choices ticked, what was written, why a person must look.

    ``beside`` are texts that stand by themselves: comments, drawn, hidden ones.
    """

    where: Where
    choices: frozenset[str]
    text: str
    reasons: tuple[str, ...]
    beside: tuple[Piece, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether all that was said is that nothing is to be changed."""
        return self.choices == {"ok"} and not self.reasons

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing was said in the row itself."""
        return not (self.choices or self.reasons)


def read_answer(row: Sequence[Piece], shown: str) -> Answer:
    """Return what stands in the pieces of one row; ``shown`` is the text that the city saw."""
    texts = {
        column: _all_text([piece for piece in row if piece.column == column])
        for column in ("passage", "change", "correction")
    }
    choices, other = read_ticks(texts["change"], CHOICES)
    passage = "" if _is_shown(texts["passage"], shown) else texts["passage"]
    others = (piece for piece in row if not piece.look and piece.column not in texts)
    elsewhere = [piece for piece in others if piece.text.strip()]
    written = (
        passage, texts["correction"], *other, *(piece.text for piece in elsewhere)
    )  # fmt: skip
    said = [text for text in written if text]
    apart = [piece for piece in row if piece.look in LOOKS]
    out = [p for p in apart if p.look in TAKEN_OUT and bare(p.text) in bare(shown)]
    reasons = {
        "words": bool(said),
        "second": len(said) > 1,
        "choice": bool(choices - {"ok"}),
        "emptied": bool(shown) and not texts["passage"],
        "other-column": any(piece.column not in PASSAGE_COLUMNS for piece in elsewhere),
        **{piece.look: True for piece in out},
    }
    return Answer(
        row[0].where,
        choices,
        "\n".join(said),
        tuple(name for name, holds in reasons.items() if holds),
        tuple(piece for piece in apart if piece not in out),
    )


def read_ticks(text: str, offered: Vocabulary) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what is ticked of the choices offered, one a line, and the lines that are none."""
    names = {key(word): choice for choice, term in offered.items() for word in (term.ja, term.en)}
    choices, other = set(), []
    for line in filter(str.strip, text.split("\n")):
        label = line.strip(f"{_SIGNS} \t　")
        signs = line.replace(label, "", 1).strip(" \t　")
        choice = names.get(key(label))
        if choice is None or not signs:
            other.append(line.strip())
        elif not set(_TICKS).isdisjoint(signs):
            choices.add(choice)
    return frozenset(choices), tuple(other)


def agrees_to_all(box: Sequence[Piece]) -> bool:
    """Tell whether the one box for the whole letter is ticked."""
    return bool(read_ticks(_all_text(box), WHOLE)[0])


def outside(pieces: Iterable[Piece], box: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what was written into no row: a text without a place, words at the one box."""
    yield from (piece for piece in pieces if piece.text.strip() and not _is_ours(piece))
    yield from (p for p in box if not _is_ours(p) and (p.look or read_ticks(p.text, WHOLE)[1]))


def _is_ours(piece: Piece) -> bool:
    return piece.look == OWN or piece.look in IGNORED


def _all_text(pieces: Sequence[Piece]) -> str:
    """Return the plain text of pieces, our own lines among it."""
    texts = (stripped(piece.text) for piece in pieces if piece.look in ("", OWN))
    return "\n".join(filter(None, texts))


def _is_shown(text: str, shown: str) -> bool:
    """Tell whether a text is the one shown, once or, where a row was copied, several times."""
    one, all_ = bare(shown), bare(text)
    return bool(one) and all_ == one * (len(all_) // len(one))
