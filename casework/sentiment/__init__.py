"""Hearing the customer: how a text feels, which words say so, and whether something offended."""

from casework.sentiment.exact import textblob_exact
from casework.sentiment.reading import Contribution, Label, Reading
from casework.sentiment.scorer import SCORER_VERSION, read, read_many, score

__all__ = [
    "SCORER_VERSION",
    "Contribution",
    "Label",
    "Reading",
    "read",
    "read_many",
    "score",
    "textblob_exact",
]
