"""Cities, and what they are from one day to another."""

from sqlmodel import Field, SQLModel

from fieldvisit.storage.tables.columns import text_column


class CityRow(SQLModel, table=True):
    """A city, copied from the shipped list at first use or added by hand."""

    __tablename__ = "city"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = text_column(unique=True)
    prefecture: str = text_column()
    prefecture_en: str = text_column(default="")
    name: str = text_column()
    kana: str = text_column(default="")
    romaji: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)
    successor_code: str | None = text_column(default=None)
    deleted: int = 0
    revision: str = text_column(default="")
    number: int = 0


class CityAttributeRow(SQLModel, table=True):
    """A class or attribute of a city, from one day to another."""

    __tablename__ = "city_attribute"
    seq: int | None = Field(default=None, primary_key=True)
    code: str = text_column(foreign_key="city.code", index=True)
    name: str = text_column()
    since: str | None = text_column(default=None)
    until: str | None = text_column(default=None)
