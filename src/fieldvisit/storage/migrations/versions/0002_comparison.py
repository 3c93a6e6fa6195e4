"""Summaries, facts of cities, confirmations, contradictions, and names for anonymised outputs."""

from fieldvisit.storage.migrating import create, head, numbers, texts

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _matrix()
    _agreements()
    _names()


def _matrix() -> None:
    create(
        "summary",
        texts("id")
        + texts("city_code", empty=True)
        + texts("topic")
        + texts("question", empty=True)
        + texts("body", "disclosure", "by")
        + numbers("deleted")
        + texts("created_at", "updated_at", "revision")
        + numbers("number"),
        unique=("id",),
        refers={"city_code": "city.code"},
    )
    create(
        "summary_note",
        texts("summary_id", "note_id", "note_revision", "disclosure") + numbers("rests", "here"),
        refers={"note_id": "note.id", "summary_id": "summary.id"},
        index=("note_id", "summary_id"),
    )
    create(
        "city_fact",
        texts("id", "city_code", "key", "value", "as_of", "source", "by") + head(),
        unique=("id",),
        refers={"city_code": "city.code"},
    )


def _agreements() -> None:
    create(
        "confirmation",
        texts("note_id", "visit_id", "state", "note_revision", "department", "sent_on", "due")
        + texts("answered_on", "who", "comment", "by")
        + head(),
        unique=("note_id",),
        refers={"note_id": "note.id", "visit_id": "visit.id"},
    )
    create(
        "note_conflict",
        texts("id", "first", "second", "why", "by") + head(),
        unique=("id",),
        refers={"first": "note.id", "second": "note.id"},
    )


def _names() -> None:
    create(
        "name_alias",
        texts("id", "kind", "name", "stands_for", "by") + head(),
        unique=("id",),
    )
    create(
        "pseudonym",
        texts("kind", "subject", "label"),
        unique=(("kind", "subject"), ("label", "kind")),
    )
