"""Names by hand: cities whose names stand in one another, a visit, aliases."""

from collections.abc import Callable

from msgspec import Struct

from fieldvisit.fieldwork.anonymity.labels import label
from fieldvisit.fieldwork.anonymity.names import Names, Subject
from fieldvisit.fieldwork.anonymity.replacing import Replacer
from fieldvisit.fieldwork.city import City
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.visit import Participant, Visit

CHIBA = City("121002", "千葉県", "千葉市", "ちばし", "chiba", "Chiba")
OTSU = City("252018", "滋賀県", "大津市", "おおつし", "otsu", "Shiga")
TSU = City("242012", "三重県", "津市", "つし", "tsu", "Mie")
TSUKUBA = City("082201", "茨城県", "つくば市", "つくばし", "tsukuba", "Ibaraki")
KYOTO = City("261009", "京都府", "京都市", "きょうとし", "kyoto", "Kyoto")
RYUGASAKI = City("082082", "茨城県", "龍ケ崎市", "りゅうがさきし", "ryugasaki", "Ibaraki")
OURS = City("990019", "架空県", "かくう村", "かくうむら", "kaku")
CITIES = (CHIBA, OTSU, TSU, TSUKUBA, KYOTO, RYUGASAKI, OURS)
LETTERS = {
    "121002": "C", "252018": "O", "242012": "T", "082201": "K", "261009": "Y", "082082": "R",
    "990019": "V", "千葉県": "P", "滋賀県": "S", "三重県": "M", "茨城県": "I", "京都府": "F",
    "架空県": "X",
}  # fmt: skip
PEOPLE = (
    Participant("p1", "respondent", "山田太郎", "総務部 情報政策課", "課長"),
    Participant("p2", "respondent", "鈴木　花子", "情報経営部業務改革推進課"),
    Participant("p3", "interviewer", "John Smith"),
)
VISIT = Visit("v1", "chiba-1", "121002", participants=PEOPLE)
KINDS = {city.code: "市" for city in CITIES} | {"990019": "村"}


def alias(name: str, kind: str, stands_for: str = "") -> NameAlias:
    return NameAlias(kind, name, stands_for)


def names(*aliases: NameAlias, others: tuple[str, ...] = ("今治市", "大津町")) -> Names:
    return Names(CITIES, (VISIT,), aliases, others, KINDS)


def letters(subject: Subject) -> str:
    return LETTERS.get(subject.id, "Z")


def labels(known: Names) -> Callable[[Subject], str]:
    return lambda subject: label(known, subject, letters(subject))


class Made(Struct, frozen=True):
    """A replacer that knows its labels."""

    names: Names
    replacer: Replacer

    def text(self, text: str) -> str:
        return self.replacer.text(text, labels(self.names))


def replacer(*aliases: NameAlias) -> Made:
    known = names(*aliases)
    return Made(known, Replacer(known))
