"""Rosters for the lottery: customers who differ in whatever the quotas speak of."""

import numpy as np

from casework.customers import Attribute
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate, Refusal

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


def candidate(
    customer_id: int,
    region: str = "EU",
    *reasons: Refusal,
    platform: str = "ios",
    segment: str = "builder",
    age_band: str = "unknown",
    score: float = 0.95,
) -> Candidate:
    return Candidate(
        customer_id=customer_id,
        attributes={
            Attribute.SEGMENT: segment,
            Attribute.PLATFORM: platform,
            Attribute.REGION: region,
            Attribute.AGE_BAND: age_band,
        },
        loyal=True,
        score=score,
        refusals=reasons,
    )


def pool(**sizes: int) -> list[Candidate]:
    """So many eligible customers in each region."""
    regions = [region for region, size in sizes.items() for _ in range(size)]
    return [candidate(place, region) for place, region in enumerate(regions)]


def quota(value: str, low: int = 0, high: int | None = None, on: Trait = Trait.REGION) -> Quota:
    return Quota(attribute=on, value=value, minimum=low, maximum=high)


def mixed_roster(customers: int, seed: int) -> list[Candidate]:
    """Customers of every kind, some kinds rare."""
    rng = np.random.default_rng(seed)
    columns = [
        rng.choice(list(shares), customers, p=list(shares.values())) for shares in SHARES.values()
    ]
    scores = rng.uniform(0.65, 1.0, customers)
    return [
        candidate(
            place,
            str(region),
            segment=str(segment),
            platform=str(platform),
            age_band=str(age),
            score=float(score),
        )
        for place, (segment, platform, region, age, score) in enumerate(
            zip(*columns, scores, strict=True)
        )
    ]


def usual_quotas() -> list[Quota]:
    """Five traits at once, each value bounded from both sides, for eight seats."""
    bounded = [
        quota(value, *BOUNDS[trait], on=trait)
        for trait, shares in SHARES.items()
        for value in shares
    ]
    bands = ("0.7 to 0.8", "0.8 to 0.9", "0.9 or more")
    return bounded + [quota(band, 1, 4, on=Trait.LOYALTY_BAND) for band in bands]
