"""Facts about who may be asked, and about quotas that can and cannot be met."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.customers import Attribute
from casework.recruiting import (
    Candidate,
    Refusal,
    Standing,
    count_refusals,
    refusals,
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


def test_a_loyal_reachable_customer_whom_nobody_asked_is_eligible() -> None:
    assert refusals(WILLING, now=NOW) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reachable": False}, Refusal.NOT_REACHABLE),
        ({"left_alone": True}, Refusal.LEFT_ALONE),
        ({"bounced": True}, Refusal.BOUNCED),
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
