"""An item (判断待ち): what one piece of a returned file would change, until a person decides it."""

import base64
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from fieldvisit.errors import Refused
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.study import Kept
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_
from fieldvisit.review.marks import hints_in, read_marks
from fieldvisit.review.pieces import Piece, ReturnedFile, Where
from fieldvisit.text import checked

_ID_LENGTH = 26  # characters of base 32: 130 bits
SHORT = 10  # of these name an item, as a note's handle does

# What an item would do. Each has its decision in `actions/review.py`.
TYPES = Vocabulary(
    N_("type of item"),
    {
        "note": Term("記録事項", "note"),
        "change": Term("記録事項の変更", "change of a note"),
        "correction": Term("市による修正", "correction by the city"),
        "agreement": Term("内容の了承", "agreement"),
        "summary": Term("要約", "summary"),
        "mark": Term("回答状況", "state"),
        "choice": Term("質問の選択", "choice of a question"),
        "remark": Term("どの記入欄にもない文", "text without a place"),
    },
)

STATES = Vocabulary(
    N_("state of an item"),
    {
        "waiting": Term("判断待ち", "waiting"),
        "taken": Term("登録済", "taken"),
        "kept": Term("元のまま", "kept as it was"),
        "dropped": Term("登録せず", "dropped"),
    },
)

# Why a person must look. None of them lets anything through: an item without one is plain.
REASONS = Vocabulary(
    N_("reason to look"),
    {
        "no-place": Term("どの記入欄にもありません。", "It stands in no slot."),
        "known": Term(
            "同じ文を前に登録か除外しています。", "The same words were stored or dropped."
        ),
        "memo": Term("質問と取扱区分が未定です。", "It has no place and no level yet."),
        "unknown-sheet": Term("何の用紙か分かりません。", "Nothing says whose sheet it is."),
        "unknown-mark": Term("分からない印があります。", "It bears a mark that is not known."),
        "mark-alone": Term("印だけで、文がありません。", "A mark stands there without a text."),
        "mark-inside": Term("印が文の途中にあります。", "A mark stands in the middle of it."),
        "marks-at-odds": Term("印が矛盾しています。", "Its marks are at odds."),
        "hint": Term("取扱いに関わる言葉があります。", "A word in it is about who may read it."),
        "changed": Term("記録がその後変わっています。", "The note was changed meanwhile."),
        "added": Term("公表できる記録に段落が増えています。", "A paragraph more in an open note."),
        "opens": Term("取扱区分が緩くなります。", "It would become more open."),
        "struck": Term("取消線があります。", "It is struck through."),
        "deleted": Term("変更履歴で削除されています。", "It was deleted with changes tracked."),
        "hidden": Term("隠されています。", "It is hidden."),
        "comment": Term("コメントです。", "It is a comment."),
        "drawn": Term("図形の中の文です。", "It stands in a text box."),
        "margin": Term("各ページの上か下にあります。", "It stands above or below every page."),
        "merged": Term("セルが結合されています。", "Its cells are merged."),
        "formula": Term("値のない数式です。", "It is a formula without a value."),
        "error": Term("エラー値です。", "It is an error value."),
        "format": Term("表示された形では読めない日時です。", "A date or time not read as shown."),
        "aside": Term("別のシートか表の外にあります。", "It stands outside of the table."),
        "unclosed": Term("枠の終わりがありません。", "Its frame has no end."),
        "own-cell": Term("印刷済みの欄に書かれています。", "It stands where our own words stood."),
        "alone": Term("隣に回答がありません。", "There is no answer beside it."),
        "other-column": Term("用紙にない列です。", "The column is not one of the sheet."),
        "non-answer": Term("それだけでは回答になりません。", "That alone is no answer."),
        "speaker": Term("発言者が一人に決まりません。", "The speaker is not clear."),
        "date": Term("日付が決まりません。", "The date is not clear."),
        "value": Term("用紙の選択肢にありません。", "It is none of the choices."),
        "choice": Term("言葉を伴う選択です。", "The choice asks for a decision."),
        "words": Term("市の言葉です。", "These are words of the city."),
        "lost": Term("文字が失われています。", "Its characters were lost."),
        "no-notes": Term("根拠となる記録事項がありません。", "No note stands under it."),
        "other-cell": Term("別の欄の要約です。", "It is the summary of another cell."),
        "emptied": Term("記録の欄が空です。", "The passage was taken out."),
        "apart": Term(
            "同じ欄に、取消線やコメントなどの文があります。",
            "Other text in its box is struck, hidden or a comment.",
        ),
        "held": Term("同じ文書にほかの文があります。", "Other words stand in the same file."),
        "second": Term("同じ欄に二つ目の文があります。", "It is a second text for the slot."),
        "older": Term("後の回答があります。", "A later answer is there."),
        "expected": Term("後日回答予定の質問です。", "The answer was to follow."),
        "verbatim": Term("原文のまま残す記録です。", "The note keeps its words."),
    },
)


# The reasons that are about who may read a text.
LEVEL_REASONS = frozenset(
    {"hint", "unknown-mark", "mark-alone", "mark-inside", "marks-at-odds", "added"}
)


