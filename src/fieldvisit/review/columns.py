"""The columns of tables that come back, and the choices in the rows of a letter.

Heads are read in both languages whatever language is in use.
"""

from fieldvisit.fieldwork.vocabulary import Term, Vocabulary
from fieldvisit.language import N_

SHEET_COLUMNS = Vocabulary(
    N_("column of the sheet"),
    {
        "tag": Term("整理用", "for sorting"),
        "number": Term("番号", "no."),
        "topic": Term("項目", "topic"),
        "question": Term("質問", "question"),
        "choice": Term("送付・質問", "choice"),
        "answer": Term("回答", "answer"),
        "department": Term("回答課", "section that answers"),
        "kind": Term("種別", "kind"),
        "disclosure": Term("取扱区分", "disclosure"),
        "speaker": Term("発言者", "said by"),
        "state": Term("回答状況", "state"),
    },
)

# Of a comparison; one that goes out with summaries comes back.
MATRIX_COLUMNS = Vocabulary(
    N_("column of the comparison"),
    {
        "tag": Term("整理用", "for sorting"),
        "topic": Term("項目", "topic"),
        "topic_title": Term("項目名", "title of the topic"),
        "question": Term("質問の短い名前", "key of the question"),
        "ask": Term("質問", "question"),
        "city_code": Term("団体コード", "code"),
        "city": Term("自治体", "city"),
        "class": Term("区分", "class"),
        "visits": Term("ヒアリング", "visits"),
        "state": Term("回答状況（固定値）", "state (fixed value)"),
        "state_words": Term("回答状況", "state"),
        "notes": Term("記録事項", "notes"),
        "handles": Term("記録番号", "handles"),
        "summary": Term("要約", "summary"),
        "stale": Term("要見直し", "to be looked at again"),
        "summary_handles": Term("要約の根拠", "notes under the summary"),
    },
)

# Of a letter.
PASSAGE_COLUMNS = Vocabulary(
    N_("column of the passages"),
    {
        "number": Term("番号", "no."),
        "topic": Term("項目・質問", "topic, question"),
        "passage": Term("記録した内容", "passage"),
        "change": Term("修正の有無", "change"),
        "correction": Term("修正案", "correction"),
    },
)
# What stands in these is a person's to change, and is never passed over as our own.
FILLED_IN = frozenset({"passage", "change", "correction"})

# What may be ticked in a row, by the state of the confirmation that it asks for.
CHOICES = Vocabulary(
    N_("choice in a letter"),
    {
        "ok": Term("修正なし", "no change"),
        "corrected": Term("修正あり", "to be changed"),
        "anonymous": Term("市名を伏せれば可", "only without the city's name"),
        "withheld": Term("掲載不可", "not to be published"),
    },
)
# The one box of a letter that agrees to all of its passages.
WHOLE = Vocabulary(
    N_("choice in a letter"), {"ok": Term("全件修正なし", "no change in any of the passages")}
)
BOX = "□"
