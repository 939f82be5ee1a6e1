"""Hearing the customer: how a text feels, which words say so, and whether something offended."""

from casework.sentiment.exact import textblob_exact
from casework.sentiment.lexicon import TABLE, extended
from casework.sentiment.reading import Contribution, Label, Reading
from casework.sentiment.scorer import SCORER_VERSION, read, read_many, score
from casework.sentiment.table import Table

__all__ = [
    "SCORER_VERSION",
    "TABLE",
    "Contribution",
    "Label",
    "Reading",
    "Table",
    "extended",
    "read",
    "read_many",
    "score",
    "textblob_exact",
]
