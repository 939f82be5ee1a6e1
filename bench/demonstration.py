"""How often the demonstration's world comes to its verdicts: 200 worlds, each judged for real.

Only the world's parameters are set. Who is loyal, who is drawn, who answers and what they say
follows from the seed; the verdict is the product's own.
"""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Registration, canonical, digest
from casework.loyalty import LoyaltyPolicy, score, summarise
from casework.measures import measure
from casework.verdict import Evidence, Gate, Outcome, Verdict, decide
from casework.world import (
    CLASH_PLAYERS,
    Version,
    World,
    pick_up,
    purchases,
    reachable,
    react,
    santa_run,
    stream,
    turn_out,
    world,
)

SEEDS = 200
NOW = datetime(2026, 1, 1, tzinfo=UTC)
REVIEWED = (Gate(name="values", clear=True, detail="Reviewed."),)


def pool_of(people: World) -> NDArray[np.int64]:
    """The loyal customers who may be written to, in random order."""
    bought = purchases(people)
    seconds = (NOW.timestamp() - bought.days_ago * 86_400).astype("int64")
    history = summarise(
        LoyaltyPolicy(as_of=NOW),
        bought.person,
        seconds.astype("datetime64[s]"),
        bought.spend_cents,
        customers=CLASH_PLAYERS,
    )
    loyal = score(LoyaltyPolicy(as_of=NOW), history).loyal
    pool = np.flatnonzero(loyal & reachable(people)[:CLASH_PLAYERS])
    return stream(people.seed, "bench").permutation(pool)


def judge(people: World, version: Version, invited: NDArray[np.int64], answers: int) -> Verdict:
    """The verdict on a version from those of the invited who answer, in order of receipt."""
    turnout = turn_out(people, f"beta {version.name}", reminded=True)
    felt = react(people, version)
    came = invited[turnout.answers[invited]]
    when = turnout.hours_to_open[came] / 24 + turnout.days_to_answer[came]
    order = came[np.argsort(when, kind="stable")]
    nothing = np.full(len(order), np.nan)
    ticked = {
        "csat": felt.stars[order].astype(float),
        "recommend": felt.recommend[order].astype(float),
        "effort": nothing,
        "keep_playing": nothing,
        "crashed": felt.crashed[order].astype(float),
        "offended": felt.admits[order].astype(float),
        "polarity": nothing,
    }
    evidence = Evidence(
        values=measure(ticked), loyal=np.ones(len(order), bool), closed=True, gates=REVIEWED
    )
    text = canonical(
        santa_run.criteria_of(version.name, answers, closes_at=NOW, loyalty="", scorer="")
    )
    registration = Registration(version=1, text=text, digest=digest(text), at=NOW)
    return decide(registration, evidence, study="santa-run", build=version.name)


def one(seed: int) -> tuple[Outcome, Outcome, str]:
    """The two verdicts of one world, and the first reason of the first."""
    people = world(seed)
    pool = pool_of(people)
    accepts = pick_up(people, "group").accepts
    seats = [int(person) for person in pool if accepts[person]][: santa_run.GROUP_SEATS]
    left = np.setdiff1d(pool, seats, assume_unique=True)
    left = stream(seed, "bench draw").permutation(left)
    first = judge(
        people, santa_run.FIRST_BUILD, left[: santa_run.FIRST_INVITED], santa_run.FIRST_ANSWERS
    )
    rest = left[santa_run.FIRST_INVITED :][: santa_run.SECOND_INVITED]
    second = judge(people, santa_run.second_build(people, seats), rest, santa_run.SECOND_ANSWERS)
    reason = first.reasons[0].metric.value if first.reasons else "none"
    return first.outcome, second.outcome, reason


def main(_data: Path | None = None) -> None:
    """Print how often each build gets its verdict, and how often offence is the first reason."""
    found = [one(seed) for seed in range(SEEDS)]
    no_go = sum(first is Outcome.NO_GO for first, _, _ in found) / SEEDS
    go = sum(second is Outcome.GO for _, second, _ in found) / SEEDS
    named = sum(reason == "offended" for _, _, reason in found) / SEEDS
    print(f"The demonstration over {SEEDS} worlds")
    print(f"  0.9.0 is NO-GO              {no_go:6.1%}   (goal: 95 % or more)")
    print(f"    … first reason: offended  {named:6.1%}")
    print(f"  0.9.1 is GO after review    {go:6.1%}   (goal: 80 % or more)")


if __name__ == "__main__":
    main()
