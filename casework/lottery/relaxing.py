"""Quotas that cannot be met: which of them clash, and the least that must give way."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from casework.errors import Invalid, NotEnough
from casework.lottery.frame import Frame, Numbers, best_panel, frame_of, profiles_of
from casework.quotas import Quota, Relaxation, Trait, in_order
from casework.record import Record
from casework.recruiting import Candidate


class Conflict(Record):
    """Why no panel keeps all quotas: bounds that clash, and the least changes that help.

    Every single one of `clashing` is needed for the clash; there may be a second one elsewhere.
    """

    seats: int
    eligible: int
    clashing: tuple[str, ...]
    changes: tuple[Relaxation, ...]

    def __str__(self) -> str:
        """What to do, in words."""
        if self.eligible < self.seats:
            return (
                f"Only {self.eligible:,} eligible customers for {self.seats:,} seats. "
                "Widen the filter, lower the seats, or wait until the cool-down is over."
            )
        least = "; ".join(str(change) for change in self.changes)
        clash = "; ".join(self.clashing)
        return (
            f"These quotas cannot be met together with {self.seats:,} seats: {clash}. "
            f"The least that helps: {least}."
        )


def sizes_of(pool: Sequence[Candidate], trait: Trait) -> dict[str, int]:
    """How many eligible customers each value has, values in order; 0 where all are refused."""
    sizes: dict[str, int] = {}
    for candidate in pool:
        value = candidate.value_of(trait)
        sizes[value] = sizes.get(value, 0) + candidate.eligible
    return dict(sorted(sizes.items()))


def require_sound(pool: Sequence[Candidate], quotas: Sequence[Quota], seats: int) -> None:
    """Refuse a roster or quotas that no draw can make sense of.

    Raises:
        Invalid: no seats, a customer twice, a value with two quotas or one nobody has.
    """
    if seats < 1:
        raise Invalid("Draw for one seat or more.")
    if len({candidate.customer_id for candidate in pool}) < len(pool):
        raise Invalid("A customer is in the roster twice; each may hold one ticket only.")
    known = {trait: sizes_of(pool, trait) for trait in {quota.attribute for quota in quotas}}
    for quota in quotas:
        if quota.value not in known[quota.attribute]:
            there_is = ", ".join(known[quota.attribute]) or "nobody at all"
            label = quota.attribute.label.lower()
            raise Invalid(f"No customer has {label} “{quota.value}”. There is: {there_is}.")
    names = [(quota.attribute, quota.value) for quota in quotas]
    if len(set(names)) < len(names):
        twice = next(value for trait, value in names if names.count((trait, value)) > 1)
        raise Invalid(f"“{twice}” has two quotas; keep one.")


def find_conflict(
    pool: Sequence[Candidate], quotas: Sequence[Quota], seats: int
) -> Conflict | None:
    """Why no panel keeps the quotas, or None when one does. Raises: Invalid, as `require_sound`."""
    require_sound(pool, quotas, seats)
    return conflict_in(frame_of(profiles_of(pool, quotas), quotas, seats), quotas)


def conflict_in(frame: Frame, quotas: Sequence[Quota]) -> Conflict | None:
    """The same for quotas that are known to be sound."""
    seats = frame.seats
    if frame.eligible < seats:
        return Conflict(seats=seats, eligible=frame.eligible, clashing=(), changes=())
    if best_panel(frame, np.zeros(len(frame.sizes))) is not None:
        return None
    ordered = in_order(quotas)
    return Conflict(
        seats=seats,
        eligible=frame.eligible,
        clashing=_clashing(frame, ordered),
        changes=_least_changes(frame, ordered),
    )


def require_feasible(frame: Frame, quotas: Sequence[Quota]) -> None:
    """Refuse a draw that cannot meet its quotas, naming the clash and the least that helps.

    Raises:
        NotEnough: for quotas or seats the pool cannot fill.
    """
    conflict = conflict_in(frame, quotas)
    if conflict is not None:
        raise NotEnough(str(conflict))


def _clashing(frame: Frame, quotas: Sequence[Quota]) -> tuple[str, ...]:
    """Bounds that cannot hold together although any all but one of them can.

    Every bound is left out in turn, for good where the rest still clashes without it.
    """
    low, high = frame.low.copy(), frame.high.copy()
    kept: list[str] = []
    for place, quota in enumerate(quotas):
        for bounds, free, said in (
            (low, 0.0, f"{quota.name} at least {quota.minimum}"),
            (high, float(frame.seats), f"{quota.name} at most {quota.maximum}"),
        ):
            before, bounds[place] = bounds[place], free
            if before != free and _has_panel(frame, low, high):
                bounds[place] = before
                kept.append(said)
    return tuple(kept)


def _has_panel(frame: Frame, low: Numbers, high: Numbers) -> bool:
    loose = Frame(frame.seats, frame.sizes, frame.rows, frame.of_trait, low, high)
    return best_panel(loose, np.zeros(len(frame.sizes))) is not None


def _least_changes(frame: Frame, quotas: Sequence[Quota]) -> tuple[Relaxation, ...]:
    """The smallest sum of changes; among equal ones those of the first quotas, minima first."""
    count = 2 * len(quotas)
    total = _changed(frame, np.ones(count), None)
    change = _changed(frame, np.arange(count, dtype=np.float64), float(total.sum()))
    found = []
    for place, quota in enumerate(quotas):
        for bound, by, before in (
            ("min", -change[2 * place], quota.minimum),
            ("max", change[2 * place + 1], quota.maximum),
        ):
            if before is not None and round(by):
                found.append(
                    Relaxation(
                        attribute=quota.attribute,
                        value=quota.value,
                        bound=bound,
                        before=before,
                        after=before + round(by),
                    )
                )
    return tuple(found)


def _changed(frame: Frame, cost: Numbers, total: float | None) -> Numbers:
    """By how much each bound (2K,: min, max, min, …) gives way at the least cost."""
    people, quotas = len(frame.sizes), len(frame.low)
    lower, raise_ = np.zeros((quotas, 2 * quotas)), np.zeros((quotas, 2 * quotas))
    lower[np.arange(quotas), 2 * np.arange(quotas)] = 1.0
    raise_[np.arange(quotas), 2 * np.arange(quotas) + 1] = -1.0
    rows = np.vstack(
        [
            np.append(np.ones(people), np.zeros(2 * quotas)),
            np.append(np.zeros(people), np.ones(2 * quotas)),
            np.hstack([frame.rows, lower]),
            np.hstack([frame.rows, raise_]),
        ]
    )
    free = np.full(quotas, np.inf)
    least = np.concatenate([[frame.seats, total or 0.0], frame.low, -free])
    most = np.concatenate([[frame.seats, np.inf if total is None else total], free, frame.high])
    give = np.column_stack([frame.low, frame.seats - frame.high]).ravel()
    found = milp(
        np.append(np.zeros(people), cost),
        constraints=LinearConstraint(rows, least, most),
        bounds=Bounds(0, np.append(np.minimum(frame.sizes, frame.seats), np.maximum(give, 0.0))),
        integrality=np.ones(people + 2 * quotas, dtype=np.int64),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise NotEnough("No relaxation of these quotas was found. Remove some of them.")
    changes: Numbers = np.rint(found.x[people:])
    return changes
