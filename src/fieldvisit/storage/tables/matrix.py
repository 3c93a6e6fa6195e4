"""What is written about the cells of a comparison: summaries, and facts of the cities."""

from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class SummaryRow(SQLModel, table=True):
    """A summary; no city = across the cities. Read only through ``gate``."""

    __tablename__ = "summary"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    city_code: str | None = text_column(default=None, foreign_key="city.code")
    topic: str = text_column()
    question: str | None = text_column(default=None)
    body: str = text_column()
    disclosure: str = text_column()
    by: str = text_column()
    deleted: int = 0
    created_at: str = text_column()
    updated_at: str = text_column()
    revision: str = text_column(default="")
    number: int = 0


class SummaryNoteRow(SQLModel, table=True):
    """A note that the author of a summary had before the eyes, as it then stood."""

    __tablename__ = "summary_note"
    seq: int | None = Field(default=None, primary_key=True)
    summary_id: str = text_column(foreign_key="summary.id", index=True)
    note_id: str = text_column(foreign_key="note.id", index=True)
    note_revision: str = text_column()
    disclosure: str = text_column()
    rests: int = 1
    here: int = 1


class CityFactRow(SQLModel, table=True):
    """A fact of a city as it was published."""

    __tablename__ = "city_fact"
    seq: int | None = Field(default=None, primary_key=True)
    id: str = text_column(unique=True)
    city_code: str = text_column(foreign_key="city.code")
    key: str = text_column()
    value: str = text_column()
    as_of: str = text_column()
    source: str = text_column()
    by: str = text_column(default="")
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0
