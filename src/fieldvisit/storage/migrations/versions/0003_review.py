"""What came back and waits for a decision, keys of anonymised outputs, indexes for narrow reads."""

from alembic import op

from fieldvisit.storage.migrating import add, create, head, numbers, texts

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    add("study", numbers("deleted"))
    add("change", texts("sitting"))
    add("confirmation", numbers("letter_number"))
    add("note", texts("attribution", "replaces", "item", "edited_on"))
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
        ("id",),
        ("sha256", "visit_id"),
        refers=False,
    )
    create("anonymised_output", texts("at", "by", "lines", "names"))
    op.drop_table("pseudonym")
    op.drop_index("ix_revision_object", "revision")
    for name, table, columns in (
        ("item_target", "item", ["target", "state"]),
        ("note_place_topic", "note_place", ["topic", "question"]),
        ("note_replaces", "note", ["replaces"]),
        ("note_conflict_first", "note_conflict", ["first"]),
        ("note_conflict_second", "note_conflict", ["second"]),
        ("revision_kind", "revision", ["kind", "object"]),
    ):
        op.create_index(f"ix_{name}", table, columns)
