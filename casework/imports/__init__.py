"""A studio's own files made into customers and interactions; what cannot be used is set aside."""

from casework.imports.columns import (
    LABELS,
    REQUIRED,
    Columns,
    CustomerField,
    Field,
    ImportKind,
    InteractionField,
    fields_of,
    guess_columns,
    require_columns,
)
from casework.imports.customers import read_customers
from casework.imports.dates import DateOrder
from casework.imports.interactions import read_interactions
from casework.imports.read import Read, Rejected

__all__ = [
    "LABELS",
    "REQUIRED",
    "Columns",
    "CustomerField",
    "DateOrder",
    "Field",
    "ImportKind",
    "InteractionField",
    "Read",
    "Rejected",
    "fields_of",
    "guess_columns",
    "read_customers",
    "read_interactions",
    "require_columns",
]
