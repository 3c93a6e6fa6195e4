"""Record sheets for tests: one of the usual kind, and strategies for any."""

from fieldvisit.exchange.record.sheet import read
from fieldvisit.fieldwork.record.changes import SheetChanges, changes
from fieldvisit.fieldwork.record.sheet import RecordSheet, SheetNote, SheetSection
from hypothesis import strategies as st

from fieldvisit.documents.record_sheet import write
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.terms import DISCLOSURES, KINDS
from fieldvisit.fieldwork.visit import OURS, THEIRS, Participant

VISIT = "01890f5e-7b1c-7cc0-98c4-dc0c0c07398f"
MIX = Address("hiring", "staff-mix")

SHEET = RecordSheet(
    VISIT,
    "記録：千葉市（chiba-1）2019年10月21日（月）",
    ("書き方",),
    (
        Participant("p1", THEIRS, "山田", "情報経営部", "課長"),
        Participant("p2", OURS, "鈴木"),
    ),
    (
        SheetSection(Address("hiring"), "1 採用・処遇・育成"),
        SheetSection(
            MIX,
            "1/1 情報化を担当する部署の職員数を教えてください",
            ("専門職の人数は", "状態：未記録"),
            (
                SheetNote("k3f9x2m4qa", "r1", "職員は12名\n\nうち専門職2名", "quote", "confirm"),
                SheetNote(
                    "aaaabbbbcc", "r2", "窓口の話", "statement", "off-record", "発言者：課長"
                ),
            ),
        ),
        SheetSection(Address("security"), "6 セキュリティ", usual="off-record"),
        SheetSection(None, "未整理"),
    ),
)

SIGNS = st.sampled_from(
    [
        "#", "## ", "### 1/1 x {hiring/staff-mix}", "## 出席者 {people}", "<!--", "-->", "\\",
        "\\\\", "|", "【", "】", "【オフレコ】", "【発言】", "【参考】", "【発言・匿名】",
        "【発言者：課長】", "【said by: x】",
        "（オフレコ）", "・", "オフレコ：", "ここだけの話", "[off-record]", "【オフレコで】",
        "<!-- end -->", "<!-- note new -->",
        "<!-- note k3f9x2m4qa -->",
        "<!-- · 書き方 -->", "\n", "\n\n", "\r\n", "\r", "　", " ", "\t", "\u2028", "\x85", "\x0c",
        "\x1c", "\ufeff", "\u200b", "𠮷", "👩‍💻", "が", "¥", "職員は12名",
    ]
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WILD = st.lists(SIGNS | st.text(CHARACTERS, max_size=4), max_size=10).map("".join)
BODIES = WILD.filter(lambda text: bool(text.strip()))

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
HANDLES = st.lists(st.text(LETTERS, min_size=10, max_size=10), min_size=6, max_size=6, unique=True)
KIND = st.sampled_from(list(KINDS))
DISCLOSURE = st.sampled_from(list(DISCLOSURES))
PLACES = (
    Address("hiring"), Address("hiring", "staff-mix"), Address("hiring", "unsorted"),
    Address("security"), None,
)  # fmt: skip
PEOPLE = st.lists(
    st.builds(Participant, st.just(""), st.sampled_from([THEIRS, OURS]), WILD, WILD, WILD),
    max_size=3,
).map(tuple)


@st.composite
def sheets(draw: st.DrawFn) -> RecordSheet:
    handles = draw(HANDLES)
    sections = []
    for place in PLACES:
        notes = tuple(
            SheetNote(
                handles.pop(),
                "r",
                draw(BODIES),
                draw(KIND),
                draw(DISCLOSURE),
                draw(WILD),
                draw(WILD),
            )
            for _count in range(draw(st.integers(0, min(2, len(handles)))))
        )
        guidance = tuple(draw(st.lists(WILD, max_size=2)))
        sections.append(SheetSection(place, draw(WILD), guidance, notes, draw(DISCLOSURE)))
    people = draw(PEOPLE)
    return RecordSheet(VISIT, draw(WILD), (draw(WILD),), people, tuple(sections))


HIRING, QUESTION, SECURITY, UNSORTED = (f"{{{p}}}" for p in ("hiring", MIX, "security", "unsorted"))


def under(marker: str, typed: str, text: str | None = None) -> str:
    """Return the sheet with ``typed`` put right under one heading."""
    text = write(SHEET) if text is None else text
    return text.replace(f"{marker}\n", f"{marker}\n{typed}\n", 1)


def found(text: str, shown: RecordSheet = SHEET) -> SheetChanges:
    return changes(shown, read(text, shown))


def added(text: str) -> list[tuple[Address | None, str, str, str]]:
    return [(b.address, b.kind, b.disclosure, b.body) for b in found(text).added]


def nothing_but_unchanged(shown: RecordSheet, result: SheetChanges) -> bool:
    return result == SheetChanges(unchanged=tuple(note for _at, note in shown.placed_notes()))


PLAIN = st.text("abc職員。\t 👩𠮷\\|*-", min_size=1, max_size=12).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(PLAIN, min_size=1, max_size=3).map("\n".join)


def block_of(text: str, handle: str) -> str:
    start = text.index(f"<!-- note {handle} -->")
    return text[start : text.index("<!-- end -->", start) + len("<!-- end -->\n")]
