"""The lottery as numbers: who is alike for the quotas, and what bounds their seats."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from casework.quotas import Quota, Trait, in_order
from casework.record import Record
from casework.recruiting import Candidate

Numbers = NDArray[np.float64]
Seats = NDArray[np.int64]
Flags = NDArray[np.bool_]

OTHER = "any other"
"""The value of everybody whose own value has no quota: for the draw they are alike."""


class Profile(Record):
    """Customers whom the quotas cannot tell apart; `values` in the order of the quotas' traits."""

    values: tuple[str, ...]
    members: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.members)


@dataclass(frozen=True)
class Frame:
    """What a panel must keep to. P profiles, K quotas.

    `sizes` (P,) customers; `rows` (K, P) one where a profile counts for a quota; `of_trait` (T, K)
    one where a quota is on a trait; `low`, `high` (K,) seats.
    """

    seats: int
    sizes: Seats
    rows: Numbers
    of_trait: Numbers
    low: Numbers
    high: Numbers

    @property
    def eligible(self) -> int:
        """How many customers may be drawn."""
        return int(self.sizes.sum())

    @property
    def scale(self) -> Numbers:
        """From seats of a profile to its ratio: chance divided by seats / eligible."""
        return self.eligible / (self.sizes * float(self.seats))


def traits_of(quotas: Sequence[Quota]) -> tuple[Trait, ...]:
    """The traits that have a quota, in their order."""
    bound = {quota.attribute for quota in quotas}
    return tuple(trait for trait in Trait if trait in bound)


def profiles_of(pool: Sequence[Candidate], quotas: Sequence[Quota]) -> tuple[Profile, ...]:
    """The eligible in profiles, sorted by values; the members of each by id."""
    bounded = {(quota.attribute, quota.value) for quota in quotas}
    traits = traits_of(quotas)
    members: dict[tuple[str, ...], list[int]] = {}
    for one in pool:
        if one.eligible:
            had = [(trait, one.value_of(trait)) for trait in traits]
            values = tuple(each[1] if each in bounded else OTHER for each in had)
            members.setdefault(values, []).append(one.customer_id)
    return tuple(
        Profile(values=values, members=tuple(sorted(ids)))
        for values, ids in sorted(members.items())
    )


def frame_of(profiles: Sequence[Profile], quotas: Sequence[Quota], seats: int) -> Frame:
    """Profiles and quotas as arrays."""
    traits, ordered = traits_of(quotas), in_order(quotas)
    rows = [
        [profile.values[traits.index(quota.attribute)] == quota.value for profile in profiles]
        for quota in ordered
    ]
    return Frame(
        seats=seats,
        sizes=np.array([profile.size for profile in profiles], dtype=np.int64),
        rows=np.array(rows, dtype=np.float64).reshape(len(ordered), len(profiles)),
        of_trait=np.array(
            [[quota.attribute is trait for quota in ordered] for trait in traits], dtype=np.float64
        ).reshape(len(traits), len(ordered)),
        low=np.array([quota.minimum for quota in ordered], dtype=np.float64),
        high=np.array([_or(quota.maximum, seats) for quota in ordered], dtype=np.float64),
    )


def _or(bound: int | None, otherwise: int) -> int:
    return otherwise if bound is None else bound


def best_panel(frame: Frame, worth: Numbers, *, gap: float = 0.0) -> Seats | None:
    """The panel of the greatest total worth within the quotas; None where there is no panel.

    `worth` (P,) of a seat; a panel worth `gap` less than the best, as a share, will do.
    """
    count = len(frame.sizes)
    if not count:
        return None
    found = milp(
        -worth,
        constraints=LinearConstraint(
            csr_array(np.vstack([np.ones(count), frame.rows])),
            np.concatenate([[frame.seats], frame.low]),
            np.concatenate([[frame.seats], frame.high]),
        ),
        bounds=Bounds(np.zeros(count), np.minimum(frame.sizes, frame.seats)),
        integrality=np.ones(count, dtype=np.int64),
        options={"mip_rel_gap": gap},
    )
    return None if found.x is None else np.rint(found.x).astype(np.int64)
