"""Run by Alembic: migrates over the connection that `creation` hands in, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

from fieldvisit.storage import tables  # noqa: F401 - declares the models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
    transactional_ddl=True,  # Alembic takes SQLite for a database that cannot roll back DDL
)
with context.begin_transaction():
    context.run_migrations()
