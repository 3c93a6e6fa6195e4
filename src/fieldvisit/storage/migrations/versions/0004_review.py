"""What came back and waits for a decision; the sitting of a change; attribution and replacement."""

from alembic import op

from fieldvisit.storage.migrating import add, create, head, numbers, texts

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    add("change", texts("sitting"))
    add("confirmation", numbers("letter_number"))
    add("note", texts("attribution", "replaces", "item", "edited_on"))
    op.create_index("ix_note_replaces", "note", ["replaces"])
    add("visit", texts("attribution"))
    create(
        "item",
        [
            *texts("id", "type", "path", "sha256", "file", "unit"),
            *numbers("at"),
            *texts("part", "text", "visit_id", "city_code", "slot", "target", "shown"),
            *texts("topic", "question", empty=True),
            *texts("kind", "disclosure", "said_by", "department", "mark", "due", "choice"),
            *texts("who", "on_day", "mode"),
            *numbers("material"),
            *texts("page", "section", "advice", "reasons", "state", "stored", "by"),
            *head(),
        ],
        unique=("id",),
        index=("sha256", "visit_id"),
    )
    op.create_index("ix_item_target", "item", ["target", "state"])
