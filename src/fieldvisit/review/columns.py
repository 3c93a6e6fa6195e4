"""The columns of sheets in a table (Excel, CSV): what the program calls them, and their heads.

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
        "conflicts": Term("食い違い", "contradictions"),
        "apart": Term("時点の開き", "far apart in time"),
        "asked_as": Term("質問時の文言", "asked as"),
        "summary": Term("要約", "summary"),
        "stale": Term("要見直し", "to be looked at again"),
        "summary_handles": Term("要約の根拠", "notes under the summary"),
    },
)
