"""What a study can measure about a build, and who it is measured on."""

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """On which side of its threshold a metric has to lie."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Segment(StrEnum):
    """Whose answers a criterion counts."""

    everyone = "everyone"
    loyal = "loyal"


class Metric(StrEnum):
    """A measured quality of a build; the unit is always the participant."""

    csat = "csat"
    nps = "nps"
    ces = "ces"
    keep_playing = "keep_playing"
    crash_free = "crash_free"
    offended = "offended"
    sentiment = "sentiment"

    @property
    def direction(self) -> Direction:
        """The good side of the threshold."""
        return Direction.AT_MOST if self is Metric.offended else Direction.AT_LEAST

    @property
    def is_share(self) -> bool:
        """Whether it counts yes/no answers; the others are means over participants."""
        return self not in (Metric.nps, Metric.sentiment)

    @property
    def title(self) -> str:  # type: ignore[override]  # the word of the business outranks str.title()
        """Its name on a page."""
        return _FACTS[self].title

    @property
    def denominator(self) -> str:
        """Who is counted, in plain words."""
        return _FACTS[self].denominator

    @property
    def event(self) -> str:
        """What the counted testers did or said, to follow "31 of 95 testers"."""
        return _FACTS[self].event

    @property
    def urgency(self) -> int:
        """Its place in a list of reasons: values, crashes, satisfaction, then the rest."""
        return _BY_URGENCY.index(self)


@dataclass(frozen=True)
class _Facts:
    title: str
    denominator: str
    event: str


_FACTS = {
    Metric.csat: _Facts(
        "Satisfaction",
        "testers who answered the satisfaction question",
        "were satisfied (4 or 5 of 5)",
    ),
    Metric.nps: _Facts(
        "Net promoter score",
        "testers who said how likely they are to recommend it",
        "promoters minus detractors",
    ),
    Metric.ces: _Facts(
        "Ease",
        "testers who answered the effort question",
        "found it easy (5 or more of 7)",
    ),
    Metric.keep_playing: _Facts(
        "Would keep playing",
        "testers who said whether they would keep playing",
        "would keep playing",
    ),
    Metric.crash_free: _Facts(
        "Free of crashes",
        "testers who said whether it crashed",
        "had no crash",
    ),
    Metric.offended: _Facts(
        "Upset or offended",
        "testers who answered whether anything upset or offended them",
        "said that something upset or offended them or their family",
    ),
    Metric.sentiment: _Facts(
        "Tone of the feedback",
        "testers who wrote feedback",
        "mean tone between −1 and 1",
    ),
}

_BY_URGENCY = (
    Metric.offended,
    Metric.crash_free,
    Metric.csat,
    Metric.nps,
    Metric.ces,
    Metric.keep_playing,
    Metric.sentiment,
)
