"""The suggested answers of the case, with a student's work laid beside them; no grade."""

from casework.case.exercise import Exercise, Guess, Method, Prediction, Share
from casework.record import Line, Prose, Record


class Suggestion(Record):
    """One activity the course suggests, why the case calls for it, and the facts it rests on."""

    method: Method
    text: Prose
    why: Prose
    facts: tuple[str, ...]


SUGGESTIONS: tuple[Suggestion, ...] = (
    Suggestion(
        method=Method.FOCUS_GROUP,
        text="Bring 5 to 10 loyal customers together. Hear what they think of the games being "
        "considered, and let them give the developers ideas of their own.",
        why="The people who love Clash of Armies are those the catching scene hurt. Around a table "
        "they could have said so before a line was written, and ideas need no longer come from "
        "the team's dinners alone.",
        facts=("F5", "F8", "F12", "F14"),
    ),
    Suggestion(
        method=Method.BETA,
        text="Give a beta version to customers and collect their feedback before the official "
        "release.",
        why="Santa Run met its first players in the app store, and they hated it. In a beta the "
        "same shock arrives while the scene can still be changed.",
        facts=("F9", "F10", "F11"),
    ),
    Suggestion(
        method=Method.MARKET_RESEARCH,
        text="Study the market: which video games people prefer, and what the holiday season "
        "means to them.",
        why="The first hit suited customers by accident, and the second went against what "
        "Christmas is to them. Research puts knowledge where luck was.",
        facts=("F4", "F5", "F7", "F13"),
    ),
)

UNLISTED = (
    "These are suggestions. An idea that is not among them is worth the same when it is tied to "
    "facts of the case."
)


class SuggestionSeen(Record):
    """A suggested activity and whether the student planned it too."""

    suggestion: Suggestion
    planned: bool


class ShareCompared(Record):
    """A share as predicted and as observed; None stands for what is not known."""

    of: Line
    predicted: Share | None
    observed: Share | None

    @property
    def points_off(self) -> int | None:
        """Percentage points, rounded as shown, by which the observed share lies above."""
        if self.predicted is None or self.observed is None:
            return None
        return round(100 * self.observed) - round(100 * self.predicted)


class Comparison(Record):
    """The student's work beside the suggestions and the Santa Run study.

    `outcome` is the verdict of the study in its own words, for instance "NO-GO".
    """

    suggestions: tuple[SuggestionSeen, ...]
    own_ideas: tuple[str, ...]
    note: Prose = UNLISTED
    shares: tuple[ShareCompared, ...]
    guess: Guess | None
    outcome: Line

    @property
    def guessed_right(self) -> bool:
        """Whether the predicted verdict is the one the study reached."""
        return self.guess is not None and self.guess.value == self.outcome


def compare(
    exercise: Exercise,
    *,
    share_offended: float | None,
    share_satisfied: float | None,
    outcome: str,
) -> Comparison:
    """Lay the work beside the suggestions and the observed shares, in [0, 1] or unknown."""
    seen = tuple(
        SuggestionSeen(
            suggestion=each,
            planned=any(activity.is_a(each.method) for activity in exercise.activities),
        )
        for each in SUGGESTIONS
    )
    return Comparison(
        suggestions=seen,
        own_ideas=_own_ideas(exercise),
        shares=_shares(exercise.prediction, share_offended, share_satisfied),
        guess=exercise.prediction.outcome if exercise.prediction else None,
        outcome=outcome,
    )


def _own_ideas(exercise: Exercise) -> tuple[str, ...]:
    return tuple(
        activity.name
        for activity in exercise.activities
        if not any(activity.is_a(each.method) for each in SUGGESTIONS)
    )


def _shares(
    prediction: Prediction | None, offended: float | None, satisfied: float | None
) -> tuple[ShareCompared, ...]:
    return (
        ShareCompared(
            of="offended by something",
            predicted=prediction.share_offended if prediction else None,
            observed=offended,
        ),
        ShareCompared(
            of="satisfied (4 or 5 of 5)",
            predicted=prediction.share_satisfied if prediction else None,
            observed=satisfied,
        ),
    )
