"""The studio's customers and what they bought."""

from datetime import datetime

from sqlmodel import Session

from casework.loyalty import LoyaltyPolicy
from casework.roles import Actor
from casework.world import World, customers, interactions, santa_run
from casework.world.santa_run import day
from db import customers as roster
from db.customers import Standings


def fill(session: Session, actor: Actor, people: World, *, now: datetime) -> Standings:
    """Import both files; returns who is loyal from then on."""
    imported = day(now, santa_run.IMPORTED)
    roster.import_customers(session, actor, customers(people), now=imported)
    bought = list(interactions(people, until=imported))
    roster.import_interactions(session, actor, bought, now=imported)
    return roster.loyalties(session, policy(now))


def policy(now: datetime) -> LoyaltyPolicy:
    """Who counts as loyal: the tool's own default, as of the import."""
    return LoyaltyPolicy(as_of=day(now, santa_run.IMPORTED))


def person_of(ref: str) -> int:
    """Which person of the world a customer is."""
    return int(ref.removeprefix("C")) - 1
