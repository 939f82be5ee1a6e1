"""The fairest mixture of whole panels, exactly: leximin by column generation."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from casework.errors import NotEnough
from casework.lottery.frame import Frame, Numbers, Seats, best_panel
from casework.lottery.panels import Panels

MOST_SEARCHES = 400
"""Panels searched for: a bound on work, not on time, so that every machine comes to the same
mixture. What is not settled by then keeps the chances it has."""
_AT_ONCE = 8
_EPS = 1e-6


@dataclass
class _Mixing:
    """What is being mixed, over profiles (P,) and the panels (M, P) found so far.

    `scale` is what a seat of each profile adds to its ratio; `floors` the ratios already settled,
    NaN where still free.
    """

    frame: Frame
    panels: Seats
    scale: Numbers
    floors: Numbers
    searches: int = 0


@dataclass(frozen=True)
class _Level:
    """The greatest smallest ratio of the free with the panels so far, and what holds it down."""

    weights: Numbers
    ratio: float
    pressed: Numbers
    price: float


def follow(frame: Frame, start: Seats, wished: Numbers) -> tuple[Panels, float]:
    """A mixture that gives every profile as large a share of its wished seats (P,) as possible.

    Returns it with that share, in [0, 1]: 1 means that the wish is met exactly.
    """
    wanted = wished > _EPS
    scale = np.where(wanted, 1 / np.where(wanted, wished, 1.0), 0.0)
    floors = np.where(wanted, np.nan, 0.0)
    mixing = _Mixing(frame, _with_one(frame, start), scale, floors)
    level = _settle(mixing, MOST_SEARCHES // 2)
    return _kept(mixing, level), level.ratio


def leximin(frame: Frame, start: Seats) -> Panels:
    """Raise the smallest ratio as far as panels allow, then the next; `start` (M, P) panels.

    Source: column generation over panels as in Flanigan et al., Fair algorithms for selecting
    citizens' assemblies, Nature 596 (2021), here over profiles of customers who are alike.
    """
    free = np.full(len(frame.sizes), np.nan)
    mixing = _Mixing(frame, _with_one(frame, start), frame.scale, free)
    level = _settle(mixing, MOST_SEARCHES)
    while np.isnan(mixing.floors).any() and mixing.searches < MOST_SEARCHES:
        level = _settle(mixing, MOST_SEARCHES)
    return _kept(mixing, level)


def _kept(mixing: _Mixing, level: _Level) -> Panels:
    kept = level.weights > _EPS
    weights = level.weights[kept] / level.weights[kept].sum()
    return Panels(seats=mixing.panels[: len(kept)][kept], weights=weights, left=0.0)


def _with_one(frame: Frame, start: Seats) -> Seats:
    """The panels to begin with: one at least."""
    if len(start):
        return start
    return np.array([best_panel(frame, np.ones(len(frame.sizes)))], dtype=np.int64)


def _settle(mixing: _Mixing, most: int) -> _Level:
    """Bring one level to its optimum and settle whoever cannot be raised above it."""
    level = _mix(mixing)
    while mixing.searches < most:
        found = _better_panels(mixing, level)
        if not found:
            break
        mixing.panels = np.vstack([mixing.panels, *found])
        level = _mix(mixing)
    free = np.isnan(mixing.floors)
    settled = free & (level.pressed > _EPS)
    mixing.floors[settled if settled.any() else free] = level.ratio
    return level


def _better_panels(mixing: _Mixing, level: _Level) -> list[Seats]:
    """Panels worth more than the mixture pays; after each, whom it seats counts for less."""
    worth = level.pressed * mixing.scale
    found: list[Seats] = []
    for turn in range(_AT_ONCE):
        mixing.searches += 1
        panel = best_panel(mixing.frame, worth, gap=0.1 if turn else 0.0)
        if panel is None or (level.pressed * mixing.scale) @ panel <= level.price + _EPS:
            break
        found.append(panel)
        worth = np.where(panel > 0, worth / 2, worth)
    return found


def _mix(mixing: _Mixing) -> _Level:
    free = np.isnan(mixing.floors)
    ratios = mixing.panels.T * mixing.scale[:, None]
    count = len(mixing.panels)
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.hstack([-ratios, free.astype(float)[:, None]]),
        b_ub=np.where(free, 0.0, -(mixing.floors - 1e-7)),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (count + 1),
    )
    if found.x is None:
        raise NotEnough("No fair mixture of panels was found. Remove some of the quotas.")
    return _Level(
        weights=np.asarray(found.x[:count]),
        ratio=float(found.x[count]),
        pressed=-np.asarray(found.ineqlin.marginals),
        price=-float(found.eqlin.marginals[0]),
    )
