"""The schema. Columns are TEXT and INTEGER only, so that a row reads the same through both doors.

Tables that hold how things stand carry ``revision`` and ``number`` of their last revision.
Rows never leave the storage folder: the program speaks the value classes of ``fieldwork``.
"""

from fieldvisit.storage.tables.agreements import ConfirmationRow, NoteConflictRow
from fieldvisit.storage.tables.changes import ChangeRow, RevisionRow
from fieldvisit.storage.tables.cities import CityAttributeRow, CityRow
from fieldvisit.storage.tables.matrix import CityFactRow, SummaryNoteRow, SummaryRow
from fieldvisit.storage.tables.names import NameAliasRow, PseudonymRow
from fieldvisit.storage.tables.notes import NoteGroupRow, NotePlaceRow, NoteRow, NoteTagRow
from fieldvisit.storage.tables.study import GuideSnapshotRow, StudyGroupRow, StudyRow
from fieldvisit.storage.tables.visits import (
    MarkRow,
    MaterialRow,
    PersonAtVisitRow,
    PersonRow,
    VisitGroupRow,
    VisitGuideRow,
    VisitQuestionRow,
    VisitRow,
)

__all__ = [
    "ChangeRow",
    "CityAttributeRow",
    "CityFactRow",
    "CityRow",
    "ConfirmationRow",
    "GuideSnapshotRow",
    "MarkRow",
    "MaterialRow",
    "NameAliasRow",
    "NoteConflictRow",
    "NoteGroupRow",
    "NotePlaceRow",
    "NoteRow",
    "NoteTagRow",
    "PersonAtVisitRow",
    "PersonRow",
    "PseudonymRow",
    "RevisionRow",
    "StudyGroupRow",
    "StudyRow",
    "SummaryNoteRow",
    "SummaryRow",
    "VisitGroupRow",
    "VisitGuideRow",
    "VisitQuestionRow",
    "VisitRow",
]
