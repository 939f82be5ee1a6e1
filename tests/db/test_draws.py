"""Facts about draws in the database: announced, logged, seated or not, and drawn again."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework import lottery
from casework.errors import Invalid, NotAllowed, NotEnough, NotFound
from casework.lottery import Mixture
from casework.loyalty import LoyaltyPolicy
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate
from db import audit, cohorts, draws, recruiting
from db.activities import ActivityRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.recruits import all_loyal, an_activity_for, as_guest, seat, some_customers

POLICY = LoyaltyPolicy(as_of=NOW)
QUOTAS = [Quota(attribute=Trait.REGION, value="LATAM", minimum=3, maximum=4)]


@pytest.fixture
def group(session: Session) -> ActivityRow:
    return an_activity_for(session, a_study(session))


@pytest.fixture
def pool(session: Session, group: ActivityRow) -> list[Candidate]:
    rows = some_customers(session, 30)
    return recruiting.candidates(session, group, all_loyal(rows), now=NOW)


@pytest.fixture
def mixture(pool: list[Candidate]) -> Mixture:
    return lottery.solve(pool, QUOTAS, 8)


def drawn(session: Session, group: ActivityRow, mixture: Mixture, pool: list[Candidate]) -> int:
    row = draws.draw_seats(session, OWNER, group, mixture, pool, policy=POLICY, now=NOW)
    return row.id or 0


def test_a_dry_run_is_logged_and_seats_nobody(
    session: Session, group: ActivityRow, mixture: Mixture
) -> None:
    row = draws.try_out(session, OWNER, group, mixture, 7, policy=POLICY, now=NOW)
    assert (row.dry_run, row.seed, row.nonce) == (True, "7", "")
    assert recruiting.roster_of(session, group) == []
    assert draws.replay(row, group).seats == row.seats
    assert audit.of_study(session, group.study_id)[-1].act == "draw, dry run"


def test_a_real_draw_seats_whom_the_announced_number_draws(
    session: Session, group: ActivityRow, mixture: Mixture, pool: list[Candidate]
) -> None:
    draws.announce(session, OWNER, group, nonce=" 17  4 31 ", now=NOW)
    row = draws.get(session, OWNER, drawn(session, group, mixture, pool))
    assert row.seed == lottery.seed_of(mixture, "17 4 31")
    people = recruiting.roster_of(session, group)
    assert [one.customer_id for one in people] == list(row.seats)
    assert {one.chosen_by for one in people} == {f"draw, seed {row.seed[:12]}, quotas on region"}
    assert row.loyalty_policy == POLICY


def test_what_is_stored_draws_the_same_seats_after_a_round_trip(
    session: Session, group: ActivityRow, mixture: Mixture, pool: list[Candidate]
) -> None:
    draws.announce(session, OWNER, group, now=NOW)
    draw_id = drawn(session, group, mixture, pool)
    session.expire_all()
    row = draws.get(session, OWNER, draw_id)
    assert row.mixture == mixture
    assert draws.replay(row, group).seats == row.seats
    public = draws.published(row, group).model_dump_json()
    assert "Person" not in public
    assert "example.com" not in public
    again = lottery.replay(lottery.AuditFile.model_validate_json(public))
    assert again.seats == row.seats


def test_a_record_that_was_changed_is_found_out(
    session: Session, group: ActivityRow, mixture: Mixture
) -> None:
    row = draws.try_out(session, OWNER, group, mixture, 7, policy=POLICY, now=NOW)
    change(row, seats=row.seats[::-1])
    with pytest.raises(Invalid, match="not the seats"):
        draws.replay(row, group)


def test_a_number_is_announced_once_and_draws_once(
    session: Session, group: ActivityRow, mixture: Mixture, pool: list[Candidate]
) -> None:
    with pytest.raises(Invalid, match="Announce the draw first"):
        drawn(session, group, mixture, pool)
    first = draws.announce(session, OWNER, group, now=NOW)
    later = NOW + timedelta(minutes=1)
    assert draws.announce(session, OWNER, group, nonce="a better one", now=later).id == first.id
    assert len(first.nonce) == 16
    drawn(session, group, mixture, pool)
    assert draws.announced(session, group) is None
    with pytest.raises(Invalid, match="Announce the draw first"):
        drawn(session, group, mixture, pool)


def test_an_announced_number_has_to_fit(session: Session, group: ActivityRow) -> None:
    with pytest.raises(Invalid, match="up to 200"):
        draws.announce(session, OWNER, group, nonce="x" * 201, now=NOW)


def test_more_seats_than_are_left_are_refused(
    session: Session, group: ActivityRow, pool: list[Candidate]
) -> None:
    draws.announce(session, OWNER, group, now=NOW)
    with pytest.raises(NotEnough, match="9 people chosen for 8 free seats"):
        drawn(session, group, lottery.solve(pool, [], 9), pool)


def test_draws_are_listed_the_last_first_and_only_owners_draw(
    session: Session, group: ActivityRow, mixture: Mixture
) -> None:
    for seed in (1, 2):
        draws.try_out(session, OWNER, group, mixture, seed, policy=POLICY, now=NOW)
    assert [row.seed for row in draws.of_activity(session, group)] == ["2", "1"]
    (guest,) = seat(session, group, some_customers(session, 1)[0])
    with pytest.raises(NotAllowed):
        draws.try_out(session, as_guest(guest), group, mixture, 1, policy=POLICY, now=NOW)
    with pytest.raises(NotAllowed):
        draws.announce(session, as_guest(guest), group, now=NOW)
    with pytest.raises(NotFound):
        draws.get(session, OWNER, 404)


def test_people_are_found_by_name_e_mail_or_id(session: Session) -> None:
    rows = some_customers(session, 12)
    assert draws.find_people(session, OWNER, "person3@") == {rows[3].id: "Person 3"}
    assert len(draws.find_people(session, OWNER, "Person 1")) == 3
    assert draws.find_people(session, OWNER, "100%") == {}


def test_a_group_is_compared_with_every_customer(session: Session, group: ActivityRow) -> None:
    rows = some_customers(session, 20)
    assert cohorts.shares(session, group) == ()
    seat(session, group, *rows[0:16:2])
    by_value = {share.value: share for share in cohorts.shares(session, group)}
    assert (by_value["EU"].group_share, by_value["EU"].base_share) == (1.0, 0.5)
    assert by_value["LATAM"].warning == "nobody from region LATAM (50% of all customers)"
    assert by_value["android"].warning is None
