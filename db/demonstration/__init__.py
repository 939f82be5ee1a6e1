"""The demonstration: BoomerGames asks its loyal players, through the same acts as a person.

Deterministic by seed but for the invented tokens; nothing of the outcome is set.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

from casework.roles import CASE_STUDY, Actor, Role
from casework.studies import Study
from casework.world import World, santa_run, world
from casework.world.santa_run import day
from db import models, studies
from db.customers import CustomerRow
from db.demonstration import betas, group, roster, told
from db.studies import StudyRow

OWNER = Actor(role=Role.OWNER, name="Nora, product owner")

Progress = Callable[[str], None]
STAGES = 5


def is_empty(session: Session) -> bool:
    """Whether nobody has put anything into this database yet."""
    rows = (session.exec(select(CustomerRow.id)).first(), session.exec(select(StudyRow.id)).first())
    return rows == (None, None)


def only_demonstration(session: Session) -> bool:
    """Whether no study but the demonstration's would be lost by starting afresh."""
    return all(study.slug == CASE_STUDY for study in studies.all_studies(session))


def load(
    session: Session,
    *,
    now: datetime,
    seed: int = santa_run.SEED,
    progress: Progress = lambda _: None,
) -> StudyRow:
    """Fill an empty database with the study `santa-run`, from the roster to the second build."""
    people = world(seed)
    progress("7,000 customers and their purchases")
    loyal = roster.fill(session, OWNER, people, now=now)
    study = _start(session, now=now)
    progress("a focus group of eight")
    seats = group.run(session, OWNER, study, people, loyal, now=now)
    for beta in _betas(people, seats):
        progress(f"the beta of build {beta.version.name}")
        betas.run(session, OWNER, study, beta, people=people, loyal=loyal, now=now)
    progress("what participants were told")
    told.run(session, OWNER, study, now=now)
    return study


def _start(session: Session, *, now: datetime) -> StudyRow:
    started = day(now, santa_run.IMPORTED)
    study = Study(
        slug=CASE_STUDY,
        title="Santa Run",
        product="Santa Run, a holiday game for Android and iOS",
        hypothesis="Loyal Clash of Armies players enjoy helping Santa past the Grinch.",
        owner_name="Nora",
        release_on=day(now, santa_run.RELEASE).date(),
        fix_weeks=santa_run.FIX_WEEKS,
        store_review_days=santa_run.STORE_REVIEW_DAYS,
        players=santa_run.PLAYERS,
        created_at=started,
    )
    return studies.start(session, OWNER, study, now=started)


def _betas(people: World, seats: list[int]) -> tuple[betas.Beta, betas.Beta]:
    first = betas.Beta(
        version=santa_run.FIRST_BUILD,
        notes="The first playable version: twelve villages, the chase, the ending.",
        invited=santa_run.FIRST_INVITED,
        answers=santa_run.FIRST_ANSWERS,
        added=santa_run.FIRST_ADDED,
        starts=santa_run.FIRST_BETA,
        closes=santa_run.FIRST_CLOSES,
        ends=santa_run.FIRST_CLOSES,
    )
    second = betas.Beta(
        version=santa_run.second_build(people, seats),
        notes="Santa escapes by a trick; the Grinch gets a present. Crashes fixed, easier start.",
        invited=santa_run.SECOND_INVITED,
        answers=santa_run.SECOND_ANSWERS,
        added=santa_run.SECOND_ADDED,
        starts=santa_run.SECOND_BETA,
        closes=santa_run.SECOND_CLOSES,
        ends=santa_run.SECOND_BETA_ENDS,
    )
    return first, second


KEPT = frozenset({"account", "throttle"})
"""Tables that clearing leaves alone: who may sign in."""


def clear(session: Session) -> None:
    """Delete everything but the accounts of staff."""
    for table in reversed(models.metadata.sorted_tables):
        if table.name not in KEPT:
            session.execute(table.delete())
