"""BoomerGames' second attempt at Santa Run: what the demonstration sets, never what comes of it.

Days count from the day the demonstration is loaded; negative ones lie in the past.
"""

from datetime import datetime, timedelta

from casework.criteria import LaunchCriteria, Profile, profile_criteria
from casework.roles import CASE_STUDY
from casework.world.people import World
from casework.world.reactions import Version

SEED = 7
FIRST_BUILD = Version("0.9.0", caught=True, difficulty=0.80, crash_rate=0.25)
"""What one night over pizza made: Santa is caught, and it is as hard as its makers like it."""
FIXED_CRASH_RATE = 0.02
FIRST_ANSWERS, SECOND_ANSWERS = 95, 150
FIRST_INVITED, SECOND_INVITED = 560, 1_000
GROUP_SEATS = 8

IMPORTED, GROUP_OPENED, GROUP_MET, GROUP_CLOSED = -72, -70, -60, -58
FIRST_ADDED, FIRST_BETA, FIRST_CLOSES = -50, -48, -34
SECOND_ADDED, SECOND_BETA, SECOND_CLOSES, SECOND_BETA_ENDS = -20, -18, -3, 12
RELEASE = 45
FIX_WEEKS, STORE_REVIEW_DAYS, PLAYERS = 2, 7, 100_000
EXPOSURE_DAYS = 7


def second_build(people: World, seats: list[int]) -> Version:
    """The scene changed, the crashes fixed, and as hard as this focus group asked for."""
    asked_for = float(people.preferred[seats].mean())
    return Version("0.9.1", caught=False, difficulty=asked_for, crash_rate=FIXED_CRASH_RATE)


def criteria_of(
    build: str, answers: int, *, closes_at: datetime, loyalty: str, scorer: str
) -> LaunchCriteria:
    """The staged profile as it stands, for one build."""
    return LaunchCriteria(
        study=CASE_STUDY,
        build=build,
        profile=Profile.staged,
        answers=answers,
        closes_at=closes_at,
        criteria=profile_criteria(Profile.staged, answers),
        loyalty_policy=loyalty,
        exposure_days=EXPOSURE_DAYS,
        scorer_version=scorer,
    )


def day(now: datetime, offset: float) -> datetime:
    """This many days after loading."""
    return now + timedelta(days=offset)
