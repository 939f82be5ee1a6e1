"""What must come out of the verdict rule, simulated: `python -m bench.verdict`.

Each study has 14 equal daily batches and is looked at after each of them. Beside the rule stand
the naive one (GO as soon as every estimate looks fine) and Wilson intervals looked at daily, which
is what careful people do.
"""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from casework.criteria import (
    Cell,
    Criterion,
    Direction,
    LaunchCriteria,
    Margin,
    Metric,
    Profile,
    profile_criteria,
)
from casework.verdict import Evidence, Sample, crossing
from casework.verdict.judging import is_shown, judge

SEED = 20_261_224
LOOKS = 14
ALPHA = 0.05
STRICT = profile_criteria(Profile.strict, 1_000)
CSAT = (Criterion(metric=Metric.csat, threshold=0.70),)

Truth = dict[Metric, float]
Matrix = NDArray[np.float64]

EXCELLENT: Truth = {
    Metric.csat: 0.88,
    Metric.nps: 0.50,
    Metric.offended: 0.002,
    Metric.crash_free: 0.9995,
    Metric.sentiment: 0.30,
}
WELL_ABOVE: Truth = {
    Metric.csat: 0.80,
    Metric.nps: 0.35,
    Metric.offended: 0.005,
    Metric.crash_free: 0.998,
    Metric.sentiment: 0.20,
}
LIMIT: Truth = {criterion.metric: criterion.threshold for criterion in STRICT}


@dataclass(frozen=True)
class Scene:
    """One line of the table: a state of the world and how often which outcome must come out."""

    name: str
    n: int
    criteria: tuple[Criterion, ...]
    truth: Truth
    outcome: str
    must: str
    bound: float
    studies: int = 3_000

    def allows(self, rate: float, error: float) -> bool:
        """Whether a rate meets the line; an upper bound may be exceeded by the given error."""
        return rate <= self.bound + error if self.must == "≤" else rate >= self.bound


def scenes() -> list[Scene]:
    """The table "What must come out"."""
    limits = [
        Scene(f"{metric} at its limit", n, STRICT, EXCELLENT | {metric: limit}, "GO", "≤", 0.05)
        for n in (300, 1_000)
        for metric, limit in LIMIT.items()
    ]
    bad = [Scene("all at the limit", n, STRICT, LIMIT, "NO-GO", "≤", 0.05) for n in (300, 1_000)]
    stop = profile_criteria(Profile.stop_check, 40)
    staged = profile_criteria(Profile.staged, 76)
    offence = WELL_ABOVE | {Metric.offended: 0.06}
    grinch = EXCELLENT | {Metric.offended: 0.30}
    beta = {Metric.csat: 0.85, Metric.offended: 0.01, Metric.crash_free: 0.98}
    return [
        *limits,
        *bad,
        Scene("csat .80 alone", 100, CSAT, {Metric.csat: 0.80}, "GO", "≥", 0.68, 10_000),
        Scene("well above", 1_000, STRICT, WELL_ABOVE, "GO", "≥", 0.90),
        Scene("offended 6 %", 300, STRICT, offence, "NO-GO", "≥", 0.90),
        Scene("excellent", 300, STRICT, EXCELLENT, "GO", "≥", 0.70),
        Scene("stop check, 30 % offended", 40, stop, grinch, "NO-GO", "≥", 0.95),
        Scene("staged release", 76, staged, beta, "GO", "≥", 0.70),
    ]


def main() -> None:
    """Print the table with Monte Carlo errors."""
    started = time.perf_counter()
    rng = np.random.default_rng(SEED)
    print(f"{'truth':28}{'N':>6} {'outcome':8}{'must be':>9}{'rule':>16}{'naive':>8}{'Wilson':>8}")
    misses = 0
    for scene in scenes():
        rates = simulate(scene, rng)
        error = math.sqrt(max(rates[0] * (1 - rates[0]), 1 / scene.studies) / scene.studies)
        met = scene.allows(rates[0], 3 * error)
        misses += not met
        must = f"{scene.must} {scene.bound:.2f}"
        rule = f"{rates[0]:.4f} ± {error:.4f}"
        print(
            f"{scene.name:28}{scene.n:>6} {scene.outcome:8}{must:>9}{rule:>16}"
            f"{rates[1]:>8.3f}{rates[2]:>8.3f}{'' if met else '  missed'}"
        )
    print_skewed(rng)
    print(f"{misses} lines missed; {time.perf_counter() - started:.1f} s, seed {SEED}")


def print_skewed(rng: np.random.Generator, studies: int = 1_000, n: int = 300) -> None:
    """False GO for a sample half loyal from a base one fifth loyal that is exactly at its limit."""
    cells = (Cell(value="loyal", share=0.2), Cell(value="other", share=0.8))
    plan = LaunchCriteria(
        study="skewed",
        build="1",
        profile=Profile.full,
        answers=n,
        closes_at=datetime(2026, 12, 1, tzinfo=UTC),
        criteria=CSAT,
        loyalty_policy="none",
        scorer_version="none",
        base=(Margin(attribute="loyalty", cells=cells),),
    )
    found = [judge(plan, skewed(n, rng)).results[0] for _ in range(studies)]
    plain = np.mean([result.crossed_up_at is not None for result in found])
    both = np.mean([is_shown(result) for result in found])
    print(f"loyal-skewed sample, csat of the base at .70, N {n}: false GO {plain:.3f} unweighted,")
    print(f"{both:.3f} with the weighted check")


