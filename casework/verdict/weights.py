"""Weights that make the counted testers look like the customer base.

Raking scales each margin in turn until all of them fit: iterative proportional fitting. It
corrects what the registered attributes explain, and nothing else.
Source: Deming and Stephan (1940).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casework.criteria import Margin

Floats = NDArray[np.float64]
Texts = NDArray[np.str_]

ROUNDS = 100
TOLERANCE = 1e-6
TRIM = 5.0
"""Weights are trimmed once at this multiple of their median."""


@dataclass(frozen=True)
class Weights:
    """One weight per tester, 1 on average.

    Attributes:
        values: the weights, trimmed.
        effective: (Σw)² / Σw² before trimming: how many equally weighted testers they are worth.
        trimmed: testers whose weight was cut.
        dropped: parts of the base without any answer, "platform web".
        dropped_share: the largest share of the base that one margin lost in this way.
    """

    values: Floats
    effective: float
    trimmed: int
    dropped: tuple[str, ...]
    dropped_share: float


@dataclass(frozen=True)
class _Fit:
    """One margin against the sample: each tester's cell (−1 unknown) and the wanted shares."""

    codes: NDArray[np.int64]
    wanted: Floats
    dropped: tuple[str, ...]
    dropped_share: float


def rake(base: tuple[Margin, ...], attributes: Mapping[str, Texts], n: int) -> Weights:
    """Weights of n testers that fit every registered margin as far as their answers allow.

    A cell without answers is dropped and its margin rescaled. Testers whose value is unknown are a
    cell of their own, which is not raked.
    """
    fits = [_fit(margin, attributes.get(margin.attribute), n) for margin in base]
    raw = _fitted(fits, np.ones(n))
    cap = TRIM * float(np.median(raw)) if n else 0.0
    cut = np.minimum(raw, cap)
    return Weights(
        values=cut / cut.mean() if n else cut,
        effective=float(raw.sum() ** 2 / (raw**2).sum()) if n else 0.0,
        trimmed=int((raw > cap).sum()),
        dropped=tuple(name for fit in fits for name in fit.dropped),
        dropped_share=max((fit.dropped_share for fit in fits), default=0.0),
    )


def _fit(margin: Margin, values: Texts | None, n: int) -> _Fit:
    codes = np.full(n, -1, dtype=np.int64)
    for i, cell in enumerate(margin.cells):
        if values is not None:
            codes[values == cell.value] = i
    shares = np.array([cell.share for cell in margin.cells])
    empty = np.bincount(codes[codes >= 0], minlength=shares.size) == 0
    kept = np.where(empty, 0.0, shares)
    return _Fit(
        codes=codes,
        wanted=kept / kept.sum() if kept.any() else kept,
        dropped=tuple(
            f"{margin.attribute} {cell.value}"
            for cell, gone in zip(margin.cells, empty, strict=True)
            if gone
        ),
        dropped_share=float(shares[empty].sum()),
    )


def _fitted(fits: list[_Fit], weights: Floats) -> Floats:
    for _ in range(ROUNDS):
        before = weights.copy()
        for fit in fits:
            _scale(fit, weights)
        if np.allclose(weights, before, rtol=TOLERANCE, atol=0.0):
            break
    return weights


def _scale(fit: _Fit, weights: Floats) -> None:
    """Bring the known testers of one margin to the wanted shares; their total stays."""
    known = fit.codes >= 0
    if not known.any():
        return
    codes, own = fit.codes[known], weights[known]
    now = np.bincount(codes, own, minlength=fit.wanted.size)
    factor = np.divide(fit.wanted * own.sum(), now, out=np.ones_like(now), where=now > 0)
    weights[known] = own * factor[codes]
