"""Small values by hand: three cities, a guide of two topics, a visit, notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from fieldvisit.fieldwork.city import City, CityAttribute
from fieldvisit.fieldwork.comparison import CityInputs, Comparison, compare
from fieldvisit.fieldwork.coverage import CoverageInputs, VisitCoverage, cover
from fieldvisit.fieldwork.crosswalk import Crosswalk
from fieldvisit.fieldwork.guide import Address, Guide, Probe, Question, Topic, Words
from fieldvisit.fieldwork.note import Note, Register
from fieldvisit.fieldwork.states import Mark
from fieldvisit.fieldwork.visit import Participant, Visit

TODAY = date(2019, 11, 1)
CHIBA = City(
    "121002", "千葉県", "千葉市", "ちばし", "chiba", "Chiba",
    (CityAttribute("designated-city", "1992-04-01"),),
)  # fmt: skip
HIMEJI = City("282014", "兵庫県", "姫路市", "ひめじし", "himeji", "Hyogo", (
    CityAttribute("core-city"), CityAttribute("regional-hub", "2015-02-06")))  # fmt: skip
OURS = City("990019", "架空県", "架空村", "かくうむら", "kaku", "", (CityAttribute("village"),))
RPA = Topic(
    "ai-rpa",
    4,
    Words("AI・RPAの利用", "Use of AI and RPA"),
    Words("AI・RPA", "AI, RPA"),
    questions=(
        Question(
            "status", 1, Words("状況は。", "How far is it?"),
            Words("{city_you}の活用状況をご教示ください。", "Tell us how far {city_you} is."),
            probes=(Probe(Words("何件ですか。", "How many?")),
                    Probe(Words("区では。", "And the wards?"), ("designated-city",))),
            common=True, send=True,
        ),
        Question("dropped", 3, Words("やめたものは。", "What was dropped?"), sensitive=True,
                 send=True, disclosure="group"),
        Question("effect", 5, Words("効果は。", "What effect?"), send=True,
                 gate=Words("{city_you}が導入済みの場合", "if {city_you} uses it")),
        Question("wards", 7, Words("行政区では。", "In the wards?"), send=True,
                 classes=("designated-city",)),
        Question("plans", 8, Words("今後は。", "What comes next?")),
    ),
)  # fmt: skip
OTHER = Topic("other", 7, Words("その他", "Other"))
GUIDE = Guide(
    "it", "2", Words("ヒアリング項目", "Questions"), Words("議事概要", "Minutes"), "confirm",
    (RPA, OTHER), "abc123",
)  # fmt: skip
LINEUP = Crosswalk([GUIDE])
RESPONDENT = Participant("p1", "respondent", "山田太郎", "情報部", "課長")
V1, V2 = "01890f5e-7b1c-7cc0-98c4-dc0c0c070001", "01890f5e-7b1c-7cc0-98c4-dc0c0c070002"
VISIT = Visit(
    V1, "chiba-1", "121002", first_day="2019-10-21", time="13:30", place="市役所", status="held",
    contact="窓口の人", study_groups=("jimu",),
    participants=(RESPONDENT, Participant("p2", "interviewer", "佐藤")),
)  # fmt: skip
AT_HIMEJI = Visit(V2, "himeji-1", "282014", first_day="2019-10-24")
REGISTER = Register(
    {city.code: city for city in (CHIBA, HIMEJI, OURS)}, {v.id: v for v in (VISIT, AT_HIMEJI)}
)


def note(handle: str, place: str = "ai-rpa/status", **more: object) -> Note:
    """A public statement at VISIT unless said otherwise."""
    values = {
        "id": f"id-{handle}", "handle": handle, "city_code": "121002", "visit_id": V1,
        "kind": "statement", "body": f"話{handle}", "disclosure": "public", "by": "書き手",
        "places": tuple(Address.read(word) for word in place.split()),
        "created_at": "2019-10-21T05:00:00Z", "updated_at": "2019-10-22T05:00:00Z", "number": 2,
        **more,
    }  # fmt: skip
    return Note(**values)  # type: ignore[arg-type]


def mark(place: str, state: str, reason: str = "", due: str = "", visit: str = V1) -> Mark:
    return Mark(visit, Address.read(place), state, reason, due)


MARKS = (
    mark("ai-rpa/effect", "to-follow", "確認中", "2019-11-15"),
    mark("ai-rpa/plans", "declined"),
)


def covered(
    visit: Visit = VISIT,
    notes: Sequence[Note] = (),
    marks: Sequence[Mark] = (),
    *,
    guide: Guide = GUIDE,
    others: Sequence[Guide] = (),
    audience: str = "group",
) -> VisitCoverage:
    """How the visit stands; ``others`` are guides of other visits, which have the say."""
    city = REGISTER.cities[visit.city_code]
    held = city.attributes_on(visit.day or TODAY)
    inputs = CoverageInputs(visit, city, (guide,), held, tuple(notes), tuple(marks))
    return cover(inputs, Crosswalk([*others, guide]), audience)


def compared(
    notes: Sequence[Note] = (),
    marks: Sequence[Mark] = (),
    *,
    cities: Iterable[City] = (CHIBA, HIMEJI),
    audience: str = "group",
) -> Comparison:
    """The comparison of the cities; each visited one by its visit."""
    grounds = []
    for city in cities:
        own = tuple(n for n in notes if n.city_code == city.code)
        visits = [v for v in REGISTER.visits.values() if v.city_code == city.code]
        standing = tuple(covered(v, own, [m for m in marks if m.visit_id == v.id]) for v in visits)
        grounds.append(CityInputs(city, standing, city.attributes_on(TODAY), own))
    return compare(LINEUP.topics, grounds, LINEUP, audience)
