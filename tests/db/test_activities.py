"""Facts about planning activities: seats, names, ends, and the warning that stays."""

from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from casework.activities import warnings
from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.funnel import ActivityKind
from db import activities, audit
from tests.betas import NOW, a_study
from tests.recruits import an_activity_for, as_guest, seat, some_customers


@pytest.mark.parametrize("seats", [5, 10])
def test_a_focus_group_of_five_to_ten_is_planned_and_on_record(
    session: Session, seats: int
) -> None:
    study = a_study(session)
    row = an_activity_for(session, study, seats=seats)
    assert activities.of_study(session, study) == [row]
    assert audit.of_study(session, study.id or 0)[-1].subject == f"activity {row.id}"


@pytest.mark.parametrize("seats", [4, 11])
def test_a_focus_group_outside_five_to_ten_seats_is_refused(session: Session, seats: int) -> None:
    with pytest.raises(Invalid, match=f"5 to 10 seats; {seats} is outside"):
        an_activity_for(session, a_study(session), seats=seats)


def test_a_beta_may_have_many_seats(session: Session) -> None:
    assert an_activity_for(session, a_study(session), ActivityKind.BETA, seats=400).seats == 400


def test_a_study_has_each_name_once_whatever_its_capitals(session: Session) -> None:
    study = a_study(session)
    an_activity_for(session, study, name="Evening group")
    with pytest.raises(Invalid, match="already has an activity “evening GROUP”"):
        an_activity_for(session, study, name="evening GROUP")
    assert an_activity_for(session, a_study(session, "other"), name="Evening group").id


def test_an_activity_that_would_be_over_is_refused(session: Session) -> None:
    with pytest.raises(Closed, match="over already"):
        an_activity_for(session, a_study(session), starts_at=NOW - timedelta(days=2), closes_at=NOW)


def test_an_activity_ends_after_it_starts(session: Session) -> None:
    with pytest.raises(ValidationError, match="must end after it starts"):
        an_activity_for(session, a_study(session), closes_at=NOW - timedelta(days=1))


def test_a_customer_plans_nothing(session: Session) -> None:
    study = a_study(session)
    row = an_activity_for(session, study)
    guest = as_guest(seat(session, row, *some_customers(session, 1))[0])
    with pytest.raises(NotAllowed):
        activities.open_activity(session, guest, study, row, now=NOW)


def test_an_unknown_activity_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        activities.get(session, 99)
    with pytest.raises(NotFound):
        activities.get(session, None)


def test_an_activity_that_ends_on_or_after_the_day_to_decide_warns_for_as_long_as_it_does(
    session: Session,
) -> None:
    """Release on 1 December, 14 days to fix and 7 to review: decide by 10 November."""
    study = a_study(session)
    late = an_activity_for(session, study, closes_at=NOW.replace(month=11, day=10))
    (warning,) = warnings(study, late)
    assert "10 Nov 2026, on the day to decide (10 Nov 2026)" in warning
    later = an_activity_for(session, study, name="B", closes_at=NOW.replace(month=11, day=20))
    assert "20 Nov 2026, after the day to decide" in warnings(study, later)[0]
    early = an_activity_for(session, study, name="C", closes_at=NOW.replace(month=11, day=9))
    assert warnings(study, early) == ()
