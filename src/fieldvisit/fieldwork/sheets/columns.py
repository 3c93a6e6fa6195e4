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

# Of a comparison that goes out with summaries and comes back.
MATRIX_COLUMNS = Vocabulary(
    N_("column of the comparison"),
    {
        "tag": Term("整理用", "for sorting"),
        "summary": Term("要約", "summary"),
    },
)
