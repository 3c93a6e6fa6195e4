"""What stands in the place of a name: A市, 担当者B, “Department C”."""

from fieldvisit.fieldwork.anonymity.folding import bare
from fieldvisit.fieldwork.anonymity.names import PREFECTURE, Names, Subject
from fieldvisit.language import N_, _

_WORDS = {
    "市": N_("City {letters}"),
    "区": N_("Ward {letters}"),
    "町": N_("Town {letters}"),
    "村": N_("Village {letters}"),
    "団体": N_("Body {letters}"),
    PREFECTURE: N_("Prefecture {letters}"),
    "person": N_("Person {letters}"),
    "department": N_("Department {letters}"),
    "system": N_("System {letters}"),
    "vendor": N_("Vendor {letters}"),
}
# A name that stands in one of these would be found in what replaces the others.
_PLAIN = (
    "市", "区", "町", "村", "団体", "県", "担当者", "部署", "システム", "事業者",
    "city", "ward", "town", "village", "body", "prefecture", "person", "department", "system",
    "vendor",
)  # fmt: skip


def label(names: Names, subject: Subject, letters: str) -> str:
    """Return what stands for a subject to which ``letters`` were drawn."""
    kind = subject.kind
    if kind == "city":
        kind = PREFECTURE if names.is_prefecture(subject) else names.kinds.get(subject.id, "団体")
    return _(_WORDS[kind]).format(letters=letters)


def is_too_plain(name: str) -> bool:
    """Tell whether a name stands in the words that are to replace names."""
    letters = bare(name)
    return letters in _PLAIN or any(letters in word for word in _PLAIN if not word.isascii())
