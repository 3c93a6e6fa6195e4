"""Indexes for what is asked: notes under a topic, revisions of an object, conflicts of a note."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_note_place_topic", "note_place", ["topic", "question"])
    op.create_index("ix_revision_kind", "revision", ["kind", "object"])
    op.drop_index("ix_revision_object", "revision")
    for column in ("first", "second"):
        op.create_index(f"ix_note_conflict_{column}", "note_conflict", [column])
