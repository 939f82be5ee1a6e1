"""A studio's own files made into customers, interactions and feedback; the rest is set aside."""

from casework.imports.columns import Columns, guess_columns, require_columns
from casework.imports.customers import read_customers
from casework.imports.dates import DateOrder
from casework.imports.feedback import read_feedback
from casework.imports.fields import (
    CONTENT,
    LABELS,
    REQUIRED,
    CustomerField,
    FeedbackField,
    Field,
    ImportKind,
    InteractionField,
    PanelField,
    fields_of,
)
from casework.imports.formats import Export, FeedbackFormat, open_feedback
from casework.imports.interactions import read_interactions
from casework.imports.panel import read_panel
from casework.imports.read import Read, Rejected

__all__ = [
    "CONTENT",
    "LABELS",
    "REQUIRED",
    "Columns",
    "CustomerField",
    "DateOrder",
    "Export",
    "FeedbackField",
    "FeedbackFormat",
    "Field",
    "ImportKind",
    "InteractionField",
    "PanelField",
    "Read",
    "Rejected",
    "fields_of",
    "guess_columns",
    "open_feedback",
    "read_customers",
    "read_feedback",
    "read_interactions",
    "read_panel",
    "require_columns",
]
