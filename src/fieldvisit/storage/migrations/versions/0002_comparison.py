"""Summaries, facts of cities, confirmations, contradictions, and names for anonymised outputs."""

from fieldvisit.storage.migrating import create, head, numbers, texts

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
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
        ("id",),
    )
    create(
        "summary_note",
        texts("summary_id", "note_id", "note_revision", "disclosure") + numbers("rests", "here"),
        index=("note_id", "summary_id"),
    )
    fact = texts("id", "city_code", "key", "value", "as_of", "source", "by")
    create("city_fact", fact + head(), ("id",))
    create(
        "confirmation",
        texts("note_id", "visit_id", "state", "note_revision", "department", "sent_on", "due")
        + texts("answered_on", "who", "comment", "by")
        + head(),
        ("note_id",),
    )
    create("note_conflict", texts("id", "first", "second", "why", "by") + head(), ("id",))
    create("name_alias", texts("id", "kind", "name", "stands_for", "by") + head(), ("id",))
    drawn = (("kind", "subject"), ("label", "kind"))
    create("pseudonym", texts("kind", "subject", "label"), drawn)
