"""The first schema."""

from fieldvisit.storage.migrating import create, head, numbers, texts

revision = "0001"
down_revision = None


def upgrade() -> None:
    _changes()
    _study()
    _cities()
    _visits()
    _what_hangs_on_a_visit()
    _notes()
    _what_hangs_on_a_note()


def _changes() -> None:
    create(
        "change",
        texts("id", "at", "by", "command", "undone_by", "undoes"),
        unique=("id",),
    )
    create(
        "revision",
        texts("id", "kind", "object", "parents", "change_id", "at", "by", "salt", "body_hash")
        + texts("body", empty=True),
        unique=("id",),
        refers={"change_id": "change.id"},
        index=("change_id", "object"),
    )


def _study() -> None:
    create(
        "study",
        texts("id", "title", "institute", "purpose", "contact")
        + texts("guides", "study_groups", "interviewers")
        + head(deleted=False),
        unique=("id",),
    )
    create("study_group", texts("short", "name") + head(), unique=("short",))
    create(
        "guide_snapshot",
        texts("sha256", "slug", "version", "yaml", "json"),
        unique=("sha256",),
    )


def _cities() -> None:
    create(
        "city",
        texts("code", "prefecture", "prefecture_en", "name", "kana", "romaji")
        + texts("since", "until", "successor_code", empty=True)
        + head(),
        unique=("code",),
    )
    create(
        "city_attribute",
        texts("code", "name") + texts("since", "until", empty=True),
        refers={"code": "city.code"},
        index=("code",),
    )


def _visits() -> None:
    create("person", texts("id", "name"), unique=("id",))
    create(
        "visit",
        texts("id", "handle", "city_code", "first_day", "last_day", "time", "place")
        + texts("mode", "status", "sent", "consent", "contact")
        + head(),
        unique=("handle", "id"),
        refers={"city_code": "city.code"},
        index=("city_code",),
    )
    create(
        "person_at_visit",
        texts("visit_id", "person_id", "side", "department", "position"),
        refers={"person_id": "person.id", "visit_id": "visit.id"},
        index=("visit_id",),
    )


def _what_hangs_on_a_visit() -> None:
    create(
        "visit_group",
        texts("visit_id", "short"),
        refers={"short": "study_group.short", "visit_id": "visit.id"},
        index=("visit_id",),
    )
    create(
        "visit_guide",
        texts("visit_id", "slug", "sha256"),
        refers={"visit_id": "visit.id"},
        index=("visit_id",),
    )
    create(
        "visit_question",
        texts("visit_id", "topic", "question", "choice", "text"),
        refers={"visit_id": "visit.id"},
        index=("visit_id",),
    )
    create(
        "mark",
        texts("visit_id", "topic", "question", "state", "reason", "due", "by") + head(),
        unique=(("visit_id", "topic", "question"),),
        refers={"visit_id": "visit.id"},
    )
    create(
        "material",
        texts("visit_id")
        + numbers("label")
        + texts("title", "pages", "received_on", "disclosure", "file", "named", "sha256", "by")
        + head(),
        unique=(("visit_id", "label"),),
        refers={"visit_id": "visit.id"},
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
        unique=("handle", "id"),
        refers={"city_code": "city.code", "said_by": "person.id", "visit_id": "visit.id"},
        index=("city_code", "visit_id"),
    )


def _what_hangs_on_a_note() -> None:
    create(
        "note_group",
        texts("note_id", "short"),
        refers={"note_id": "note.id", "short": "study_group.short"},
        index=("note_id",),
    )
    create(
        "note_place",
        texts("note_id", "topic") + texts("question", empty=True),
        refers={"note_id": "note.id"},
        index=("note_id",),
    )
    create("note_tag", texts("note_id", "tag"), refers={"note_id": "note.id"}, index=("note_id",))
