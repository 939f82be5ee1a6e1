"""Facts about screeners in the database: versions, answers once, a kind no that frees a seat."""

import pytest
from sqlmodel import Session

from casework.customers import Attribute
from casework.errors import Closed, Invalid, NotAllowed, NotFound
from casework.funnel import ActivityKind, Step
from casework.screener import Fit, Option, Question
from casework.screener_templates import TEMPLATES
from casework.visits import Stage
from db import joining, participants, recruiting, screeners, visits
from db.activities import ActivityRow
from db.customers import CustomerRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.draws import a_drawn_group
from tests.recruits import an_activity_for, as_guest, seat, some_customers, text_of

LIKES = Question(
    text="Do you like Christmas?",
    options=(Option(text="Yes", fit=Fit.QUALIFIES), Option(text="No", fit=Fit.RULES_OUT)),
)
REGION = Question(
    text="Where do you live?",
    options=(Option(text="EU"), Option(text="LATAM")),
    attribute=Attribute.REGION,
)
YES = {LIKES.text: "Yes"}
SECRET = "a secret for tests, 32 characters or more"


@pytest.fixture
def group(session: Session) -> ActivityRow:
    return an_activity_for(session, a_study(session))


@pytest.fixture
def invited(session: Session, group: ActivityRow) -> ParticipantRow:
    (row,) = seat(session, group, *some_customers(session, 1))
    participants.advance(session, row, Step.INVITED, now=NOW)
    return row


def stage(session: Session, row: ParticipantRow) -> Stage:
    return visits.visit(session, as_guest(row), now=NOW, secret=SECRET).stage


def join(session: Session, row: ParticipantRow) -> None:
    joining.join(
        session,
        as_guest(row),
        row,
        version=text_of(session, row),
        is_adult=True,
        may_quote=False,
        contact_again=True,
        now=NOW,
    )


def test_questions_come_before_the_consent_and_once(
    session: Session, group: ActivityRow, invited: ParticipantRow
) -> None:
    assert stage(session, invited) is Stage.CONSENT
    screeners.save(session, OWNER, group, [LIKES], now=NOW)
    assert stage(session, invited) is Stage.SCREENER
    with pytest.raises(Invalid, match="answer the questions first"):
        join(session, invited)
    first = screeners.receive(session, as_guest(invited), invited, YES, now=NOW)
    again = screeners.receive(session, as_guest(invited), invited, {LIKES.text: "No"}, now=NOW)
    assert (again.id, again.fits) == (first.id, True)
    assert stage(session, invited) is Stage.CONSENT
    join(session, invited)
    assert stage(session, invited) is Stage.GROUP


def test_somebody_it_does_not_suit_frees_the_seat_and_reads_a_kind_word(
    session: Session, group: ActivityRow, invited: ParticipantRow
) -> None:
    screeners.save(session, OWNER, group, [LIKES], now=NOW)
    screeners.receive(session, as_guest(invited), invited, {LIKES.text: "No"}, now=NOW)
    assert invited.step is Step.SCREENED_OUT
    assert stage(session, invited) is Stage.NOT_A_FIT
    assert recruiting.seats_left(session, group) == 8
    last = participants.history(session, invited.id or 0)[-1]
    assert last.detail == "Screener: Do you like Christmas?"
    with pytest.raises(Invalid, match="cannot become"):
        join(session, invited)


def test_versions_stay_and_answers_keep_the_one_they_were_given_to(
    session: Session, group: ActivityRow, invited: ParticipantRow
) -> None:
    screeners.save(session, OWNER, group, [LIKES], now=NOW)
    assert screeners.save(session, OWNER, group, [LIKES], now=NOW).version == 1
    screeners.receive(session, as_guest(invited), invited, YES, now=NOW)
    screeners.save(session, OWNER, group, TEMPLATES[ActivityKind.FOCUS_GROUP], now=NOW)
    assert [row.version for row in screeners.versions(session, group)] == [1, 2]
    (kept,) = screeners.of_activity(session, group)
    assert (kept.version, kept.answers[0].given) == (1, "Yes")
    with pytest.raises(NotAllowed):
        screeners.save(session, as_guest(invited), group, [], now=NOW)


def test_what_the_roster_knows_is_not_asked_and_what_it_does_not_is_filled_in(
    session: Session, group: ActivityRow, invited: ParticipantRow
) -> None:
    screeners.save(session, OWNER, group, [REGION], now=NOW)
    assert screeners.to_ask(session, invited) == ()
    customer = session.get_one(CustomerRow, invited.customer_id)
    change(customer, region="unknown")
    session.flush()
    assert screeners.to_ask(session, invited) == (REGION,)
    screeners.receive(session, as_guest(invited), invited, {REGION.text: "EU"}, now=NOW)
    assert customer.region == "EU"


def test_an_answer_whose_quota_is_full_does_not_fit(session: Session) -> None:
    drawn = a_drawn_group(session)
    latins = [
        one
        for one in drawn.people
        if session.get_one(CustomerRow, one.customer_id).region == "LATAM"
    ]
    newcomer = next(one for one in drawn.people if one not in latins)
    change(session.get_one(CustomerRow, newcomer.customer_id), region="unknown")
    participants.advance(session, newcomer, Step.INVITED, now=NOW)
    screeners.save(session, OWNER, drawn.group, [REGION], now=NOW)
    filed = screeners.receive(
        session, as_guest(newcomer), newcomer, {REGION.text: "LATAM"}, now=NOW
    )
    assert len(latins) == 4
    assert (filed.fits, filed.reason) == (False, "Every seat for region LATAM is taken")


def test_nobody_answers_for_somebody_else_or_after_the_end(
    session: Session, group: ActivityRow, invited: ParticipantRow
) -> None:
    screeners.save(session, OWNER, group, [LIKES], now=NOW)
    stranger = as_guest(invited).model_copy(update={"participant_id": 999})
    with pytest.raises(NotFound, match="not yours"):
        screeners.receive(session, stranger, invited, YES, now=NOW)
    with pytest.raises(Closed):
        screeners.receive(session, as_guest(invited), invited, YES, now=group.closes_at)
