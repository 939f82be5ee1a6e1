"""Facts about who may be asked, and about quotas that can and cannot be met."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from casework.customers import Attribute
from casework.errors import Invalid, NotEnough
from casework.recruiting import (
    Candidate,
    Quota,
    Refusal,
    Standing,
    count_refusals,
    least_relaxation,
    refusals,
    require_feasible,
    sizes_of,
)

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
WILLING = Standing(reachable=True, loyal=True)


def candidate(customer_id: int, region: str, *reasons: Refusal) -> Candidate:
    rest = dict.fromkeys(Attribute, "unknown")
    return Candidate(
        customer_id=customer_id,
        attributes={**rest, Attribute.REGION: region},
        loyal=True,
        score=0.9,
        refusals=reasons,
    )


def pool(**sizes: int) -> list[Candidate]:
    """So many eligible customers in each region."""
    regions = [region for region, size in sizes.items() for _ in range(size)]
    return [candidate(place, region) for place, region in enumerate(regions)]


def quota(region: str, low: int = 0, high: int | None = None) -> Quota:
    return Quota(attribute=Attribute.REGION, value=region, minimum=low, maximum=high)


def relaxed(candidates: list[Candidate], seats: int, *quotas: Quota) -> list[str]:
    return [str(change) for change in least_relaxation(candidates, seats, quotas)]


def test_a_loyal_reachable_customer_whom_nobody_asked_is_eligible() -> None:
    assert refusals(WILLING, now=NOW) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reachable": False}, Refusal.NOT_REACHABLE),
        ({"loyal": False}, Refusal.NOT_LOYAL),
        ({"here": True}, Refusal.ALREADY_HERE),
        ({"busy": True}, Refusal.BUSY),
        ({"invited_at": NOW - timedelta(days=29, hours=23)}, Refusal.CONTACTED),
    ],
)
def test_each_reason_keeps_a_customer_out_and_is_named(
    change: dict[str, object], reason: Refusal
) -> None:
    standing = Standing.model_validate(WILLING.model_dump() | change)
    assert refusals(standing, now=NOW) == (reason,)
    assert reason.label[0].islower()


def test_the_cool_down_is_over_after_thirty_days_to_the_second() -> None:
    asked = WILLING.model_copy(update={"invited_at": NOW - timedelta(days=30)})
    assert refusals(asked, now=NOW) == ()
    assert refusals(asked, now=NOW - timedelta(seconds=1)) == (Refusal.CONTACTED,)


def test_every_reason_is_given_not_only_the_first() -> None:
    nobody = Standing(reachable=False, loyal=False, busy=True)
    assert refusals(nobody, now=NOW) == (
        Refusal.NOT_REACHABLE,
        Refusal.NOT_LOYAL,
        Refusal.BUSY,
    )
    counted = count_refusals(
        [candidate(1, "EU", Refusal.NOT_LOYAL, Refusal.BUSY), candidate(2, "EU", Refusal.BUSY)]
    )
    assert counted == {Refusal.NOT_LOYAL: 1, Refusal.BUSY: 2}


def test_sizes_count_the_eligible_and_keep_values_where_nobody_is() -> None:
    people = [*pool(EU=2), candidate(9, "LATAM", Refusal.NOT_LOYAL)]
    assert sizes_of(people, Attribute.REGION) == {"EU": 2, "LATAM": 0}


def test_quotas_that_can_be_met_need_no_relaxation() -> None:
    assert relaxed(pool(EU=5, LATAM=3), 8, quota("LATAM", 3, 3), quota("EU", 5)) == []
    assert relaxed(pool(EU=5), 5) == []


def test_a_minimum_above_the_eligible_gives_way_down_to_them() -> None:
    people = [*pool(EU=9), candidate(100, "LATAM", Refusal.BUSY)]
    assert relaxed(people, 8, quota("LATAM", 2)) == ["region LATAM: min 2 → 0"]
    with pytest.raises(NotEnough, match=r"region LATAM: min 2 → 0"):
        require_feasible(people, 8, [quota("LATAM", 2)])


def test_minima_that_do_not_fit_into_the_seats_give_way_in_the_order_of_the_quotas() -> None:
    people = pool(EU=9, LATAM=9, NA=9)
    quotas = [quota("EU", 3), quota("LATAM", 4), quota("NA", 3)]
    assert relaxed(people, 8, *quotas) == ["region EU: min 3 → 1"]
    assert relaxed(people, 6, *quotas) == ["region EU: min 3 → 0", "region LATAM: min 4 → 3"]


def test_maxima_that_leave_seats_empty_are_raised_by_what_is_missing() -> None:
    people = pool(EU=9, LATAM=2)
    assert relaxed(people, 8, quota("EU", 0, 4)) == ["region EU: max 4 → 6"]
    both = [quota("LATAM", 0, 1), quota("EU", 0, 4)]
    assert relaxed(people, 8, *both) == ["region LATAM: max 1 → 2", "region EU: max 4 → 6"]


def test_a_pool_smaller_than_the_seats_says_how_many_there_are() -> None:
    with pytest.raises(NotEnough, match=r"Only 3 eligible customers for 8 seats"):
        require_feasible(pool(EU=3), 8, [])
    with pytest.raises(NotEnough, match=r"Only 0 eligible customers for 8 seats"):
        require_feasible([], 8, [])


def test_a_minimum_above_the_maximum_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match=r"Region EU: the minimum of 3 is above .* 2"):
        quota("EU", 3, 2)


@pytest.mark.parametrize(
    ("quotas", "says"),
    [
        ([quota("Mars", 1)], "No customer has region “Mars”. There is: EU, LATAM"),
        ([quota("EU", 1), quota("EU", 2)], "“EU” has two quotas"),
        (
            [quota("EU", 1), Quota(attribute=Attribute.PLATFORM, value="unknown")],
            "one attribute only",
        ),
    ],
)
def test_unsound_quotas_are_refused(quotas: list[Quota], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        require_feasible(pool(EU=5, LATAM=5), 5, quotas)


def test_a_customer_twice_in_the_roster_is_refused() -> None:
    with pytest.raises(Invalid, match="twice"):
        require_feasible([candidate(1, "EU"), candidate(1, "EU")], 1, [])
