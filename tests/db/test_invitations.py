"""Facts about personal links: kept as hashes, opened once, replaced, expired, refused."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from casework.errors import Closed, NotAllowed, NotFound
from casework.funnel import Step
from db import invitations, participants
from db.customers import CustomerRow
from db.invitations import InvitationRow
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.recruits import an_activity_for, as_guest, say_yes, seat, some_customers

URL = "https://example.org"
SECRET = "the secret"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def chosen(session: Session) -> list[ParticipantRow]:
    group = an_activity_for(session, a_study(session))
    return seat(session, group, *some_customers(session, 3))


def issue(session: Session, row: ParticipantRow) -> invitations.IssuedLink:
    return invitations.issue(session, OWNER, row, now=NOW, base_url=URL)


def issue_from(session: Session, row: ParticipantRow) -> invitations.IssuedLink:
    return invitations.issue(session, OWNER, row, now=NOW, base_url=URL, secret=SECRET)


def again(
    session: Session, row: ParticipantRow, *, secret: str = SECRET, now: datetime = NOW
) -> str | None:
    return invitations.link_in_force(session, row.id or 0, secret=secret, base_url=URL, now=now)


def steps(session: Session, row: ParticipantRow) -> list[Step]:
    return [event.step for event in participants.history(session, row.id or 0)]


def test_only_the_hash_of_a_link_is_kept(session: Session, chosen: list[ParticipantRow]) -> None:
    link = issue(session, chosen[0])
    (row,) = session.exec(select(InvitationRow)).all()
    assert link.token not in str(row.model_dump())
    assert len(row.token_hash) == 64
    assert link.link == f"{URL}/i/{link.token}"


def test_two_people_never_share_a_link(session: Session, chosen: list[ParticipantRow]) -> None:
    links = {issue(session, row).token for row in chosen}
    assert len(links) == 3


def test_the_first_opening_is_noted_and_later_ones_are_not(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    link = issue(session, chosen[0])
    for _ in range(2):
        found = invitations.open_invitation(session, link.token, now=LATER)
        assert found.id == chosen[0].id
    assert steps(session, chosen[0]) == [Step.DRAWN, Step.INVITED, Step.OPENED]
    assert participants.history(session, chosen[0].id or 0)[-1].at == LATER


def test_a_new_link_revokes_the_old_one_and_invites_nobody_twice(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    old, new = issue(session, chosen[0]), issue(session, chosen[0])
    with pytest.raises(Closed, match="replaced by a newer one"):
        invitations.open_invitation(session, old.token, now=LATER)
    assert invitations.open_invitation(session, new.token, now=LATER).id == chosen[0].id
    assert steps(session, chosen[0]).count(Step.INVITED) == 1


def test_a_new_link_for_one_leaves_the_others_theirs(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    first = issue(session, chosen[0])
    issue(session, chosen[1])
    assert invitations.open_invitation(session, first.token, now=LATER).id == chosen[0].id


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 10_000, "'; DROP TABLE invitation"])
def test_a_foreign_link_is_not_found(
    session: Session, chosen: list[ParticipantRow], token: str
) -> None:
    issue(session, chosen[0])
    with pytest.raises(NotFound, match="do not know this link"):
        invitations.open_invitation(session, token, now=LATER)


def test_after_closing_the_link_is_closed_to_whoever_never_took_part(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    never, took_part = chosen[:2]
    say_yes(session, took_part)
    end = participants.activity_of(session, never).closes_at
    closed = issue(session, never)
    with pytest.raises(Closed, match="stopped collecting"):
        invitations.open_invitation(session, closed.token, now=end)
    assert never.step is Step.INVITED
    back = issue(session, took_part)
    assert invitations.open_invitation(session, back.token, now=end).id == took_part.id
    with pytest.raises(Closed, match="expired"):
        invitations.open_invitation(session, back.token, now=end + timedelta(days=90))


def test_whoever_withdrew_may_still_look_at_what_that_meant(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    row = chosen[0]
    say_yes(session, row)
    link = issue(session, row)
    participants.withdraw(session, as_guest(row), row, now=NOW)
    assert invitations.open_invitation(session, link.token, now=LATER).step is Step.WITHDRAWN


def test_nobody_is_invited_after_the_end_or_after_saying_no(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    end = participants.activity_of(session, chosen[0]).closes_at
    with pytest.raises(Closed, match="has ended"):
        invitations.issue(session, OWNER, chosen[0], now=end, base_url=URL)
    participants.decline(session, as_guest(chosen[1]), chosen[1], now=NOW)
    with pytest.raises(Closed, match="declined"):
        issue(session, chosen[1])
    with pytest.raises(NotAllowed):
        invitations.issue(session, as_guest(chosen[2]), chosen[2], now=NOW, base_url=URL)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8501", "http://localhost", "http://[::1]:80", "http://127.9.9.9"]
)
def test_an_address_of_this_machine_blocks_real_invitations_and_says_why(url: str) -> None:
    reason = invitations.block_reason(url)
    assert reason is not None
    assert url in reason
    assert "BASE_URL" in reason


@pytest.mark.parametrize("url", ["https://tests.example.org", "http://192.168.1.7:8501"])
def test_an_address_others_can_reach_blocks_nothing(url: str) -> None:
    assert invitations.block_reason(url) is None


def test_a_link_can_be_made_again_with_the_secret_and_with_no_other(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    link = issue_from(session, chosen[0])
    assert again(session, chosen[0]) == link.link
    assert again(session, chosen[0], secret="another") is None
    assert link.token not in str(session.exec(select(InvitationRow)).one().model_dump())


def test_only_the_link_in_force_is_made_again(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    old, new = issue_from(session, chosen[0]), issue_from(session, chosen[0])
    assert again(session, chosen[0]) == new.link != old.link
    assert again(session, chosen[0], now=NOW + timedelta(days=200)) is None
    issue(session, chosen[0])
    assert again(session, chosen[0]) is None


def test_whoever_asked_to_be_left_alone_is_not_invited(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    silent = session.get_one(CustomerRow, chosen[1].customer_id)
    change(silent, opted_out_at=NOW)
    session.add(silent)
    with pytest.raises(Closed, match="left alone"):
        issue(session, chosen[1])


def test_a_letter_that_left_is_stamped_on_the_link_in_force(
    session: Session, chosen: list[ParticipantRow]
) -> None:
    issue(session, chosen[0])
    issue(session, chosen[0])
    issue(session, chosen[1])
    invitations.record_sent(session, OWNER, [chosen[0].id or 0], now=LATER)
    session.expire_all()
    rows = session.exec(select(InvitationRow).order_by(col(InvitationRow.id))).all()
    assert [row.sent_at for row in rows] == [None, LATER, None]
