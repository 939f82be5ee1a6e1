"""The numbers of the world itself, as the demonstration and the replay share them."""

from casework.replay.assumptions import SEASON, Parameter, Source
from casework.world import Crowd, people, reactions, turnout


def _number(name: str, value: float, unit: str, ends: tuple[float, float], why: str) -> Parameter:
    return Parameter(
        name=name,
        value=value,
        unit=unit,
        low=ends[0],
        high=ends[1],
        source=Source.TEACHING,
        why=why,
    )


_SHARE = (0.0, 1.0)
_OF_CROWDS = tuple(
    each
    for crowd in Crowd
    for each in (
        _number(
            f"{crowd.label}: people",
            people.SIZES[crowd],
            "people",
            (1, 100_000),
            "The case names no number of players.",
        ),
        _number(
            f"{crowd.label}: hurt if Santa is caught",
            float(people.OFFENDED_IF_CAUGHT[crowd]),
            "share",
            _SHARE,
            "Some of the most loyal were offended (F12); how many is assumed.",
        ),
        _number(
            f"{crowd.label}: preferred difficulty",
            float(people.PREFERRED_DIFFICULTY[crowd]),
            "0 to 1",
            _SHARE,
            "Fans of a war game like it harder than holiday players.",
        ),
        _number(
            f"{crowd.label}: candour in a group",
            float(people.GROUP_CANDOUR[crowd]),
            "share",
            _SHARE,
            "Who is hurt says so; the more loyal, the more polite.",
        ),
    )
)
_IN_SEASON = tuple(
    _number(
        f"season: week {week}",
        part,
        "part of the sum",
        _SHARE,
        "Who looks for a holiday game in this week; the last is the tail after Christmas.",
    )
    for week, part in enumerate(SEASON, start=1)
)
_BEFORE_CHRISTMAS = Parameter(
    name="season: weeks before Christmas",
    value=len(SEASON) - 1,
    unit="weeks",
    low=1,
    high=8,
    source=Source.CASE,
    why="The game was released a month before Christmas (F10).",
)
WORLD_PARAMETERS: tuple[Parameter, ...] = (
    _BEFORE_CHRISTMAS,
    *_IN_SEASON,
    *_OF_CROWDS,
    _number(
        "offence between worlds",
        people.OFFENCE_JITTER,
        "share (sd)",
        (0, 0.3),
        "No two classes meet the same public.",
    ),
    _number(
        "preferred difficulty within a crowd",
        people.PREFERENCE_SD,
        "0 to 1 (sd)",
        (0, 0.5),
        "Nobody is quite like their crowd.",
    ),
    _number("taste", people.TASTE_SD, "stars (sd)", (0, 2), "What nobody can explain."),
    _number(
        "best stars",
        reactions.BEST_STARS,
        "stars",
        (1, 6),
        "Calibrated: a changed scene and the difficulty of a mixed group satisfy 85 % and more.",
    ),
    _number("hurt costs", reactions.HURT_COSTS, "stars", (0, 4), "A hated game gets one star."),
    _number(
        "difficulty costs",
        reactions.DIFFICULTY_COSTS,
        "stars per 1.0",
        (0, 4),
        "Half a scale too hard costs most of a star.",
    ),
    _number("a bug costs", reactions.CRASH_COSTS, "stars", (0, 4), "It annoys, it does not hurt."),
    _number(
        "admits when asked",
        reactions.ADMITS_WHEN_ASKED,
        "share",
        _SHARE,
        "“Did anything upset or offend you or your family?”",
    ),
    _number(
        "writes unasked", reactions.WRITES_UNASKED, "share", _SHARE, "Most who are hurt just leave."
    ),
    _number("accepts a letter", turnout.ACCEPTS, "share", _SHARE, "Invitations to a beta."),
    _number(
        "accepts by telephone",
        turnout.ACCEPTS_BY_TELEPHONE,
        "share",
        _SHARE,
        "Invitations to a group.",
    ),
    _number(
        "answers unreminded",
        turnout.ANSWERS_UNREMINDED,
        "share",
        _SHARE,
        "Testers who answer the form without a reminder.",
    ),
)
"""Everything the seed fills a world with."""
