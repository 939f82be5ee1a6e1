"""How a record of the business becomes a row.

`class FeedbackRow(Feedback, Table, table=True)` is at once the record and its row. `Table` sees to
two things that SQLModel leaves out: enums are stored as plain text (native PostgreSQL enums break
later migrations) and structured fields as JSON that comes back as what it was.
"""

import json
from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

import sqlalchemy as sa
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig
from sqlmodel.main import FieldInfo as SQLModelFieldInfo
from sqlmodel.main import FieldInfoMetadata

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)


class Structured(sa.types.TypeDecorator[object]):
    """A list, tuple, mapping or nested record, kept as JSON and read back as its own type."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, annotation: object) -> None:
        super().__init__()
        self.annotation = annotation
        self._adapter: TypeAdapter[Any] = TypeAdapter(cast(Any, annotation))

    def process_bind_param(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002
        """To what JSON can hold."""
        return None if value is None else json.loads(self._adapter.dump_json(value))

    def process_result_value(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002
        """Back to the annotated type."""
        return None if value is None else self._adapter.validate_python(value)


def _bare(annotation: object) -> object:
    """The annotation without Annotated and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        return _bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _is_structured(kind: object) -> bool:
    if get_origin(kind) in (list, tuple, dict, set, frozenset, Mapping, Union, UnionType, Literal):
        return True
    return isinstance(kind, type) and issubclass(kind, BaseModel | list | tuple | dict)


def _column_type(kind: object) -> sa.types.TypeEngine[Any] | None:
    """The column type SQLModel would get wrong; None where its own choice is right."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return sa.Enum(
            kind, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e]
        )
    if kind is int:
        return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return None


class Table(SQLModel, registry=registry(metadata=metadata)):
    """A row with an identity; its own registry survives a re-import in development."""

    model_config = SQLModelConfig(frozen=False, extra="forbid")

    id: int | None = Field(default=None, primary_key=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Give every field of the record its column type before the table is built."""
        super().__pydantic_init_subclass__(**kwargs)
        for field in cls.model_fields.values():
            cls._set_type(field)

    @staticmethod
    def _set_type(field: FieldInfo) -> None:
        kind = _bare(field.annotation)
        chosen = Structured(field.annotation) if _is_structured(kind) else _column_type(kind)
        if chosen is not None:
            if isinstance(field, SQLModelFieldInfo):
                field.sa_type = chosen
            else:
                field.metadata = [*field.metadata, FieldInfoMetadata(sa_type=chosen)]


def change(row: Table, **values: object) -> None:
    """Set columns of a row after checking the whole record anew. Raises: ValidationError."""
    checked = type(row).model_validate(row.model_dump() | values)
    for name in values:
        setattr(row, name, getattr(checked, name))
