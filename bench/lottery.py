"""How fast and how fair the lottery is: `python -m bench` or `python -m bench.lottery`.

Rosters of 100, 1,000 and 100,000 customers, five traits bounded from both sides, eight seats.
"""

import time
from collections import Counter
from pathlib import Path

import numpy as np

from casework.customers import Attribute
from casework.lottery import Mixture, draw, solve
from casework.lottery.frame import frame_of
from casework.lottery.ideal import ideal_seats
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate

SEATS, DRAWS = 8, 300
ROSTERS = {100: 1.0, 1_000: 2.0, 100_000: 10.0}
"""Customers, and the seconds their lottery may take."""
SHARES = {
    Trait.SEGMENT: {"builder": 0.5, "raider": 0.3, "trader": 0.2},
    Trait.PLATFORM: {"android": 0.6, "ios": 0.4},
    Trait.REGION: {"APAC": 0.35, "EU": 0.25, "LATAM": 0.2, "MEA": 0.12, "NA": 0.08},
    Trait.AGE_BAND: {"18-24": 0.1, "25-34": 0.3, "35-44": 0.3, "45-54": 0.2, "55+": 0.1},
}
BOUNDS = {
    Trait.SEGMENT: (2, 4),
    Trait.PLATFORM: (3, 5),
    Trait.REGION: (1, 3),
    Trait.AGE_BAND: (1, 2),
}
BANDS = ("0.7 to 0.8", "0.8 to 0.9", "0.9 or more")


def roster(customers: int) -> list[Candidate]:
    """Customers of every kind, some kinds rare; always the same ones."""
    rng = np.random.default_rng(customers)
    drawn = [rng.choice(list(s), customers, p=list(s.values())) for s in SHARES.values()]
    scores = rng.uniform(0.65, 1.0, customers)
    return [
        Candidate(
            customer_id=place,
            attributes={
                Attribute(trait.value): str(value)
                for trait, value in zip(SHARES, values, strict=True)
            },
            loyal=True,
            score=float(score),
        )
        for place, (*values, score) in enumerate(zip(*drawn, scores, strict=True))
    ]


def quotas() -> list[Quota]:
    """Every value of every trait bounded from both sides."""
    bounded = [
        Quota(attribute=trait, value=value, minimum=BOUNDS[trait][0], maximum=BOUNDS[trait][1])
        for trait, shares in SHARES.items()
        for value in shares
    ]
    loyal = (
        Quota(attribute=Trait.LOYALTY_BAND, value=band, minimum=1, maximum=4) for band in BANDS
    )
    return [*bounded, *loyal]


def kept(mixture: Mixture, people: list[Candidate]) -> float:
    """The share of draws, one per seed, that keep every quota."""
    by_id = {one.customer_id: one for one in people}
    good = 0
    for seed in range(DRAWS):
        seated = Counter(
            (trait, by_id[one].value_of(trait))
            for one in draw(mixture, str(seed)).seats
            for trait in mixture.traits
        )
        good += all(
            each.minimum <= seated[each.attribute, each.value] <= (each.maximum or SEATS)
            for each in mixture.quotas
        )
    return good / DRAWS


def bound(mixture: Mixture) -> float:
    """The smallest ratio that no lottery can exceed: that of seats that could be split."""
    frame = frame_of(mixture.profiles, mixture.quotas, mixture.seats)
    return float((ideal_seats(frame) * frame.scale).min())


def main(_data: Path | None = None) -> None:
    """Print one line per roster."""
    print(f"Lottery for {SEATS} seats, {len(quotas())} quotas on {len(BOUNDS) + 1} traits")
    print("  ratio: smallest chance divided by seats / eligible; bound: no lottery has more")
    for customers, limit in ROSTERS.items():
        people = roster(customers)
        began, busy = time.perf_counter(), time.process_time()
        mixture = solve(people, quotas(), SEATS)
        took, used = time.perf_counter() - began, time.process_time() - busy
        # Repeating a large draw 300 times hashes 30 million tickets; fewer are enough there.
        share = kept(mixture, people) if customers < max(ROSTERS) else kept_by_panels(mixture)
        print(
            f"  {customers:>7,} customers, {len(mixture.profiles):>3} profiles: {took:5.2f} s "
            f"(processor {used:5.2f} s, at most {limit:.0f} s), smallest ratio "
            f"{mixture.least_ratio:.4f} of {bound(mixture):.4f}, median "
            f"{mixture.median_ratio:.4f}, quotas met in {share:.0%}"
        )


def kept_by_panels(mixture: Mixture) -> float:
    """The share of panels that keep every quota: every draw takes one of them."""
    frame = frame_of(mixture.profiles, mixture.quotas, mixture.seats)
    panels = np.zeros((len(mixture.panels), len(mixture.profiles)))
    for row, panel in enumerate(mixture.panels):
        places, numbers = zip(*panel.seats, strict=True)
        panels[row, list(places)] = numbers
    sums = panels @ frame.rows.T
    good = ((sums >= frame.low) & (sums <= frame.high)).all(axis=1)
    return float(good.mean())


if __name__ == "__main__":
    main()
