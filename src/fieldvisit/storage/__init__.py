"""The database: one SQLite file. Nothing outside this folder knows sqlmodel, alembic or SQL."""
