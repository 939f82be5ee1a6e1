"""Who these people are in the studio's own files: a customer each, and what they bought."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from casework.customers import Customer, Interaction, InteractionKind
from casework.world.people import Crowd, World, stream
from casework.world.phrases import one_of

PLATFORMS = ("android", "ios")
REGIONS = ("Europe", "North America", "Latin America", "Asia")
AGE_BANDS = ("18-24", "25-34", "35-49", "50+")
HISTORY_DAYS = 548
PRICES_CENTS = np.array([99, 199, 499, 999, 1_999])
PURCHASES_MEAN = {Crowd.FAN: 11.0, Crowd.REGULAR: 2.6, Crowd.NEWCOMER: 0.0}
LAPSES_AFTER_DAYS = {Crowd.FAN: 30.0, Crowd.REGULAR: 200.0, Crowd.NEWCOMER: HISTORY_DAYS}
REACHABLE = 0.80


def customer_of(people: World, person: int) -> Customer:
    """One person as the studio's customer file has them; invented, under example.com."""
    rng = stream(people.seed, f"person {person}")
    first, last = one_of("first_name", rng), one_of("last_name", rng)
    return Customer(
        ref=f"C{person + 1:05d}",
        name=f"{first} {last}",
        email=f"{first}.{last}.{person + 1}@example.com".lower(),
        segment=Crowd(people.crowd[person]).label,
        platform=str(rng.choice(PLATFORMS, p=[0.58, 0.42])),
        region=str(rng.choice(REGIONS, p=[0.40, 0.28, 0.17, 0.15])),
        age_band=str(rng.choice(AGE_BANDS, p=[0.27, 0.34, 0.27, 0.12])),
        may_contact=bool(rng.random() < REACHABLE),
    )


def interactions_of(people: World, person: int, *, until: datetime) -> Iterator[Interaction]:
    """One person's purchases over the eighteen months before `until`."""
    rng = stream(people.seed, f"history {person}")
    crowd = Crowd(people.crowd[person])
    lapse = min(rng.exponential(LAPSES_AFTER_DAYS[crowd]), HISTORY_DAYS - 1)
    count = rng.poisson(PURCHASES_MEAN[crowd])
    for number, days_ago in enumerate(np.sort(rng.uniform(lapse, HISTORY_DAYS, count))[::-1]):
        yield Interaction(
            ref=f"P{person + 1:05d}-{number + 1:03d}",
            customer_ref=f"C{person + 1:05d}",
            kind=InteractionKind.PURCHASE,
            at=until - timedelta(seconds=round(days_ago * 86_400)),
            spend_cents=int(rng.choice(PRICES_CENTS, p=[0.35, 0.30, 0.20, 0.10, 0.05])),
            product="Clash of Armies",
        )
