"""Who these people are in the studio's own files: a customer each, and what they bought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from casework.customers import Customer, Interaction, InteractionKind
from casework.world.people import CLASH_PLAYERS, Crowd, World, stream
from casework.world.phrases import banks

PLATFORMS = ("android", "ios")
PLATFORM_SHARES = (0.58, 0.42)
REGIONS = ("Europe", "North America", "Latin America", "Asia")
REGION_SHARES = (0.40, 0.28, 0.17, 0.15)
AGE_BANDS = ("18-24", "25-34", "35-49", "50+")
AGE_SHARES = (0.27, 0.34, 0.27, 0.12)
REACHABLE = 0.80
HISTORY_DAYS = 548
PRICES_CENTS = np.array([99, 199, 499, 999, 1_999])
PRICE_SHARES = (0.35, 0.30, 0.20, 0.10, 0.05)
PURCHASES_MEAN = np.array([11.0, 2.6, 0.0])
LAPSE_DAYS = np.array([30.0, 200.0, HISTORY_DAYS])
"""How long ago the last purchase may lie, by crowd: fans buy until today, others drift away."""


@dataclass(frozen=True)
class Purchases:
    """Everything the Clash players bought, oldest first within a person; one entry per purchase."""

    person: NDArray[np.int64]
    days_ago: NDArray[np.float64]
    spend_cents: NDArray[np.int64]


def purchases(people: World) -> Purchases:
    """Eighteen months of purchases of the people who played Clash of Armies."""
    rng = stream(people.seed, "history")
    crowd = people.crowd[:CLASH_PLAYERS]
    lapse = np.minimum(rng.exponential(LAPSE_DAYS[crowd]), HISTORY_DAYS - 1)
    person = np.repeat(np.arange(CLASH_PLAYERS), rng.poisson(PURCHASES_MEAN[crowd]))
    days_ago = rng.uniform(lapse[person], HISTORY_DAYS)
    order = np.lexsort((-days_ago, person))
    return Purchases(
        person=person[order],
        days_ago=days_ago[order],
        spend_cents=rng.choice(PRICES_CENTS, len(person), p=PRICE_SHARES),
    )


def reachable(people: World) -> NDArray[np.bool_]:
    """Who may be written to. Source: the verdict's reach, 80 % (assumption)."""
    return stream(people.seed, "reachable").random(people.size) < REACHABLE


def customers(people: World) -> tuple[Customer, ...]:
    """The studio's customer file: its Clash players, with invented names under example.com."""
    rng = stream(people.seed, "names")
    names = zip(_some("first_name", rng), _some("last_name", rng), strict=True)
    platform = rng.choice(PLATFORMS, CLASH_PLAYERS, p=PLATFORM_SHARES)
    region = rng.choice(REGIONS, CLASH_PLAYERS, p=REGION_SHARES)
    age_band = rng.choice(AGE_BANDS, CLASH_PLAYERS, p=AGE_SHARES)
    may_contact = reachable(people)
    return tuple(
        Customer(
            ref=customer_ref(person),
            name=f"{first} {last}",
            email=f"{first}.{last}.{person + 1}@example.com".lower(),
            segment=Crowd(people.crowd[person]).label,
            platform=str(platform[person]),
            region=str(region[person]),
            age_band=str(age_band[person]),
            may_contact=bool(may_contact[person]),
        )
        for person, (first, last) in enumerate(names)
    )


def customer_ref(person: int) -> str:
    """The studio's own number of a person."""
    return f"C{person + 1:05d}"


def interactions(people: World, *, until: datetime) -> Iterator[Interaction]:
    """The studio's purchase file, up to `until`."""
    bought = purchases(people)
    for number, person in enumerate(bought.person):
        yield Interaction(
            ref=f"P{number + 1:06d}",
            customer_ref=customer_ref(int(person)),
            kind=InteractionKind.PURCHASE,
            at=until - timedelta(seconds=round(float(bought.days_ago[number]) * 86_400)),
            spend_cents=int(bought.spend_cents[number]),
            product="Clash of Armies",
        )


def _some(bank: str, rng: np.random.Generator) -> list[str]:
    names = banks()[bank]
    return [names[i] for i in rng.integers(len(names), size=CLASH_PLAYERS)]
