"""The fairest chances that quotas allow if seats could be split: what whole panels aim at."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, diags_array, hstack, vstack

from casework.lottery.frame import Frame, Numbers

MOST_LEVELS = 60
"""Levels of leximin beyond which the rest keeps what it has: a bound on work, not on time, so that
every machine comes to the same chances."""
_EPS = 1e-6
_SLACK = 1e-7
"""A settled ratio is asked for this much less: the solver keeps bounds to about 1e-7."""


def ideal_seats(frame: Frame) -> Numbers:
    """The expected seats of each profile (P,) that are leximin among all split panels.

    The smallest ratio is made as large as possible, then the next among those still free.
    """
    floors = np.full(len(frame.sizes), np.nan)
    seats = np.zeros(len(frame.sizes))
    for _ in range(MOST_LEVELS):
        free = np.isnan(floors)
        if not free.any():
            break
        raised = _raise_smallest(frame, floors)
        if raised is None:
            break
        seats, level, pressed = raised
        settled = free & (pressed > _EPS)
        floors[settled if settled.any() else free] = level
    return np.clip(seats, 0.0, frame.sizes)


def _raise_smallest(frame: Frame, floors: Numbers) -> tuple[Numbers, float, Numbers] | None:
    """Seats, the greatest smallest ratio of the free, and each profile's dual: who is held down."""
    free = np.isnan(floors)
    count, quotas = len(floors), len(frame.low)
    zeros = csr_array((2 * quotas, 1))
    bounds = vstack([csr_array(frame.rows), csr_array(-frame.rows)])
    ratios = hstack([diags_array(-frame.scale), csr_array(free.astype(float)[:, None])])
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=vstack([hstack([bounds, zeros]), ratios], format="csr"),
        b_ub=np.concatenate([frame.high, -frame.low, np.where(free, 0.0, -(floors - _SLACK))]),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[frame.seats],
        bounds=[(0, float(size)) for size in frame.sizes] + [(0, None)],
    )
    if found.x is None:
        return None
    pressed = -np.asarray(found.ineqlin.marginals)[2 * quotas :]
    return np.asarray(found.x[:count]), float(found.x[count]), pressed
