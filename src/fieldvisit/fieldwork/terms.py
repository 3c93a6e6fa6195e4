"""The fixed values of the field, as stored, in English and in Japanese."""

from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_

KINDS = Vocabulary(
    N_("kind of note"),
    {
        "statement": Term("発言要旨", "statement", "発言要旨"),
        "quote": Term("発言（原文のまま）", "quote", "発言"),
        "reply": Term("文書回答", "written reply", "文書回答"),
        "handout": Term("配付資料", "handout", "配付資料"),
        "desk": Term("公表資料", "desk research", "公表資料"),
        "questionnaire": Term("アンケート回答", "questionnaire answer", "アンケート"),
        "remark": Term("所見（調査者）", "researcher's remark", "所見"),
    },
)
# They keep their words: a correction is a note of its own.
VERBATIM = frozenset({"quote", "reply", "handout", "questionnaire"})
# What others said or published; an edit of ours needs a reason.
WORDS_OF_OTHERS = VERBATIM | {"desk"}
ANSWERING_KINDS = frozenset({"statement", "quote", "reply", "handout", "questionnaire"})

DISCLOSURES = Vocabulary(
    N_("disclosure"),
    {
        "public": Term("公表可", "public", "公表可"),
        "confirm": Term(
            "先方確認前",
            "to be confirmed",
            "先方確認前",
            ("要確認", "要確認（先方確認後に公表可）"),
        ),
        "anonymous": Term(
            "市名を伏せれば可", "anonymous", "市名を伏せれば可", ("匿名", "匿名で公表可")
        ),
        "group": Term("研究会内限り", "group only", "研究会内限り", ("関係者限り",)),
        "off-record": Term("オフレコ（引用不可）", "off the record", "オフレコ"),
    },
)

# How far a speaker may be named, from the least on.
ATTRIBUTIONS = Vocabulary(
    N_("attribution"),
    {
        "city": Term("自治体名まで", "city"),
        "department": Term("所属まで", "department"),
        "position": Term("役職まで", "position"),
        "name": Term("氏名まで", "name"),
    },
)

AUDIENCES = Vocabulary(
    N_("audience"),
    {
        "public": Term("一般公開", "public"),
        "group": Term("研究会内", "group only", old=("関係者限り",)),
        "all": Term("担当者限り", "those in charge only"),
    },
)

STATES = Vocabulary(
    N_("state"),
    {
        "answered": Term("回答あり", "answered"),
        "desk-only": Term("公表資料のみ", "desk only"),
        "out-of-scope": Term("対象外", "out of scope"),
        "open": Term("未記録", "open"),
        "to-follow": Term("後日回答予定", "to follow", "後日回答"),
        "no-answer": Term("質問済・未回答", "no answer"),
        "not-asked": Term("質問せず", "not asked", "未質問"),
        "declined": Term("回答差控え", "declined", "回答辞退"),
        "not-applicable": Term("該当なし", "not applicable"),
        "withheld": Term("回答あり（非公表）", "answered but withheld"),
        "not-stated": Term("記載なし", "not stated"),
    },
)
MARKS = Vocabulary(
    N_("mark"),
    {
        value: STATES[value]
        for value in (
            "to-follow", "no-answer", "not-asked", "declined", "not-applicable", "withheld"
        )
    }
    | {"clear": Term("取消し", "clear", "クリア")},
)  # fmt: skip

MODES = Vocabulary(
    N_("mode of visit"),
    {
        "onsite": Term("現地", "on site", "現地調査"),
        "online": Term("オンライン", "online"),
        "phone": Term("電話", "by phone"),
        "written": Term("文書", "in writing"),
    },
)

STATUSES = Vocabulary(
    N_("status of a visit"),
    {
        "planned": Term("予定", "planned"),
        "held": Term("実施済", "held"),
        "postponed": Term("延期", "postponed"),
        "cancelled": Term("中止", "cancelled"),
    },
)

CLASSES = Vocabulary(
    N_("class of city"),
    {
        "designated-city": Term("政令指定都市", "designated city", "指定都市"),
        "core-city": Term("中核市", "core city"),
        "special-case-city": Term("施行時特例市", "special-case city"),
        "ordinary-city": Term("一般市", "ordinary city"),
        "special-ward": Term("特別区", "special ward"),
        "town": Term("町", "town"),
        "village": Term("村", "village"),
        "prefecture": Term("都道府県", "prefecture"),
        "other": Term("その他の団体", "other body"),
    },
)
ATTRIBUTES = Vocabulary(
    N_("class or attribute of city"),
    {**CLASSES, "regional-hub": Term("連携中枢都市", "regional hub city")},
)

# What cities are often compared by; a study may keep any other fact under a name of its own.
FACTS = Vocabulary(
    N_("fact of a city"),
    {
        "population": Term("人口", "population"),
        "households": Term("世帯数", "households"),
        "area": Term("面積", "area"),
        "staff": Term("職員数", "staff"),
        "it-staff": Term("情報部門の職員数", "IT staff"),
        "budget": Term("予算", "budget"),
        "financial-index": Term("財政力指数", "financial capability index"),
        "aging-rate": Term("高齢化率", "share of people of 65 and over"),
    },
)

CHOICES = Vocabulary(
    N_("choice for a question"),
    {
        "send": Term("事前送付", "send ahead"),
        "ask": Term("当日質問", "ask at the visit"),
        "skip": Term("省略", "leave out"),
    },
)

STALENESS = Vocabulary(
    N_("reason to look again"),
    {
        "changed": Term("変更", "changed"),
        "level": Term("取扱区分の変更", "level changed"),
        "moved": Term("別の項目へ移動", "filed elsewhere"),
        "gone": Term("削除", "deleted"),
        "new": Term("新規", "new"),
    },
)

CONFIRMATIONS = Vocabulary(
    N_("state of a confirmation"),
    {
        "sent": Term("依頼中", "sent"),
        "ok": Term("確認済", "confirmed"),
        "corrected": Term("修正のうえ確認済", "corrected", "修正"),
        "anonymous": Term("市名を伏せれば可", "without the city's name"),
        "withheld": Term("掲載不可", "withheld"),
        "no-reply": Term("回答なし", "no reply"),
    },
)

NAMED = Vocabulary(
    N_("kind of name"),
    {
        "city": Term("自治体", "city"),
        "person": Term("人名", "person"),
        "department": Term("部署", "department"),
        "system": Term("システム", "system"),
        "vendor": Term("事業者", "vendor"),
        "word": Term("対象外（置き換えない）", "ticked off, stays", "対象外"),
    },
)

OBJECTS = Vocabulary(
    N_("kind of object"),
    {
        "study": Term("調査", "study"),
        "study-group": Term("研究会等", "study group"),
        "city": Term("自治体", "city"),
        "visit": Term("ヒアリング", "visit"),
        "note": Term("記録事項", "note"),
        "mark": Term("回答状況", "mark"),
        "material": Term("資料", "material"),
        "city-fact": Term("自治体の基礎データ", "fact of a city"),
        "summary": Term("要約", "summary"),
        "confirmation": Term("内容確認", "confirmation"),
        "note-conflict": Term("食い違い", "conflict of notes"),
        "name-alias": Term("別称", "alias"),
        "item": Term("判断待ち", "item"),
    },
)
