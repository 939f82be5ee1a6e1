"""Drawing: one panel by its chance, then people by lottery number, all from one seed.

A customer's lottery number is a hash of the seed and their id, so the same seed and mixture give
the same seats on any machine, and anybody can check a draw.
"""

import json
from collections.abc import Iterator
from hashlib import sha256

from casework.lottery.mixture import Mixture
from casework.quotas import Quota
from casework.record import Record

SHOWN_SIGNS = 12
"""Signs of a real draw's seed that are shown beside people; the record keeps all 64."""


class Draw(Record):
    """Who was drawn, in order of lottery number, and who steps in, profile by profile.

    `reserves` has one tuple per profile of the mixture, in the order in which they step in.
    """

    seed: str
    seats: tuple[int, ...]
    reserves: tuple[tuple[int, ...], ...]


def seed_of(mixture: Mixture, nonce: str) -> str:
    """The seed of a real draw: nobody can choose it once the nonce is announced.

    SHA-256 in hex over the roster's digest, the quotas, the seats and the nonce.
    """
    quotas = [[q.attribute.value, q.value, q.minimum, q.maximum] for q in mixture.quotas]
    parts = [mixture.roster_digest, quotas, mixture.seats, nonce]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def draw(mixture: Mixture, seed: str) -> Draw:
    """Pick a panel by its chance, and people within each profile at random, by the seed alone."""
    number = {
        member: _number(seed, str(member))
        for profile in mixture.profiles
        for member in profile.members
    }
    taken = dict(_picked(mixture, seed))
    seats: list[int] = []
    reserves = []
    for place, profile in enumerate(mixture.profiles):
        ordered = sorted(profile.members, key=lambda one: number[one])
        seats += ordered[: taken.get(place, 0)]
        reserves.append(tuple(ordered[taken.get(place, 0) :]))
    seats.sort(key=lambda one: number[one])
    return Draw(seed=seed, seats=tuple(seats), reserves=tuple(reserves))


def in_turn(drawn: Draw) -> Iterator[int]:
    """All reserves by lottery number, whatever their profile: for draws without quotas."""
    everybody = (one for reserves in drawn.reserves for one in reserves)
    yield from sorted(everybody, key=lambda one: _number(drawn.seed, str(one)))


def chosen_by(seed: str, quotas: tuple[Quota, ...]) -> str:
    """How people came in, as it is kept with each of them."""
    traits = list(dict.fromkeys(quota.attribute.label.lower() for quota in quotas))
    on = f", quotas on {' and '.join(traits)}" if traits else ""
    return f"draw, seed {seed[:SHOWN_SIGNS]}{on}"


def _picked(mixture: Mixture, seed: str) -> tuple[tuple[int, int], ...]:
    # 53 bits are what a float in [0, 1) can hold.
    point = (_number(seed, "panel") >> (256 - 53)) / 2**53
    reached = 0.0
    for panel in mixture.panels:
        reached += panel.chance
        if point < reached:
            return panel.seats
    return mixture.panels[-1].seats


def _number(seed: str, ticket: str) -> int:
    return int.from_bytes(sha256(f"{seed}:{ticket}".encode()).digest())
