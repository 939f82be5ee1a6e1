"""From split seats to whole panels: a mixture whose expected seats are the wished ones."""

from dataclasses import dataclass

import numpy as np

from casework.lottery.frame import Flags, Frame, Numbers, Seats, best_panel

_EPS = 1e-7
_DONE = 1e-6
_EMPHASES = (1.0, 4.0, 0.25, 16.0, 1.0, 4.0, 16.0)
"""How much the need for a minimum counts beside a profile's share, one quick try after the other:
with seven tries nine panels in ten need no search, which takes ten times as long."""


@dataclass(frozen=True)
class Panels:
    """Panels (M, P) of whole seats and their weights (M,); `left` is the weight not placed."""

    seats: Seats
    weights: Numbers
    left: float


@dataclass(frozen=True)
class _Face:
    """Where the next panel must lie.

    `must` and `may` (P,) get one seat more; `low` and `high` (K,) are the seats quotas ask for.
    """

    must: Flags
    may: Flags
    low: Numbers
    high: Numbers


def split(frame: Frame, wished: Numbers) -> Panels:
    """Write the wished seats (P,) as a mixture of panels, one after the other.

    Each panel rounds every wish up or down and lies in the smallest face of the quotas around what
    is left, so it can be given weight until one more bound is met: no more panels are needed than
    there are profiles and quotas. Where such a face holds no whole panel, the rest stays `left`.
    """
    base = np.floor(wished + _EPS)
    rest = _Rest(frame, base, np.clip(wished - base, 0.0, 1.0))
    found: list[tuple[float, Seats]] = []
    for _ in range(2 * (len(wished) + len(frame.low)) + 2):
        panel = rest.next_panel() if rest.weight > _DONE else None
        if panel is None:
            break
        found.append((rest.take(panel), (base + panel).astype(np.int64)))
    return Panels(
        seats=np.array([seats for _, seats in found], dtype=np.int64).reshape(-1, len(wished)),
        weights=np.array([weight for weight, _ in found]),
        left=rest.weight if rest.weight > _DONE else 0.0,
    )


class _Rest:
    """What is still to be placed above `base`: `mass` (P,) of a total `weight`."""

    def __init__(self, frame: Frame, base: Numbers, mass: Numbers) -> None:
        self.frame, self.mass, self.weight = frame, mass, 1.0
        sums = frame.rows @ base
        self.seats = round(frame.seats - float(base.sum()))
        self.low, self.high = np.maximum(frame.low - sums, 0.0), frame.high - sums
        # Only the order of quick tries depends on it, and it is the same on every machine.
        self.rng = np.random.default_rng(0)

    def next_panel(self) -> Numbers | None:
        """Zeros and ones (P,) in the face around what is left; None where there are none."""
        face = self._face()
        for emphasis in _EMPHASES:
            shares = self.mass / self.weight * self.rng.uniform(0.3, 1, len(self.mass))
            quick = self._filled(face, shares, emphasis)
            if quick is not None:
                return quick
        return self._searched(face)

    def take(self, panel: Numbers) -> float:
        """Give the panel all the weight the rest can spare; returns it."""
        step = self._spare(panel)
        self.mass = np.maximum(self.mass - step * panel, 0.0)
        self.weight -= step
        return step

    def _spare(self, panel: Numbers) -> float:
        """The most weight after which what is left still lies within its bounds."""
        took = panel > 0
        sums, counts = self.frame.rows @ self.mass, self.frame.rows @ panel
        over, under = counts > self.low, counts < self.high
        limits = (
            [self.weight],
            self.mass[took],
            self.weight - self.mass[~took],
            (sums - self.low * self.weight)[over] / (counts - self.low)[over],
            (self.high * self.weight - sums)[under] / (self.high - counts)[under],
        )
        return max(float(np.concatenate(limits).min()), 0.0)

    def _face(self) -> _Face:
        must = self.mass >= self.weight - _EPS
        sums = self.frame.rows @ self.mass
        at_low = sums <= self.low * self.weight + _EPS
        at_high = sums >= self.high * self.weight - _EPS
        return _Face(
            must=must,
            may=(self.mass > _EPS) & ~must,
            low=np.where(at_high, self.high, self.low),
            high=np.where(at_low, self.low, self.high),
        )

    def _filled(self, face: _Face, shares: Numbers, emphasis: float) -> Numbers | None:
        """Take the largest shares first, never so that a trait's minima get out of reach.

        It may fail where traits depend on one another.
        """
        panel = face.must.astype(np.float64)
        for left in range(self.seats - int(face.must.sum()), 0, -1):
            worth = self._worth(face, panel, shares, emphasis, left)
            place = int(np.argmax(worth))
            if worth[place] == -np.inf:
                return None
            panel[place] = 1.0
        counts = self.frame.rows @ panel
        fits = (counts >= face.low).all() and (counts <= face.high).all()
        return panel if fits and panel.sum() == self.seats else None

    def _worth(
        self, face: _Face, panel: Numbers, shares: Numbers, emphasis: float, left: int
    ) -> Numbers:
        """What a seat of each profile (P,) is worth now; -inf where it would break a quota."""
        rows, of_trait = self.frame.rows, self.frame.of_trait
        counts = rows @ panel
        lacking = np.maximum(face.low - counts, 0.0)
        needs = of_trait @ lacking
        helps = (of_trait * (lacking > 0)) @ rows
        blocked = (counts >= face.high) @ rows > 0
        fit = face.may & (panel == 0) & ~blocked & (helps[needs >= left] > 0).all(axis=0)
        worth: Numbers = np.where(fit, shares + emphasis * (needs / left) @ helps, -np.inf)
        return worth

    def _searched(self, face: _Face) -> Numbers | None:
        """Look among everything that is open; any panel will do, a worthier one goes further."""
        sums = self.frame.rows @ face.must
        within = Frame(
            seats=self.seats - int(face.must.sum()),
            sizes=np.ones(int(face.may.sum()), dtype=np.int64),
            rows=self.frame.rows[:, face.may],
            of_trait=self.frame.of_trait,
            low=face.low - sums,
            high=face.high - sums,
        )
        found = best_panel(within, self.mass[face.may], gap=0.1)
        if found is None:
            return None
        panel = face.must.astype(np.float64)
        panel[face.may] = found
        return panel