def skewed(n: int, rng: np.random.Generator) -> Evidence:
    """Half of the testers are loyal and satisfied at 86 %, the others at 66 %: 70 % of the base."""
    loyal = np.arange(n) % 2 == 0
    satisfied = rng.random(n) < np.where(loyal, 0.86, 0.66)
    return Evidence(
        values={Metric.csat: satisfied.astype(np.float64)},
        loyal=loyal,
        attributes={"loyalty": np.where(loyal, "loyal", "other")},
    )


def simulate(scene: Scene, rng: np.random.Generator) -> tuple[float, float, float]:
    """How often rule, naive rule and daily Wilson intervals give the scene's outcome."""
    draws = [
        draw(c.metric, scene.truth[c.metric], (scene.studies, scene.n), rng) for c in scene.criteria
    ]
    looks = np.unique(np.ceil(np.arange(1, LOOKS + 1) * scene.n / LOOKS).astype(int))
    wants_go = scene.outcome == "GO"
    naive_go = seen(scene, draws, looks, width=0.0, good=True)
    wilson = seen(scene, draws, looks, width=float(ndtri(0.975)), good=wants_go)
    naive = naive_go if wants_go else ~naive_go
    rule = [ruled(scene, [values[i] for values in draws], looks) for i in range(scene.studies)]
    return float(np.mean(rule)), float(naive.mean()), float(wilson.mean())


def ruled(scene: Scene, values: list[Matrix], looks: NDArray[np.int64]) -> bool:
    """Whether the rule shows the outcome at any look at one study."""
    samples = [
        Sample(c.metric, c.segment, np.arange(v.size), v, 0, scene.n, None)
        for c, v in zip(scene.criteria, values, strict=True)
    ]
    pairs = list(zip(samples, (c.threshold for c in scene.criteria), strict=True))
    level = ALPHA / len(pairs)
    falls = [at for s, limit in pairs if (at := crossing.down(s, limit, level)) is not None]
    if scene.outcome == "NO-GO":
        return bool(falls)
    rises = [crossing.up(s, limit, ALPHA) for s, limit in pairs]
    known = [at for at in rises if at is not None]
    if len(known) < len(rises):
        return False
    first_go = looks[np.searchsorted(looks, max(known))]
    return not falls or bool(min(falls) > first_go)


def seen(
    scene: Scene, draws: list[Matrix], looks: NDArray[np.int64], *, width: float, good: bool
) -> NDArray[np.bool_]:
    """Studies with a look at which all intervals are good, or any is bad; z = width."""
    sides = [
        clear(c, v, looks, width, good=good) for c, v in zip(scene.criteria, draws, strict=True)
    ]
    together = np.all(sides, axis=0) if good else np.any(sides, axis=0)
    found: NDArray[np.bool_] = together.any(axis=1)
    return found


def clear(
    criterion: Criterion, values: Matrix, looks: NDArray[np.int64], width: float, *, good: bool
) -> NDArray[np.bool_]:
    """Per study and look: is the whole interval on one side of the threshold?"""
    mean = np.cumsum(values, axis=1)[:, looks - 1] / looks
    if criterion.metric.is_share:
        middle = (mean + width**2 / (2 * looks)) / (1 + width**2 / looks)
        spread = np.sqrt(mean * (1 - mean) / looks + width**2 / (4 * looks**2))
        half = width / (1 + width**2 / looks) * spread
    else:
        square = np.cumsum(values**2, axis=1)[:, looks - 1] / looks
        middle, half = mean, width * np.sqrt(np.maximum(square - mean**2, 0) / looks)
    high_is_good = criterion.metric.direction is Direction.AT_LEAST
    if high_is_good == good:
        side: NDArray[np.bool_] = middle - half >= criterion.threshold - 1e-12
        return side
    other: NDArray[np.bool_] = middle + half <= criterion.threshold + 1e-12
    return other


def draw(metric: Metric, truth: float, shape: tuple[int, int], rng: np.random.Generator) -> Matrix:
    """Answers with this true mean: coins; 30 % passives; a wide bell on [−1, 1]."""
    if metric.is_share:
        return (rng.random(shape) < truth).astype(np.float64)
    if metric is Metric.nps:
        where = rng.random(shape)
        promoters = (0.7 + truth) / 2
        return np.where(where < promoters, 1.0, np.where(where < promoters + 0.3, 0.0, -1.0))
    middle = (1 + truth) / 2
    bell: Matrix = 2 * rng.beta(4 * middle, 4 * (1 - middle), shape) - 1
    return bell


if __name__ == "__main__":
    main()