class Item(Kept, frozen=True):
    """One piece, where it stands, what is suggested and why a person must look.

    ``target`` is the id of the note that it is about, empty for a new one; ``shown`` the beginning
    of the revision that was seen there. ``place`` to ``choice`` are what is suggested, and once it
    is taken what was decided: fixed values, the speaker and the department as typed, ``due`` an
    ISO date. ``who`` answered for a city on ``on_day`` by ``mode``. ``section`` are the headings
    above it, the outermost first; ``advice`` is `drop` for what is no statement and has no place,
    `join` where lines that a PDF cut were put together, else empty. ``state`` is one of STATES,
    ``stored`` the id of what was stored of it, ``by`` who decided.
    """

    id: str
    type: str
    path: str
    sha256: str
    where: Where
    text: str
    visit_id: str = ""
    city_code: str = ""
    slot: str = ""
    target: str = ""
    shown: str = ""
    place: Address | None = None
    kind: str = ""
    disclosure: str = ""
    said_by: str = ""
    department: str = ""
    mark: str = ""
    due: str = ""
    choice: str = ""
    who: str = ""
    on_day: str = ""
    mode: str = ""
    material: int = 0
    page: str = ""
    section: tuple[str, ...] = ()
    advice: str = ""
    reasons: tuple[str, ...] = ()
    state: str = "waiting"
    stored: str = ""
    by: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing about it is in doubt."""
        return not self.reasons

    @property
    def is_in_words_of_the_city(self) -> bool:
        """Tell whether a city typed it: it is plain only for somebody who sees it."""
        return self.kind == "reply" or self.type == "correction"

    @property
    def handle(self) -> str:
        """Return its short name."""
        return self.id[:SHORT]


def item_id(sha256: str, where: Where, slot: str, *what: str) -> str:
    """Return the id of a piece: the same for the same file in every copy of a study.

    ``what`` tells apart what one place says of several things, or to several visits.
    """
    place = (sha256, where.part, where.unit, where.at, slot, *what)
    digest = hashlib.sha256(json.dumps(place, ensure_ascii=False).encode()).digest()
    return base64.b32encode(digest[:20]).decode().lower()[:_ID_LENGTH]  # more would be cut off


class Arrival(Struct, frozen=True):
    """What was said of files that came back: for which visit, as what, how, when, by whom.

    ``kind`` is one of PROPOSERS or empty (the file says it itself), ``disclosure`` the level that
    words of a city get with `--yes`.
    """

    visit: str = ""
    kind: str = ""
    mode: str = ""
    on_day: str = ""
    who: str = ""
    disclosure: str = ""


class Proposed(Struct, frozen=True):
    """What a file would change; ``visit`` is the handle of its visit, empty if it has none.

    ``waiting`` are items of the same file which was read before.
    """

    kind: str
    visit: str
    items: tuple[Item, ...]
    unchanged: int = 0
    ignored: tuple[Piece, ...] = ()
    waiting: tuple[Item, ...] = ()


class Items:
    """Gathers the items of one file in their order, each with an id of its own.

    ``kind`` is that of texts without a place which do not say theirs.
    """

    def __init__(
        self, file: ReturnedFile, visit: Visit | None, arrival: Arrival, kind: str = ""
    ) -> None:
        self._kind = kind
        self._ids: set[str] = set()
        self.items: list[Item] = []
        self._blank = Item(
            "", "", file.path, file.sha256, Where(file.path, "line", 1), "",
            visit.id if visit else "", visit.city_code if visit else "",
            who=arrival.who, on_day=arrival.on_day, mode=arrival.mode,
        )  # fmt: skip

    def add(
        self,
        what: str,
        piece: Piece,
        place: Address | None,
        *apart: str,
        reasons: Iterable[str] = (),
        **fields: object,
    ) -> None:
        """Add an item of a type; ``apart`` tells it from others of the same place."""
        file, known = self._blank.sha256, (what, piece.look, piece.column, *apart)
        id_ = item_id(file, piece.where, piece.slot, *known)
        while id_ in self._ids:
            id_ = item_id(file, piece.where, piece.slot, id_)
        self._ids.add(id_)
        said = {"text": piece.text.strip(), "where": piece.where, "slot": piece.slot, **fields}
        why = tuple(dict.fromkeys((*reasons, *_lost(piece.text))))
        self.items.append(replace(self._blank, id=id_, type=what, place=place, reasons=why, **said))

    def leave(self, piece: Piece, reason: str, place: Address | None = None) -> None:
        """Let a text wait that is no answer by itself, or has no place; its marks are honoured."""
        if not piece.text.strip():
            return
        said = read_marks(piece.text)
        text = piece.text if said.is_bare else said.text
        hint = ("hint",) if hints_in(said.text) and not said.disclosure else ()
        self.add(
            "remark", replace(piece, text=text), place, kind=said.kind or self._kind,
            disclosure=said.disclosure, said_by=said.speaker,
            reasons=(reason, *said.reasons, *hint),
        )  # fmt: skip


def held(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Let all wait where words outside of every box are about who may read: of what, is unsaid."""
    loose = (item for item in items if item.type == "remark" and item.place is None)
    if not any(item.disclosure or not LEVEL_REASONS.isdisjoint(item.reasons) for item in loose):
        return items
    return tuple(replace(item, reasons=item.reasons or ("held",)) for item in items)


def _lost(text: str) -> tuple[str, ...]:
    """Return why a text cannot be kept as somebody's words; no text is none."""
    with suppress(Refused):
        checked(text or "-")
        return ()
    return ("lost",)
