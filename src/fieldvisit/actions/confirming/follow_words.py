"""After an undo a note may say again what its city saw: what the city said holds for it again."""

from collections.abc import Iterable

from msgspec.structs import replace

from fieldvisit.fieldwork.confirming.seen import says_as_seen
from fieldvisit.storage import gate, records
from fieldvisit.storage.writing import Ledger
from fieldvisit.study.view import StudyView


def follow_words(view: StudyView, ledger: Ledger, note_ids: Iterable[str]) -> None:
    """Let confirmations of these notes name the revision that stands, if it says the same.

    A confirmation is kept under the id of its note, so that the objects of a change serve as ids.
    """
    for note_id in sorted(note_ids):
        note = gate.note(view.connection, "all", note_id)
        asked = gate.confirmation(view.connection, "all", note_id)
        if note is None or asked is None or asked.note_revision == note.revision:
            continue
        if says_as_seen(note, gate.note_at(view.connection, note_id, asked.note_revision)):
            records.save(ledger, replace(asked, note_revision=note.revision))
