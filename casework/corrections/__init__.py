"""What people say about how texts were read: corrections, blind labels, and words of their own."""

from casework.corrections.correction import (
    HUMAN_LABELS,
    HUMAN_VALUE,
    Correction,
    Judgement,
    Spoken,
    offence_in_force,
    polarity_in_force,
)
from casework.corrections.effect import Effect, Judged, effect
from casework.corrections.error_rate import (
    ENOUGH,
    Confusion,
    ErrorRate,
    Labelled,
    confusion,
    error_rate,
    is_error,
)
from casework.corrections.own_terms import OwnTerm, OwnTerms, read_by
from casework.corrections.proposals import Proposal, propose
from casework.corrections.sampling import SAMPLE_SIZE, Candidate, Sample, Sampled, draw_sample

__all__ = [
    "ENOUGH",
    "HUMAN_LABELS",
    "HUMAN_VALUE",
    "SAMPLE_SIZE",
    "Candidate",
    "Confusion",
    "Correction",
    "Effect",
    "ErrorRate",
    "Judged",
    "Judgement",
    "Labelled",
    "OwnTerm",
    "OwnTerms",
    "Proposal",
    "Sample",
    "Sampled",
    "Spoken",
    "confusion",
    "draw_sample",
    "effect",
    "error_rate",
    "is_error",
    "offence_in_force",
    "polarity_in_force",
    "propose",
    "read_by",
]
