"""What the columns of every table have in common: their types and the names of constraints."""

from functools import partial

from sqlalchemy import MetaData, Text
from sqlmodel import Field, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLModel would make VARCHAR of str.
text_column = partial(Field, sa_type=Text)
