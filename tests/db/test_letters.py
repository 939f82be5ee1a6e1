"""Facts about who is asked and reminded, and what stops a letter at the last moment."""

import pytest
from sqlmodel import Session

from casework.funnel import ActivityKind, Step
from casework.messages import MessageKind, PostState
from casework.messages.links import PERSONAL
from casework.messages.templates import TemplateName
from db import (
    invitations,
    letters,
    outbox,
    participants,
    sending,
)
from db.participants import ParticipantRow
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.letters import DAY, POST, SECRET, a_letter, all_letters, let_go, states, three_asked
from tests.recruits import an_activity_for, as_guest, say_yes, seat, some_customers


@pytest.fixture
def asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    return three_asked(session)


def test_everybody_chosen_gets_an_invitation_in_the_words_of_their_activity(
    session: Session, asked: list[ParticipantRow]
) -> None:
    kept = all_letters(session)
    assert [row.name for row in kept] == ["Person 0", "Person 1", "Person 2"]
    assert {row.kind for row in kept} == {MessageKind.INVITATION}
    assert {row.template for row in kept} == {"invite_group v0"}
    assert "I am Nora and look after Santa Run" in kept[0].body
    assert PERSONAL in kept[0].body
    assert {one.step for one in asked} == {Step.INVITED}


def test_a_new_link_brings_a_new_letter_and_drops_the_one_that_still_waits(
    session: Session, asked: list[ParticipantRow]
) -> None:
    letters.invite(session, OWNER, asked[:1], POST, now=NOW + DAY)
    assert states(session) == [
        PostState.DROPPED,
        PostState.QUEUED,
        PostState.QUEUED,
        PostState.QUEUED,
    ]
    assert all_letters(session)[0].reason == "A newer letter replaces it."


def test_whoever_cannot_be_invited_is_named_and_the_others_get_theirs(session: Session) -> None:
    group = an_activity_for(session, a_study(session))
    rows = some_customers(session, 3)
    people = seat(session, group, *rows)
    participants.decline(session, as_guest(people[0]), people[0], now=NOW)
    change(rows[1], email=None)
    session.add(rows[1])
    written = letters.invite(session, OWNER, people, POST, now=NOW)
    assert written.queued == 1
    assert [name for name, _ in written.left_out] == ["Person 0", "Person 1"]
    assert "not invited again" in written.left_out[0][1]
    assert written.left_out[1][1] == "There is no e-mail address for them."


def test_a_letter_to_something_that_is_no_address_is_held_back_and_says_so(
    session: Session,
) -> None:
    (row,) = some_customers(session, 1)
    change(row, email="ada at example.com")
    session.add(row)
    (person,) = seat(session, an_activity_for(session, a_study(session)), row)
    written = letters.invite(session, OWNER, [person], POST, now=NOW)
    assert written.left_out[0][0] == "Person 0"
    assert "not an e-mail address" in written.left_out[0][1]
    assert states(session) == [PostState.HELD]


def test_an_invitation_to_somebody_who_said_no_meanwhile_is_dropped(
    session: Session, asked: list[ParticipantRow]
) -> None:
    participants.decline(session, as_guest(asked[0]), asked[0], now=NOW)
    participants.withdraw(session, as_guest(asked[1]), asked[1], now=NOW)
    assert len(let_go(session, NOW)) == 1
    assert [row.reason for row in all_letters(session)] == [
        "They are “declined” meanwhile.",
        "They have withdrawn.",
        "",
    ]


def test_no_invitation_leaves_after_the_end(session: Session, asked: list[ParticipantRow]) -> None:
    end = participants.activity_of(session, asked[0]).closes_at
    assert let_go(session, end) == []
    assert {row.reason for row in all_letters(session)} == {"The activity has ended."}


def test_a_letter_whose_link_was_replaced_by_hand_is_dropped(
    session: Session, asked: list[ParticipantRow]
) -> None:
    invitations.issue(session, OWNER, asked[0], now=NOW, base_url=POST.base_url)
    assert len(let_go(session, NOW)) == 2
    assert "replaced by another" in all_letters(session)[0].reason


def test_reminders_go_to_whoever_has_not_done_their_step_once_a_day(
    session: Session, asked: list[ParticipantRow]
) -> None:
    let_go(session, NOW)
    participants.decline(session, as_guest(asked[0]), asked[0], now=NOW)
    for _ in range(2):
        written = letters.remind(session, OWNER, asked, POST, now=NOW + DAY)
    assert written.queued == 2
    assert written.left_out == (
        ("Person 0", "They are “declined”; there is nothing to remind them of."),
    )
    assert len(let_go(session, NOW + DAY)) == 2


def test_a_reminder_carries_the_link_the_first_letter_had(
    session: Session, asked: list[ParticipantRow]
) -> None:
    first = sending.claim(session, POST, now=NOW)
    letters.remind(session, OWNER, asked[:1], POST, now=NOW)
    link = invitations.link_in_force(
        session, asked[0].id or 0, secret=SECRET, base_url=POST.base_url, now=NOW
    )
    assert first is not None
    assert link is not None
    assert link in first.email.get_content()


def test_whoever_said_yes_to_a_group_has_nothing_left_to_be_reminded_of(
    session: Session, asked: list[ParticipantRow]
) -> None:
    let_go(session, NOW)
    participants.advance(session, asked[0], Step.ACCEPTED, now=NOW)
    written = letters.remind(session, OWNER, asked[:1], POST, now=NOW + DAY)
    assert written.left_out == (
        ("Person 0", "They are “accepted”; there is nothing to remind them of."),
    )
    activity = participants.activity_of(session, asked[0])
    waiting = letters.addressees(session, activity, TemplateName.REMINDER)
    assert [one.id for one in waiting] == [one.id for one in asked[1:]]


def test_a_reminder_is_dropped_when_the_step_is_done_meanwhile(session: Session) -> None:
    study = a_study(session)
    beta = an_activity_for(session, study, ActivityKind.BETA, "Beta")
    (person,) = seat(session, beta, *some_customers(session, 1))
    say_yes(session, person)
    letters.remind(session, OWNER, [person], POST, now=NOW)
    participants.advance(session, person, Step.ANSWERED, now=NOW)
    assert let_go(session, NOW) == []
    assert all_letters(session)[0].reason == "They are “answered” meanwhile."


def test_the_words_of_a_letter_reach_nobody_else(session: Session) -> None:
    first, second = some_customers(session, 2)
    change(first, name="{link} ⟦personal link⟧ <b>")
    session.add(first)
    for row in (first, second):
        outbox.enqueue(session, a_letter(row), key=str(row.id), now=NOW)
    claimed = sending.claim(session, POST, now=NOW)
    assert claimed is not None
    assert claimed.email["To"] == first.email
    assert second.name not in claimed.email.as_string()
