"""Exercises that the tests of the case start from."""

from casework.case.exercise import (
    Decision,
    Exercise,
    Guess,
    Method,
    PlannedActivity,
    Prediction,
    Recommendation,
)

GROUP = PlannedActivity(
    method=Method.FOCUS_GROUP,
    who="Loyal Clash of Armies players",
    how_many=8,
    weeks_before_release=10,
    learns="Does any scene hurt what they hold dear?",
    facts=("F12", "F13"),
    because="The loyal players were the ones who felt hurt.",
    rule="If two of eight object to a scene, then we remove it.",
)
BETA = PlannedActivity(
    method=Method.BETA,
    who="Players who have never heard of the game",
    how_many=120,
    weeks_before_release=4.5,
    learns="Would they keep playing?",
    facts=("F11",),
    because="The first reaction came when it was too late.",
    rule="We launch only if at least 80% are satisfied.",
)
WHOLE = Exercise(
    facts=("F5", "F12"),
    activities=(GROUP, BETA),
    prediction=Prediction(share_offended=0.2, share_satisfied=0.7, outcome=Guess.HOLD),
    recommendation=Recommendation(
        decision=Decision.FIX_AND_RETEST,
        reason="Two families were hurt.",
        cited=(4, 7),
        change="Santa escapes.",
    ),
    submitted=True,
)
