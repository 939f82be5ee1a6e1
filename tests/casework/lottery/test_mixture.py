"""Facts about the mixture: every panel keeps the quotas, and chances are as fair as they can be."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from casework.errors import Invalid, NotEnough
from casework.lottery import Mixture, find_conflict, solve
from casework.lottery.columns import leximin
from casework.lottery.frame import frame_of, profiles_of
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate, Refusal
from tests.casework.lottery.rosters import candidate, mixed_roster, pool, quota, usual_quotas

REGIONS = ("EU", "LATAM", "NA")
PLATFORMS = ("android", "ios")
SEGMENTS = ("builder", "raider")


@st.composite
def a_tiny_situation(draw_from: st.DrawFn) -> tuple[list[Candidate], int, list[Quota]]:
    """Up to nine people who differ in three traits, and quotas that may or may not fit."""
    kinds = st.tuples(
        st.sampled_from(REGIONS), st.sampled_from(PLATFORMS), st.sampled_from(SEGMENTS)
    )
    people = [
        candidate(place, region, platform=platform, segment=segment)
        for place, (region, platform, segment) in enumerate(
            draw_from(st.lists(kinds, min_size=2, max_size=9))
        )
    ]
    quotas = []
    for trait in (Trait.REGION, Trait.PLATFORM, Trait.SEGMENT):
        for value in sorted({one.value_of(trait) for one in people}):
            if draw_from(st.booleans()):
                low = draw_from(st.integers(0, 2))
                quotas.append(quota(value, low, draw_from(st.none() | st.integers(low, 3)), trait))
    return people, draw_from(st.integers(1, min(5, len(people)))), quotas


def keeps(panel: Sequence[Candidate], quotas: Sequence[Quota]) -> bool:
    return all(
        each.minimum
        <= sum(one.value_of(each.attribute) == each.value for one in panel)
        <= (len(panel) if each.maximum is None else each.maximum)
        for each in quotas
    )


def all_panels(
    people: Sequence[Candidate], seats: int, quotas: Sequence[Quota]
) -> list[tuple[Candidate, ...]]:
    return [panel for panel in combinations(people, seats) if keeps(panel, quotas)]


def fairest_by_hand(
    people: Sequence[Candidate], panels: Sequence[Sequence[Candidate]]
) -> list[float]:
    """Leximin over every panel there is, person by person; chances from the smallest up."""
    sits = np.array([[one in panel for panel in panels] for one in people], dtype=float)
    floors: dict[int, float] = {}
    while len(floors) < len(people):
        floors |= raised(sits, floors)
    return sorted(floors.values())


def raised(sits: np.ndarray, floors: dict[int, float]) -> dict[int, float]:
    """The next level, and who cannot be above it while everybody else keeps theirs."""
    free = [place for place in range(len(sits)) if place not in floors]
    level = best(sits, floors, free)
    least = floors | dict.fromkeys(free, level)
    stuck = [place for place in free if best(sits, least, [place]) <= level + 1e-6]
    return dict.fromkeys(stuck, level)


def best(sits: np.ndarray, floors: dict[int, float], free: list[int]) -> float:
    people, panels = sits.shape
    raise_ = np.array([[1.0 if place in free else 0.0] for place in range(people)])
    least = [0.0 if place in free else floors.get(place, 0.0) - 1e-9 for place in range(people)]
    found = linprog(
        np.append(np.zeros(panels), -1),
        A_ub=np.hstack([-sits, raise_]),
        b_ub=-np.array(least),
        A_eq=np.append(np.ones(panels), 0)[None],
        b_eq=[1],
        bounds=[(0, 1)] * (panels + 1),
    )
    assert found.x is not None
    return float(found.x[-1])


def chances_by_person(mixture: Mixture) -> list[float]:
    return sorted(
        chance
        for chance, profile in zip(mixture.chances, mixture.profiles, strict=True)
        for _ in profile.members
    )


@settings(max_examples=60, deadline=None)
@given(a_tiny_situation())
def test_chances_are_the_fairest_there_are_among_all_panels(
    situation: tuple[list[Candidate], int, list[Quota]],
) -> None:
    people, seats, quotas = situation
    panels = all_panels(people, seats, quotas)
    if not panels:
        with pytest.raises(NotEnough):
            solve(people, quotas, seats)
        return
    mixture = solve(people, quotas, seats)
    assert chances_by_person(mixture) == pytest.approx(fairest_by_hand(people, panels), abs=5e-4)


@settings(max_examples=40, deadline=None)
@given(a_tiny_situation())
def test_columns_alone_come_to_the_same_chances(
    situation: tuple[list[Candidate], int, list[Quota]],
) -> None:
    people, seats, quotas = situation
    if find_conflict(people, quotas, seats):
        return
    frame = frame_of(profiles_of(people, quotas), quotas, seats)
    found = leximin(frame, np.empty((0, len(frame.sizes)), dtype=np.int64))
    chances = found.weights @ found.seats / frame.sizes
    assert chances == pytest.approx(solve(people, quotas, seats).chances, abs=5e-4)


def test_whole_panels_that_cannot_mix_to_the_ideal_are_still_mixed_as_fairly_as_possible() -> None:
    """Three kinds of people, any two of whom share a value of which there may be one seat only.

    With split seats half of each would fit; whole panels hold one person each, so one in three.
    """
    people = [
        candidate(0, "EU", platform="ios", segment="s1"),
        candidate(1, "EU", platform="web", segment="s2"),
        candidate(2, "NA", platform="ios", segment="s2"),
        candidate(3, "SA", platform="tv", segment="s3"),
    ]
    rules = [quota("EU", 0, 1), quota("ios", 0, 1, Trait.PLATFORM)]
    rules.append(quota("s2", 0, 1, Trait.SEGMENT))
    mixture = solve(people, rules, 2)
    assert chances_by_person(mixture) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1.0], abs=1e-5)


@pytest.mark.parametrize(("customers", "seed"), [(60, 1), (100, 2), (1_000, 3)])
def test_every_panel_of_a_real_roster_keeps_every_quota(customers: int, seed: int) -> None:
    people, quotas = mixed_roster(customers, seed), usual_quotas()
    mixture = solve(people, quotas, 8)
    values = [profile.values for profile in mixture.profiles]
    for panel in mixture.panels:
        assert sum(number for _, number in panel.seats) == 8
        seated: Counter[tuple[Trait, str]] = Counter()
        for place, number in panel.seats:
            assert number <= mixture.profiles[place].size
            for trait, value in zip(mixture.traits, values[place], strict=True):
                seated[trait, value] += number
        assert all(
            each.minimum <= seated[each.attribute, each.value] <= (each.maximum or 0)
            for each in quotas
        )
    assert sum(panel.chance for panel in mixture.panels) == pytest.approx(1)
    expected = sum(c * p.size for c, p in zip(mixture.chances, mixture.profiles, strict=True))
    assert expected == pytest.approx(8)
    assert min(mixture.chances) > 0


def test_without_quotas_there_is_one_profile_and_everybody_has_the_same_chance() -> None:
    people = [*pool(EU=12, LATAM=8), candidate(99, "EU", Refusal.BUSY)]
    mixture = solve(people, [], 8)
    assert [profile.size for profile in mixture.profiles] == [20]
    assert mixture.chances == (0.4,)
    assert (mixture.least_ratio, mixture.median_ratio) == (1.0, 1.0)


def test_a_large_beta_within_quotas_that_do_not_bind_gives_everybody_the_same_chance() -> None:
    mixture = solve(pool(EU=1_000, LATAM=600, NA=400), [quota("LATAM", 100, 160)], 400)
    assert mixture.chances == pytest.approx([0.2, 0.2], abs=1e-6)
    assert mixture.traits == (Trait.REGION,)


def test_a_minimum_for_a_rare_kind_raises_their_chance_and_lowers_that_of_the_rest() -> None:
    mixture = solve(pool(EU=90, LATAM=10), [quota("LATAM", 2)], 8)
    by_kind = {
        profile.values[0]: chance
        for profile, chance in zip(mixture.profiles, mixture.chances, strict=True)
    }
    assert by_kind == pytest.approx({"LATAM": 2 / 10, "any other": 6 / 90})
    assert mixture.least_ratio == pytest.approx((6 / 90) / (8 / 100))
    assert mixture.median_ratio == mixture.least_ratio


def test_the_order_of_people_and_quotas_changes_nothing() -> None:
    people, quotas = mixed_roster(80, 5), usual_quotas()
    first = solve(people, quotas, 8)
    assert solve(people[::-1], quotas[::-1], 8) == first
    assert solve(people[::-1], quotas[::-1], 8).roster_digest == first.roster_digest


def test_no_seats_and_a_roster_with_somebody_twice_are_refused() -> None:
    with pytest.raises(Invalid, match="one seat or more"):
        solve(pool(EU=4), [], 0)
    with pytest.raises(Invalid, match="twice"):
        solve([candidate(1), candidate(1)], [], 1)
