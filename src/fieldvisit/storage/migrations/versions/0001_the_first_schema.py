"""The first schema."""

from fieldvisit.storage.migrating import create, head, numbers, texts

revision = "0001"
down_revision = None


def upgrade() -> None:
    _study()
    _visits()
    _notes()


def _study() -> None:
    create("change", texts("id", "at", "by", "command", "undone_by", "undoes"), ("id",))
    create(
        "revision",
        texts("id", "kind", "object", "parents", "change_id", "at", "by", "salt", "body_hash")
        + texts("body", empty=True),
        ("id",),
        ("change_id", "object"),
    )
    create(
        "study",
        texts("id", "title", "institute", "purpose", "contact", "guides", "study_groups")
        + texts("interviewers")
        + head(deleted=False),
        ("id",),
    )
    create("study_group", texts("short", "name") + head(), ("short",))
    create("guide_snapshot", texts("sha256", "slug", "version", "yaml", "json"), ("sha256",))
    create(
        "city",
        texts("code", "prefecture", "prefecture_en", "name", "kana", "romaji")
        + texts("since", "until", "successor_code", empty=True)
        + head(),
        ("code",),
    )
    dated = texts("code", "name") + texts("since", "until", empty=True)
    create("city_attribute", dated, index=("code",))


def _visits() -> None:
    create("person", texts("id", "name"), ("id",))
    create(
        "visit",
        texts("id", "handle", "city_code", "first_day", "last_day", "time", "place", "mode")
        + texts("status", "sent", "consent", "contact")
        + head(),
        ("handle", "id"),
        ("city_code",),
    )
    for table, columns in (
        ("person_at_visit", texts("visit_id", "person_id", "side", "department", "position")),
        ("visit_group", texts("visit_id", "short")),
        ("visit_guide", texts("visit_id", "slug", "sha256")),
        ("visit_question", texts("visit_id", "topic", "question", "choice", "text")),
    ):
        create(table, columns, index=("visit_id",))
    create(
        "mark",
        texts("visit_id", "topic", "question", "state", "reason", "due", "by") + head(),
        (("visit_id", "topic", "question"),),
    )
    create(
        "material",
        texts("visit_id")
        + numbers("label")
        + texts("title", "pages", "received_on", "disclosure", "file", "named", "sha256", "by")
        + head(),
        (("visit_id", "label"),),
    )


def _notes() -> None:
    create(
        "note",
        texts("id", "handle", "city_code")
        + texts("visit_id", empty=True)
        + texts("kind", "body", "disclosure", "by")
        + texts("said_by", empty=True)
        + texts("as_of", "source_title", "source_url", "source_date", "mode", "on_day")
        + numbers("material")
        + texts("page")
        + numbers("deleted")
        + texts("created_at", "updated_at")
        + head(deleted=False),
        ("handle", "id"),
        ("city_code", "visit_id"),
    )
    create("note_group", texts("note_id", "short"), index=("note_id",))
    filed = texts("note_id", "topic") + texts("question", empty=True)
    create("note_place", filed, index=("note_id",))
    create("note_tag", texts("note_id", "tag"), index=("note_id",))
