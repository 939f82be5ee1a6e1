"""From what testers ticked to the values a verdict counts.

Source of the cut-offs: CSAT counts 4–5 of 5, NPS counts 9–10 minus 0–6, CES counts 5–7 of 7.
"""

from collections.abc import Mapping

import numpy as np

from casework.criteria import Metric
from casework.verdict.evidence import Floats

SATISFIED, PROMOTER, PASSIVE, EASY = 4, 9, 7, 5


def measure(ticked: Mapping[str, Floats]) -> dict[Metric, Floats]:
    """The value of every metric per tester; NaN where the tester gave none.

    `ticked` holds aligned columns by the names of `casework.feedback.Answer` and `polarity`;
    yes/no columns are 1.0 and 0.0; a missing value is NaN.
    """
    recommend = ticked["recommend"]
    nps = (recommend >= PROMOTER).astype(float) - (recommend < PASSIVE)
    return {
        Metric.csat: _share(ticked["csat"], SATISFIED),
        Metric.nps: np.where(np.isnan(recommend), np.nan, nps),
        Metric.ces: _share(ticked["effort"], EASY),
        Metric.keep_playing: ticked["keep_playing"],
        Metric.crash_free: 1.0 - ticked["crashed"],
        Metric.offended: ticked["offended"],
        Metric.sentiment: ticked["polarity"],
    }


def _share(column: Floats, least: int) -> Floats:
    return np.where(np.isnan(column), np.nan, (column >= least).astype(float))
