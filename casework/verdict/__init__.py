"""The verdict: may this build be launched, by registered criteria and counted answers?"""

from casework.verdict.boundary import cutoffs
from casework.verdict.combine import decide
from casework.verdict.evidence import Evidence, Sample, sample_of
from casework.verdict.outcome import (
    BaseCheck,
    CriterionResult,
    Crossed,
    Export,
    Gate,
    Outcome,
    Reason,
    Verdict,
    as_export,
    as_json,
    undigested,
)
from casework.verdict.path import Path, evidence_path, naive_says_go
from casework.verdict.planner import (
    answers_for_mean,
    answers_for_share,
    chance_of_go,
    chances_of_go,
)
from casework.verdict.sentences import standing

__all__ = [
    "BaseCheck",
    "CriterionResult",
    "Crossed",
    "Evidence",
    "Export",
    "Gate",
    "Outcome",
    "Path",
    "Reason",
    "Sample",
    "Verdict",
    "answers_for_mean",
    "answers_for_share",
    "as_export",
    "as_json",
    "chance_of_go",
    "chances_of_go",
    "cutoffs",
    "decide",
    "evidence_path",
    "naive_says_go",
    "sample_of",
    "standing",
    "undigested",
]
