"""The key of each anonymised output, in place of letters that were drawn once for all."""

from alembic import op

from fieldvisit.storage.migrating import create, texts

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    create("anonymised_output", texts("at", "by", "lines", "names"))
    op.drop_table("pseudonym")
