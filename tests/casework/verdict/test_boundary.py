"""The exact boundary: the specification's vectors, and every path enumerated."""

import itertools
import json
import math
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import BaseModel

from casework.criteria import smallest_go_answers
from casework.errors import Invalid
from casework.verdict.boundary import complement, cutoffs, first_look, spending, walk


class Vector(BaseModel):
    n: int
    threshold: float
    alpha: float
    earliest: int
    close_at: int | None
    first_possible: int | None
    cutoffs: dict[int, int]
    size: float


VECTORS = [
    Vector.model_validate(row)
    for row in json.loads((Path(__file__).parent / "vectors.json").read_text())
]


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_boundary_is_the_specified_one(vector: Vector) -> None:
    found = cutoffs(
        vector.n,
        vector.threshold,
        alpha=vector.alpha,
        earliest=vector.earliest,
        close_at=vector.close_at,
    )
    last = vector.close_at or vector.n
    assert len(found) == last
    assert {k: int(found[k - 1]) for k in vector.cutoffs} == vector.cutoffs

    spent = spending(vector.n, vector.alpha, last)
    size = walk(spent, min(vector.earliest, last), vector.threshold).size
    assert round(size, 6) == vector.size

    regular = found[:-1] if vector.close_at else found
    possible = [k for k, needed in enumerate(regular, start=1) if needed <= k]
    assert (possible[0] if possible else None) == vector.first_possible


SMALL = [
    (1, 0.04, 0.05, 1, None),
    (5, 0.5, 0.05, 1, None),
    (9, 0.7, 0.05, 8, None),
    (8, 0.7, 0.05, 7, None),
    (12, 0.3, 0.1, 1, None),
    (13, 0.123, 0.01, 1, None),
    (14, 0.61, 0.2, 1, None),
    (14, 0.37, 0.05, 12, None),
    (14, 0.55, 0.2, 12, 13),
    (14, 0.31, 0.05, 12, 7),
    (14, 0.77, 0.3, 1, 10),
    (11, 0.02, 0.0125, 1, None),
]


@pytest.mark.parametrize(("n", "threshold", "alpha", "earliest", "close_at"), SMALL)
def test_following_every_path_gives_the_same_boundary(
    n: int, threshold: float, alpha: float, earliest: int, close_at: int | None
) -> None:
    found = cutoffs(n, threshold, alpha=alpha, earliest=earliest, close_at=close_at)
    assert found.tolist() == by_enumeration(n, threshold, alpha, earliest, close_at)


@pytest.mark.parametrize(("n", "threshold", "alpha", "earliest", "close_at"), SMALL)
def test_a_build_at_or_below_its_limit_seldom_crosses_however_often_one_looks(
    n: int, threshold: float, alpha: float, earliest: int, close_at: int | None
) -> None:
    found = cutoffs(n, threshold, alpha=alpha, earliest=earliest, close_at=close_at)
    for truth in (threshold, 0.9 * threshold, 0.5 * threshold):
        counts, chance = all_paths(close_at or n, truth)
        assert float(chance[(counts >= found).any(axis=1)].sum()) <= alpha + 1e-12


def all_paths(n: int, share: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    counts = np.cumsum(list(itertools.product((0, 1), repeat=n)), axis=1)
    good = counts[:, -1]
    return counts, share**good * (1.0 - share) ** (n - good)


def by_enumeration(
    n: int, threshold: float, alpha: float, earliest: int, close_at: int | None
) -> list[int]:
    """The rule applied to the list of all 2^n paths, with no recursion over counts."""
    last = close_at or n
    counts, chance = all_paths(last, threshold)
    alive = np.ones(len(chance), dtype=bool)
    normal = NormalDist()
    found = []
    for k in range(1, last + 1):
        allowed = 2 * normal.cdf(normal.inv_cdf(alpha / 2) / math.sqrt(k / n))
        if k == last:
            allowed = alpha
        here = counts[:, k - 1]
        top = int(here[alive].max())
        while k >= min(earliest, last) and alive.any():
            top = int(here[alive].max())
            if chance[~alive | (here == top)].sum() > allowed:
                break
            alive &= here < top
            top -= 1
        found.append(top + 1)
    return found


@pytest.mark.parametrize("threshold", [0.70, 0.95, 0.98, 0.99])
def test_below_the_smallest_n_even_perfect_answers_cannot_cross(threshold: float) -> None:
    least = smallest_go_answers(threshold)
    enough = cutoffs(least, threshold, earliest=first_look(least))
    fewer = cutoffs(least - 1, threshold, earliest=first_look(least - 1))
    assert (enough <= np.arange(1, least + 1)).any()
    assert not (fewer <= np.arange(1, least)).any()


def test_the_first_look_is_at_four_fifths_rounded_up() -> None:
    assert [first_look(n) for n in (1, 5, 9, 10, 76, 298, 299, 300)] == [
        1,
        4,
        8,
        8,
        61,
        239,
        240,
        240,
    ]


def test_three_in_ten_is_the_same_limit_however_it_is_written() -> None:
    assert complement(0.7) == 0.3
    assert complement(complement(0.05)) == 0.05


def test_a_boundary_cannot_be_changed_by_who_reads_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        cutoffs(30, 0.7)[0] = 0


def test_closing_before_any_answer_leaves_nothing_to_cross() -> None:
    assert cutoffs(30, 0.7, close_at=0).size == 0


@pytest.mark.parametrize(
    ("n", "threshold", "alpha", "earliest", "close_at"),
    [
        (0, 0.7, 0.05, 1, None),
        (10, 0.0, 0.05, 1, None),
        (10, 1.0, 0.05, 1, None),
        (10, float("nan"), 0.05, 1, None),
        (10, 0.7, 0.0, 1, None),
        (10, 0.7, 0.05, 0, None),
        (10, 0.7, 0.05, 1, 11),
        (10, 0.7, 0.05, 1, -1),
    ],
)
def test_impossible_plans_are_refused(
    n: int, threshold: float, alpha: float, earliest: int, close_at: int | None
) -> None:
    with pytest.raises(Invalid):
        cutoffs(n, threshold, alpha=alpha, earliest=earliest, close_at=close_at)
