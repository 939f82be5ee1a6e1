"""Facts about the loyalty policy in force and its check on the history."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casework.customers import Interaction, InteractionKind
from casework.errors import NotAllowed, NotEnough
from casework.loyalty import LoyaltyPolicy
from casework.roles import Actor, Role
from db import customers, loyalty_policies
from db.audit import AuditRow
from db.customers import CustomerRow, InteractionRow
from db.loyalty_policies import LoyaltyPolicyRow
from tests.recruits import some_customers


def test_until_somebody_sets_one_the_tools_own_policy_counts(
    session: Session, now: datetime
) -> None:
    assert loyalty_policies.current(session, now=now) == LoyaltyPolicy(as_of=now)


def test_the_latest_policy_counts_and_earlier_ones_stay(
    session: Session, owner: Actor, now: datetime
) -> None:
    first = LoyaltyPolicy(as_of=now, cut=0.1, window_days=365)
    second = LoyaltyPolicy(as_of=now, cut=0.2, weights=(2, 1, 0))
    for policy in (first, second, second):
        loyalty_policies.set_policy(session, owner, policy, now=now)
    later = now + timedelta(days=3)
    assert loyalty_policies.current(session, now=later) == second.model_copy(
        update={"as_of": later}
    )
    assert [row.cut for row in session.exec(select(LoyaltyPolicyRow))] == [0.1, 0.2]
    lines = session.exec(select(AuditRow)).all()
    assert [line.act for line in lines] == ["set loyalty policy"] * 2
    assert "top 10%" in lines[0].detail


def test_only_an_owner_sets_it(session: Session, now: datetime) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        loyalty_policies.set_policy(session, student, LoyaltyPolicy(as_of=now), now=now)
    with pytest.raises(NotAllowed):
        customers.backtest(session, student, LoyaltyPolicy(as_of=now))


def bought(session: Session, customer: CustomerRow, at: datetime) -> None:
    count = len(session.exec(select(InteractionRow.id)).all())
    purchase = Interaction(
        ref=f"P{count}",
        customer_ref=customer.ref,
        kind=InteractionKind.PURCHASE,
        at=at,
        spend_cents=500,
    )
    session.add(InteractionRow.model_validate(purchase, update={"customer_id": customer.id}))
    session.flush()


def test_the_policy_is_checked_on_the_second_half_of_the_history(
    session: Session, owner: Actor, now: datetime
) -> None:
    """Twenty who bought early twice come back, forty who bought once do not; ten never bought."""
    rows = some_customers(session, 70)
    for place, row in enumerate(rows[:60]):
        bought(session, row, now - timedelta(days=100))
        if place < 20:
            bought(session, row, now - timedelta(days=90))
            bought(session, row, now)
    found = customers.backtest(session, owner, LoyaltyPolicy(as_of=now))
    assert (found.customers, found.came_back) == (60, 20)
    assert found.split_at == now - timedelta(days=50)
    assert (found.auc, found.loyal_back, found.rest_back) == (1.0, 1.0, 0.0)


def test_without_a_history_there_is_nothing_to_check(
    session: Session, owner: Actor, now: datetime
) -> None:
    with pytest.raises(NotEnough, match="no history yet"):
        customers.backtest(session, owner, LoyaltyPolicy(as_of=now))
    bought(session, some_customers(session, 1)[0], now)
    with pytest.raises(NotEnough, match="0 and 1"):
        customers.backtest(session, owner, LoyaltyPolicy(as_of=now))
