"""Facts about quotas that cannot be met: what clashes is named, and the least that helps."""

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from casework.errors import Invalid, NotEnough
from casework.lottery import find_conflict, sizes_of, solve
from casework.quotas import Quota, Relaxation, Trait, in_order
from casework.recruiting import Candidate, Refusal
from tests.casework.lottery.rosters import candidate, pool, quota
from tests.casework.lottery.test_mixture import a_tiny_situation, all_panels


def relaxed(people: list[Candidate], seats: int, *quotas: Quota) -> list[str]:
    conflict = find_conflict(people, quotas, seats)
    return [str(change) for change in conflict.changes] if conflict else []


def loosened(quotas: list[Quota], changes: tuple[Relaxation, ...]) -> list[Quota]:
    for change in changes:
        quotas = [change.applied_to(each) for each in quotas]
    return quotas


@settings(max_examples=60, deadline=None)
@given(a_tiny_situation())
def test_the_least_relaxation_is_enough_and_one_step_less_is_not(
    situation: tuple[list[Candidate], int, list[Quota]],
) -> None:
    people, seats, quotas = situation
    conflict = find_conflict(people, quotas, seats)
    assert (conflict is None) == bool(all_panels(people, seats, quotas))
    if conflict is None:
        return
    assert all_panels(people, seats, loosened(quotas, conflict.changes))
    for change in conflict.changes:
        back = 1 if change.bound == "min" else -1
        less = change.model_copy(update={"after": change.after + back})
        others = tuple(less if each is change else each for each in conflict.changes)
        assert not all_panels(people, seats, loosened(quotas, others))
    assert len(conflict.clashing) >= 1


def test_quotas_that_can_be_met_need_no_relaxation() -> None:
    assert relaxed(pool(EU=5, LATAM=3), 8, quota("LATAM", 3, 3), quota("EU", 5)) == []
    assert relaxed(pool(EU=5), 5) == []


def test_a_minimum_above_the_eligible_gives_way_down_to_them() -> None:
    people = [*pool(EU=9), candidate(100, "LATAM", Refusal.BUSY)]
    assert relaxed(people, 8, quota("LATAM", 2)) == ["region LATAM: min 2 → 0"]
    with pytest.raises(
        NotEnough, match=r"8 seats: region LATAM at least 2\. The least .* min 2 → 0"
    ):
        solve(people, [quota("LATAM", 2)], 8)


def test_minima_that_do_not_fit_into_the_seats_give_way_from_the_first() -> None:
    people = pool(EU=9, LATAM=9, NA=9)
    quotas = [quota("EU", 3), quota("LATAM", 4), quota("NA", 3)]
    assert relaxed(people, 8, *quotas) == ["region EU: min 3 → 1"]
    assert relaxed(people, 6, *quotas) == ["region EU: min 3 → 0", "region LATAM: min 4 → 3"]
    conflict = find_conflict(people, quotas, 8)
    assert conflict is not None
    assert conflict.clashing == (
        "region EU at least 3",
        "region LATAM at least 4",
        "region NA at least 3",
    )


def test_maxima_that_leave_seats_empty_are_raised_by_what_is_missing() -> None:
    people = pool(EU=9, LATAM=2)
    assert relaxed(people, 8, quota("EU", 0, 4)) == ["region EU: max 4 → 6"]
    both = [quota("LATAM", 0, 1), quota("EU", 0, 4)]
    assert relaxed(people, 8, *both) == ["region EU: max 4 → 7"]


def test_traits_that_clash_only_together_are_named_together() -> None:
    """Whoever is in LATAM plays on Android: three of them and six on iOS do not fit into eight."""
    people = [candidate(place, "LATAM", platform="android") for place in range(5)]
    people += [candidate(place, "EU", platform="ios") for place in range(5, 15)]
    quotas = [quota("LATAM", 3), quota("ios", 6, on=Trait.PLATFORM)]
    conflict = find_conflict(people, quotas, 8)
    assert conflict is not None
    assert conflict.clashing == ("platform ios at least 6", "region LATAM at least 3")
    assert [str(change) for change in conflict.changes] == ["platform ios: min 6 → 5"]


def test_a_pool_smaller_than_the_seats_says_how_many_there_are() -> None:
    with pytest.raises(NotEnough, match=r"Only 3 eligible customers for 8 seats"):
        solve(pool(EU=3), [quota("EU", 1)], 8)
    with pytest.raises(NotEnough, match=r"Only 0 eligible customers for 8 seats"):
        solve([], [], 8)


def test_sizes_count_the_eligible_and_keep_values_where_nobody_is() -> None:
    people = [*pool(EU=2), candidate(9, "LATAM", Refusal.NOT_LOYAL)]
    assert sizes_of(people, Trait.REGION) == {"EU": 2, "LATAM": 0}
    scores = [candidate(place, score=score) for place, score in enumerate((0.91, 0.8, 0.79, 0.2))]
    assert list(sizes_of(scores, Trait.LOYALTY_BAND)) == [
        "0.7 to 0.8",
        "0.8 to 0.9",
        "0.9 or more",
        "below 0.7",
    ]


def test_a_minimum_above_the_maximum_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match=r"Region EU: the minimum of 3 is above .* 2"):
        quota("EU", 3, 2)


@pytest.mark.parametrize(
    ("quotas", "says"),
    [
        ([quota("Mars", 1)], "No customer has region “Mars”. There is: EU, LATAM"),
        ([quota("EU", 1), quota("EU", 2)], "“EU” has two quotas"),
    ],
)
def test_unsound_quotas_are_refused(quotas: list[Quota], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        solve(pool(EU=5, LATAM=5), quotas, 5)


def test_a_quota_says_itself_and_stands_in_the_order_of_the_traits() -> None:
    rules = [quota("ios", 1, 3, Trait.PLATFORM), quota("EU"), quota("AF", 2)]
    assert [each.described for each in in_order(rules[::-1])] == [
        "platform ios: at least 1, at most 3",
        "region AF: at least 2",
        "region EU: no limit",
    ]
