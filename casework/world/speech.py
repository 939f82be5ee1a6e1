"""What a person of a world writes in the form, says in a meeting, or would build themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casework.feedback import Answer, ProblemKind, Severity
from casework.meetings import Tag
from casework.world.people import Crowd, World, stream
from casework.world.phrases import banks, one_of
from casework.world.reactions import Reactions

NOTICEABLE = 0.20
"""A difference between a game's difficulty and one's own taste that people remark on."""
ANSWERS_EFFORT, ANSWERS_KEEPING = 0.7, 0.8
SAYS_A_SECOND_THING, PRAISES_FIRST = 0.5, 0.7
LIKES = ("praise_looks", "praise_music", "praise_play")
DEVICES = {
    "android": (
        ("Pixel 9", "Android 16"),
        ("Galaxy A56", "Android 15"),
        ("Redmi 14", "Android 14"),
    ),
    "ios": (("iPhone 16", "iOS 20"), ("iPhone 14", "iOS 19"), ("iPad Air", "iPadOS 20")),
}


@dataclass(frozen=True)
class Said:
    """Something one person says in a meeting."""

    person: int
    tag: Tag
    text: str


def answer_of(people: World, felt: Reactions, person: int, platform: str) -> Answer:
    """What this person sends after playing: their own words and the fixed questions."""
    rng = stream(people.seed, f"form {felt.version.name} {person}")
    offended = bool(felt.admits[person])
    crashed = bool(felt.crashed[person])
    device, system = DEVICES[platform][int(rng.integers(3))]
    return Answer(
        csat=int(felt.stars[person]),
        change_first=_written(people, felt, person, rng),
        crashed=crashed,
        offended=offended,
        offended_by=_what(felt, rng) if offended else "",
        recommend=int(felt.recommend[person]),
        effort=int(felt.effort[person]) if rng.random() < ANSWERS_EFFORT else None,
        keep_playing=bool(felt.keeps_playing[person]) if rng.random() < ANSWERS_KEEPING else None,
        problem_kind=ProblemKind.CRASH if crashed else None,
        problem_severity=Severity.MAJOR if crashed else None,
        device=device,
        os=system,
    )


def _what(felt: Reactions, rng: np.random.Generator) -> str:
    return one_of("hurt_what" if felt.version.caught else "other_offence", rng)


def _written(people: World, felt: Reactions, person: int, rng: np.random.Generator) -> str:
    """One or two sentences: the strongest thing first, now and then something else after it."""
    matters = _complaints(people, felt, person)
    stars = int(felt.stars[person])
    content = 4
    if stars >= content or not matters:
        matters = [*matters[:1], *_pleasures(felt, stars, rng)]
    picked = matters[: 1 + int(rng.random() < SAYS_A_SECOND_THING)]
    return " ".join(one_of(bank, rng) for bank in picked)


def _complaints(people: World, felt: Reactions, person: int) -> list[str]:
    found = []
    if felt.writes_of_it[person]:
        crowd = Crowd(people.crowd[person]).name.lower()
        found.append(f"hurt_{crowd}" if felt.version.caught else "other_offence")
    if felt.crashed[person]:
        found.append("crash")
    if abs(felt.too_hard[person]) > NOTICEABLE:
        found.append("too_hard" if felt.too_hard[person] > 0 else "too_easy")
    return found


def _pleasures(felt: Reactions, stars: int, rng: np.random.Generator) -> list[str]:
    middling = 3
    if stars < middling:
        return ["dull", "mild"]
    if stars == middling:
        return ["mild", "dull"]
    likes = [*LIKES, "praise_play"] if felt.version.caught else [*LIKES, "praise_story"]
    liked = likes[int(rng.integers(len(likes)))]
    return [liked, "mild"] if rng.random() < PRAISES_FIRST else ["mild", liked]


def remarks_of(people: World, seats: Sequence[int], *, caught: bool) -> tuple[Said, ...]:
    """What a group says about the concept, one person after the other, two things each.

    Whoever is hurt and candid vetoes the scene; whoever is hurt and not candid stays vague.
    """
    said = []
    for person in seats:
        rng = stream(people.seed, f"meeting {person}")
        said.append(Said(person, Tag.LIKE, one_of("say_like", rng)))
        if caught and people.hurt_if_caught[person]:
            candid = bool(people.candid_in_group[person])
            bank, tag = ("say_veto", Tag.VETO) if candid else ("say_guarded", Tag.QUESTION)
            said.append(Said(person, tag, one_of(bank, rng)))
        else:
            said.append(Said(person, Tag.WANT, one_of("say_hard", rng)))
    return tuple(said)


def ideas_of(people: World, seats: Sequence[int]) -> tuple[tuple[int, str, str], ...]:
    """Each second person's own idea as (person, title, text), no idea twice."""
    rng = stream(people.seed, "ideas")
    order = rng.permutation(len(banks()["idea"]))
    owners = list(seats)[: 1 + len(seats) // 2]
    found = []
    for person, number in zip(owners, order, strict=False):
        title, text = banks()["idea"][int(number)].split("|", 1)
        found.append((person, title, text))
    return tuple(found)
