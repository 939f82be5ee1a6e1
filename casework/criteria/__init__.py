"""Launch criteria: metrics, thresholds and profiles, registered before the first answer."""

from casework.criteria.base import Cell, Margin
from casework.criteria.launch import (
    Criterion,
    LaunchCriteria,
    Profile,
    Registration,
    canonical,
    digest,
    read,
)
from casework.criteria.metrics import Direction, Metric, Segment
from casework.criteria.profiles import Reach, profile_criteria, profiles_within, scope_of
from casework.criteria.words import (
    figure,
    in_plain_words,
    least_answers,
    percent,
    smallest_go_answers,
    warnings,
)

__all__ = [
    "Cell",
    "Criterion",
    "Direction",
    "LaunchCriteria",
    "Margin",
    "Metric",
    "Profile",
    "Reach",
    "Registration",
    "Segment",
    "canonical",
    "digest",
    "figure",
    "in_plain_words",
    "least_answers",
    "percent",
    "profile_criteria",
    "profiles_within",
    "read",
    "scope_of",
    "smallest_go_answers",
    "warnings",
]
