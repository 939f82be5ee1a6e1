"""Customers who may be asked and a focus group that wants them: where recruiting tests begin."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, select

from casework.activities import Activity
from casework.customers import Attribute, Customer
from casework.funnel import ActivityKind, Step
from casework.loyalty import Loyalty
from casework.recruiting import Candidate, Choice
from casework.roles import Actor, Role
from db import activities, consent_texts, participants, recruiting
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.studies import StudyRow
from tests.betas import NOW, OWNER, a_study

REGIONS = ("EU", "LATAM")


def known(score: float, *, loyal: bool) -> Loyalty:
    """What is known of a customer's loyalty."""
    return Loyalty(
        recency=score, frequency=score, spend=score, score=score, loyal=loyal, reason="As told."
    )


def some_customers(session: Session, count: int = 12) -> list[CustomerRow]:
    """New reachable customers, every second in LATAM."""
    taken = len(session.exec(select(CustomerRow)).all())
    rows = [
        CustomerRow.model_validate(
            Customer(
                ref=f"C{place}",
                name=f"Person {place}",
                email=f"person{place}@example.com",
                segment="fan",
                platform="android",
                region=REGIONS[place % 2],
            )
        )
        for place in range(taken, taken + count)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def all_loyal(rows: Sequence[CustomerRow]) -> dict[int, Loyalty]:
    return {row.id or 0: known(0.9, loyal=True) for row in rows}


def drafted_activity(
    kind: ActivityKind, starts_at: datetime, closes_at: datetime, name: str = "Group"
) -> Activity:
    """An activity of eight seats with a thank-you."""
    return Activity(
        kind=kind,
        name=name,
        seats=8,
        starts_at=starts_at,
        closes_at=closes_at,
        incentive="500 gems",
    )


def an_activity_for(
    session: Session,
    study: StudyRow,
    kind: ActivityKind = ActivityKind.FOCUS_GROUP,
    name: str = "Group",
    **changes: object,
) -> ActivityRow:
    plan = drafted_activity(kind, NOW, NOW + timedelta(days=10), name)
    activity = Activity.model_validate(plan.model_dump() | changes)
    return activities.open_activity(session, OWNER, study, activity, now=NOW)


def choose(candidates: Sequence[Candidate], *customers: CustomerRow) -> list[Choice]:
    """These customers as an owner picks them by hand."""
    wanted = {customer.id for customer in customers}
    return [
        Choice(candidate=one, chosen_by="by hand")
        for one in candidates
        if one.customer_id in wanted
    ]


def picked(customer: CustomerRow, *, loyal: bool = True) -> Choice:
    """One customer as chosen by hand, whatever the list says."""
    return Choice(
        candidate=Candidate(
            customer_id=customer.id or 0,
            attributes={each: customer.value_of(each) for each in Attribute},
            loyal=loyal,
            score=0.9,
        ),
        chosen_by="by hand",
    )


def seat(
    session: Session, activity: ActivityRow, *customers: CustomerRow, now: datetime = NOW
) -> list[ParticipantRow]:
    choices = [picked(customer) for customer in customers]
    return recruiting.recruit(session, OWNER, activity, choices, now=now)


def as_guest(participant: ParticipantRow) -> Actor:
    return Actor(role=Role.CUSTOMER, name="Guest", participant_id=participant.id)


def text_of(session: Session, participant: ParticipantRow) -> str:
    """The version of the consent text that this participant reads now."""
    kind = participants.activity_of(session, participant).kind
    return consent_texts.in_force(session, kind).version


def say_yes(
    session: Session, participant: ParticipantRow, now: datetime = NOW, *, may_quote: bool = True
) -> None:
    """Invited without a letter, and accepted."""
    participants.advance(session, participant, Step.INVITED, now=now)
    participants.accept(
        session,
        as_guest(participant),
        participant,
        version=text_of(session, participant),
        is_adult=True,
        may_quote=may_quote,
        now=now,
    )


class Group(NamedTuple):
    """A focus group whose people have all accepted."""

    study: StudyRow
    activity: ActivityRow
    people: list[ParticipantRow]


def a_group(session: Session, size: int = 6, *, may_quote: bool = True) -> Group:
    study = a_study(session)
    activity = an_activity_for(session, study)
    people = seat(session, activity, *some_customers(session, size))
    for participant in people:
        say_yes(session, participant, may_quote=may_quote)
    return Group(study, activity, people)
