"""Facts about saying yes, no and stop, and about the way through an activity."""

import pytest
from sqlmodel import Session

from casework.consent import TEMPLATES
from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.funnel import ActivityKind, Step
from db import participants, sessions
from db.participants import ParticipantRow
from tests.betas import NOW, OWNER, a_beta, a_study, a_tester
from tests.recruits import (
    a_group,
    an_activity_for,
    as_guest,
    seat,
    some_customers,
    text_of,
)


@pytest.fixture
def invited(session: Session) -> ParticipantRow:
    group = an_activity_for(session, a_study(session))
    (row,) = seat(session, group, *some_customers(session, 1))
    participants.advance(session, row, Step.INVITED, now=NOW)
    return row


def accept(
    session: Session,
    row: ParticipantRow,
    version: str | None = None,
    *,
    is_adult: bool = True,
    may_quote: bool = False,
) -> participants.ConsentRow:
    return participants.accept(
        session,
        as_guest(row),
        row,
        version=version or text_of(session, row),
        is_adult=is_adult,
        may_quote=may_quote,
        now=NOW,
    )


def test_a_yes_keeps_the_version_the_time_and_whether_words_may_be_quoted(
    session: Session, invited: ParticipantRow
) -> None:
    accept(session, invited, may_quote=True)
    consent = participants.consent_of(session, invited.id)
    assert consent is not None
    assert (consent.version, consent.accepted_at, consent.may_quote) == ("focus group 1", NOW, True)
    assert consent.digest == TEMPLATES[ActivityKind.FOCUS_GROUP].digest
    assert invited.step is Step.ACCEPTED


def test_a_second_yes_changes_nothing(session: Session, invited: ParticipantRow) -> None:
    assert accept(session, invited).id == accept(session, invited).id
    steps = [event.step for event in participants.history(session, invited.id or 0)]
    assert steps == [Step.DRAWN, Step.INVITED, Step.ACCEPTED]


def test_a_yes_takes_an_adult_and_the_text_in_force(
    session: Session, invited: ParticipantRow
) -> None:
    with pytest.raises(Invalid, match="18 or older"):
        accept(session, invited, is_adult=False)
    with pytest.raises(Invalid, match="text has changed"):
        accept(session, invited, version="2020-01")
    assert participants.consent_of(session, invited.id) is None


def test_a_yes_after_the_end_is_too_late(session: Session, invited: ParticipantRow) -> None:
    end = participants.activity_of(session, invited).closes_at
    with pytest.raises(Closed):
        participants.accept(
            session, as_guest(invited), invited, version="focus group 1", is_adult=True, now=end
        )


def test_nobody_answers_withdraws_or_declines_for_somebody_else(
    session: Session, invited: ParticipantRow
) -> None:
    stranger = as_guest(invited).model_copy(update={"participant_id": 999})
    with pytest.raises(NotFound, match="not yours"):
        participants.withdraw(session, stranger, invited, now=NOW)
    with pytest.raises(NotFound, match="not yours"):
        participants.decline(session, stranger, invited, now=NOW)
    with pytest.raises(NotAllowed):
        participants.withdraw(session, OWNER, invited, now=NOW)


def test_declining_after_a_yes_ends_the_consent_and_twice_is_once(
    session: Session, invited: ParticipantRow
) -> None:
    accept(session, invited)
    for _ in range(2):
        participants.decline(session, as_guest(invited), invited, reason="no time", now=NOW)
    last = participants.history(session, invited.id or 0)[-1]
    assert (last.step, last.detail) == (Step.DECLINED, "no time")
    assert participants.consent_of(session, invited.id) is None


def test_withdrawing_works_at_once_from_any_step_and_twice_is_once(session: Session) -> None:
    beta = a_beta(session)
    for _ in range(2):
        participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    assert beta.tester.step is Step.WITHDRAWN
    assert participants.consent_of(session, beta.tester.id) is None
    steps = [event.step for event in participants.history(session, beta.tester.id or 0)]
    assert steps.count(Step.WITHDRAWN) == 1


def test_thanks_come_after_something_to_be_thanked_for(session: Session) -> None:
    group = a_group(session)
    person = group.people[0]
    with pytest.raises(Invalid):
        participants.thank(session, OWNER, person, now=NOW)
    participants.advance(session, person, Step.ATTENDED, now=NOW)
    participants.thank(session, OWNER, person, now=NOW)
    assert person.step is Step.THANKED


def test_the_demonstrations_guest_has_not_answered_and_has_most_still_to_see(
    session: Session,
) -> None:
    assert sessions.longest_waiting(session) is None
    a_group(session)
    assert sessions.longest_waiting(session) is None
    beta = an_activity_for(session, a_study(session, "b"), ActivityKind.BETA, "Beta")
    agreed, _ = a_tester(session, beta, "Agreed")
    assert sessions.longest_waiting(session) == agreed.id
    opened, guest = a_tester(session, beta, "Opened", agreed=False)
    assert sessions.longest_waiting(session) == opened.id
    participants.withdraw(session, guest, opened, now=NOW)
    assert sessions.longest_waiting(session) == agreed.id
