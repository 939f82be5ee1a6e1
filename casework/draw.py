"""Drawing people for seats: every panel that meets the quotas is equally likely.

Each customer's lottery number is a hash of the seed and their id, so the same seed and roster give
the same seats on any machine and in any order, and anybody can check a draw.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.special import gammaln, logsumexp

from casework.customers import Attribute
from casework.errors import Invalid
from casework.record import Record
from casework.recruiting import MAX_SEED, Candidate, Quota, require_feasible

REST = ""
"""The stratum of everybody whose value has no quota; no customer's value is empty."""


class Draw(Record):
    """Who was drawn, in order of lottery number, and what a replay needs.

    `reserves` are the other eligible customers in the order in which they would step in.
    `roster_digest` is SHA-256 in hex over everybody eligible.
    """

    seats: tuple[int, ...]
    reserves: tuple[int, ...]
    seed: int = Field(ge=0, le=MAX_SEED)
    quotas: tuple[Quota, ...]
    roster_digest: str

    @property
    def chosen_by(self) -> str:
        """How people came in, as it is kept with each of them."""
        on = f", quotas on {self.quotas[0].attribute.label.lower()}" if self.quotas else ""
        return f"draw, seed {self.seed}{on}"


def draw(
    candidates: Sequence[Candidate], seats: int, *, seed: int, quotas: Sequence[Quota] = ()
) -> Draw:
    """Fill the seats at random from the eligible; each panel within the quotas is as likely.

    Raises:
        Invalid: for no seats or unsound quotas.
        NotEnough: when the quotas cannot be met; names the conflict and the least relaxation.
    """
    if seats < 1:
        raise Invalid("Draw for one seat or more.")
    require_feasible(candidates, seats, quotas)
    strata = _strata(candidates, quotas, seed)
    counts = _seats_per_stratum(strata, seats, quotas, seed)
    chosen = [one for value, people in strata.items() for one in people[: counts[value]]]
    left = [one for value, people in strata.items() for one in people[counts[value] :]]
    return Draw(
        seats=tuple(sorted(chosen, key=lambda one: _number(seed, one))),
        reserves=tuple(sorted(left, key=lambda one: _number(seed, one))),
        seed=seed,
        quotas=tuple(quotas),
        roster_digest=digest(candidates),
    )


def digest(candidates: Sequence[Candidate]) -> str:
    """SHA-256 over the eligible customers' ids and attributes, whatever their order."""
    lines = sorted(
        (one.customer_id, *(one.attributes[attribute] for attribute in Attribute))
        for one in candidates
        if one.eligible
    )
    return sha256(repr(lines).encode()).hexdigest()


def _number(seed: int, ticket: int | str) -> int:
    return int.from_bytes(sha256(f"{seed}:{ticket}".encode()).digest())


def _strata(
    candidates: Sequence[Candidate], quotas: Sequence[Quota], seed: int
) -> dict[str, list[int]]:
    """The eligible by quota value, each stratum in order of lottery number; the rest together."""
    strata: dict[str, list[int]] = {quota.value: [] for quota in _ordered(quotas)}
    strata[REST] = []
    for one in candidates:
        if one.eligible:
            value = one.attributes[quotas[0].attribute] if quotas else REST
            strata[value if value in strata else REST].append(one.customer_id)
    for people in strata.values():
        people.sort(key=lambda one: _number(seed, one))
    return strata


def _ordered(quotas: Sequence[Quota]) -> list[Quota]:
    return sorted(quotas, key=lambda quota: quota.value)


def _seats_per_stratum(
    strata: Mapping[str, Sequence[int]], seats: int, quotas: Sequence[Quota], seed: int
) -> dict[str, int]:
    """How many seats each stratum gets, with the chance of a uniformly drawn feasible panel.

    A panel with n of N people in each stratum can be made in the product of C(N, n) ways; the
    counts are drawn one stratum after the other by these ways, in logarithms.
    """
    bounds = {quota.value: quota for quota in quotas}
    ways = {
        value: _log_ways(len(people), seats, bounds.get(value)) for value, people in strata.items()
    }
    names = list(strata)
    after = _ways_after([ways[name] for name in names], seats)
    counts, left = {}, seats
    for name, rest in zip(names, after, strict=True):
        weights = ways[name][: left + 1] + rest[: left + 1][::-1]
        counts[name] = _pick(weights, seed, name)
        left -= counts[name]
    return counts


def _log_ways(people: int, seats: int, quota: Quota | None) -> NDArray[np.float64]:
    """Log of the ways to pick 0 … `seats` of `people`; -inf where the quota forbids it."""
    picked = np.arange(seats + 1)
    low = quota.minimum if quota else 0
    high = people if quota is None or quota.maximum is None else min(quota.maximum, people)
    allowed = (picked >= low) & (picked <= high)
    logs = np.full(seats + 1, -np.inf)
    n = picked[allowed]
    logs[allowed] = gammaln(people + 1) - gammaln(n + 1) - gammaln(people - n + 1)
    return logs


def _ways_after(ways: Sequence[NDArray[np.float64]], seats: int) -> list[NDArray[np.float64]]:
    """For each stratum, the log of the ways in which those behind it fill 0 … `seats` seats."""
    none_left = np.full(seats + 1, -np.inf)
    none_left[0] = 0.0
    after = [none_left]
    for own in reversed(ways[1:]):
        behind = after[0]
        filled = [logsumexp(own[: k + 1] + behind[: k + 1][::-1]) for k in range(seats + 1)]
        after.insert(0, np.array(filled))
    return after


def _pick(log_weights: NDArray[np.float64], seed: int, name: str) -> int:
    """An index with chance proportional to its weight, by the stratum's own lottery number."""
    shares = np.exp(log_weights - logsumexp(log_weights))
    # 53 bits are what a float in [0, 1) can hold.
    point = (_number(seed, f"seats of {name}") >> (256 - 53)) / 2**53
    return min(int(np.searchsorted(np.cumsum(shares), point, side="right")), _last(shares))


def _last(shares: NDArray[np.float64]) -> int:
    """The last index that can happen: rounding may leave the sum of the shares below 1."""
    return int(np.flatnonzero(shares)[-1])
