"""Facts about who gets which letter: to whom, how often, what stops one, in which words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import Session, col, select

from casework.errors import Closed, Invalid, NotAllowed
from casework.funnel import ActivityKind, Step
from casework.meetings import Meeting
from casework.messages import LetterCap, MessageKind, PostState
from casework.messages.links import PERSONAL
from casework.messages.refusals import Fate, Outcome
from casework.messages.templates import TemplateName
from casework.replies import Promise, Reply
from db import (
    alert_letters,
    invitations,
    letter_caps,
    letter_templates,
    letters,
    meetings,
    outbox,
    participants,
    replies,
    sending,
)
from db.customers import CustomerRow
from db.outbox import OutboxRow, Search
from db.participants import ParticipantRow
from db.post import take_out
from db.table import change
from tests.betas import NOW, OWNER, a_study
from tests.letters import SECRET, a_letter, a_post, queue, states
from tests.recruits import a_group, an_activity_for, as_guest, say_yes, seat, some_customers

DAY = timedelta(days=1)
POST = a_post("mail.example")


@pytest.fixture
def asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    group = an_activity_for(session, a_study(session))
    people = seat(session, group, *some_customers(session, 3))
    letters.invite(session, OWNER, people, POST, now=NOW)
    return people


def all_letters(session: Session) -> Sequence[OutboxRow]:
    return session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()


def let_go(session: Session, now: datetime) -> list[str]:
    """Everything that may leave leaves; returns the subjects."""
    gone = []
    while (claimed := sending.claim(session, POST, now=now)) is not None:
        sending.settle(session, claimed, Outcome(fate=Fate.TAKEN), now=now)
        gone.append(str(claimed.email["Subject"]))
    return gone


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


def test_a_reminder_is_dropped_when_the_step_is_done_meanwhile(session: Session) -> None:
    study = a_study(session)
    beta = an_activity_for(session, study, ActivityKind.BETA, "Beta")
    (person,) = seat(session, beta, *some_customers(session, 1))
    say_yes(session, person)
    letters.remind(session, OWNER, [person], POST, now=NOW)
    participants.advance(session, person, Step.ANSWERED, now=NOW)
    assert let_go(session, NOW) == []
    assert all_letters(session)[0].reason == "They are “answered” meanwhile."


def test_at_most_two_reminders_and_three_letters_in_a_week_and_the_rest_wait_for_their_day(
    session: Session, asked: list[ParticipantRow]
) -> None:
    person = asked[:1]
    for _ in let_go(session, NOW):
        pass
    for day in (1, 2, 3):
        letters.remind(session, OWNER, person, POST, now=NOW + day * DAY)
        let_go(session, NOW + day * DAY)
    *_, first, second, third = all_letters(session)
    assert (first.state, second.state, third.state) == (
        PostState.SENT,
        PostState.SENT,
        PostState.HELD,
    )
    # The first reminder of the two left on day 1 and counts until day 8.
    assert third.due_at == NOW + 8 * DAY
    assert "at most 2 are reminders" in third.reason
    assert "It leaves on 9 October 2026." in third.reason
    assert let_go(session, NOW + 8 * DAY - timedelta(seconds=1)) == []
    assert len(let_go(session, NOW + 8 * DAY)) == 1


def test_the_limit_counts_over_all_studies_and_not_what_answers_them(session: Session) -> None:
    (row,) = some_customers(session, 1)
    for number in range(4):
        queue(session, row, MessageKind.INVITATION, key=f"study {number}")
    queue(session, row, MessageKind.THANKS, key="thanks")
    assert len(let_go(session, NOW)) == 4
    assert states(session) == [*[PostState.SENT] * 3, PostState.HELD, PostState.SENT]


def test_a_letter_on_its_way_counts_so_that_two_senders_do_not_break_the_limit(
    session: Session,
) -> None:
    (row,) = some_customers(session, 1)
    letter_caps.set_cap(session, OWNER, LetterCap(letters=1, reminders=1, days=7), now=NOW)
    for number in range(2):
        queue(session, row, MessageKind.INVITATION, key=f"study {number}")
    assert sending.claim(session, POST, now=NOW) is not None
    assert sending.claim(session, POST, now=NOW) is None
    assert states(session) == [PostState.SENDING, PostState.HELD]


def test_an_owner_sets_the_limit_and_the_same_again_is_no_new_version(session: Session) -> None:
    wanted = LetterCap(letters=5, reminders=1, days=30)
    for _ in range(2):
        letter_caps.set_cap(session, OWNER, wanted, now=NOW)
    assert letter_caps.current(session) == wanted
    assert len(session.exec(select(letter_caps.LetterCapRow)).all()) == 1


def test_whoever_is_expected_gets_the_meeting_for_their_calendar_once(session: Session) -> None:
    _, activity, people = a_group(session)
    meeting = Meeting(title="Round one", held_at=NOW + DAY, place="Room 4")
    row = meetings.hold(session, OWNER, activity, meeting, now=NOW)
    expected = letters.addressees(session, activity, TemplateName.MEETING)
    assert len(expected) == len(people)
    for _ in range(2):
        letters.call_to_meeting(session, OWNER, row, row.id or 0, expected, now=NOW)
    kept = all_letters(session)
    assert len(kept) == len(people)
    assert kept[0].subject == "When we meet: 2 October 2026, 12:00 UTC"
    assert "Where: Room 4" in kept[0].body
    (event,) = Calendar.from_ical(kept[0].calendar).walk("VEVENT")
    assert event["UID"] == f"meeting-{row.id}@santa-run"
    with pytest.raises(Invalid, match="over"):
        letters.call_to_meeting(session, OWNER, row, row.id or 0, expected, now=NOW + 2 * DAY)


def test_thanks_go_once_and_results_again_only_with_something_new(session: Session) -> None:
    study, _, people = a_group(session)
    for _ in range(2):
        letters.thank(session, OWNER, people, now=NOW)
    assert len(all_letters(session)) == len(people)
    with pytest.raises(Invalid, match="Nothing has been told back"):
        letters.tell_results(session, OWNER, people, now=NOW)
    for said in ("too hard", "too long"):
        told = Reply(said=said, promise=Promise.DID, answer="Changed.", published_at=NOW)
        replies.publish(session, OWNER, study, told, now=NOW)
        for _ in range(2):
            letters.tell_results(session, OWNER, people, now=NOW)
    results = [row for row in all_letters(session) if row.kind is MessageKind.RESULT]
    assert len(results) == 2 * len(people)
    assert "You said: too long\nWe did: Changed." in results[-1].body


def test_an_alert_is_written_in_the_studios_own_words_and_goes_to_staff_alone(
    session: Session,
) -> None:
    study = a_study(session)
    words = letter_templates.drafted(TemplateName.ALERT, "Look: {what}", "{alert}\n\n{study}")
    letter_templates.save(session, OWNER, words, now=NOW)
    letter = alert_letters.compose(
        session,
        study,
        "the verdict has changed",
        "Build 0.9.0 is NO-GO.",
        name="Nora",
        email="nora@studio.example",
    )
    assert (letter.kind, letter.template) == (MessageKind.ALERT, "alert v1")
    assert letter.subject == "Look: the verdict has changed"
    assert letter.body == "Build 0.9.0 is NO-GO.\n\nSanta Run"
    assert letter.customer_id is None


def test_a_saved_text_is_used_from_then_on_and_letters_keep_the_words_they_were_written_with(
    session: Session, asked: list[ParticipantRow]
) -> None:
    draft = letter_templates.drafted(TemplateName.INVITE_GROUP, "Come, {name}", "Here: {link}")
    kept = letter_templates.save(session, OWNER, draft, now=NOW)
    assert letter_templates.save(session, OWNER, draft, now=NOW) == kept
    letters.invite(session, OWNER, asked[:1], POST, now=NOW + DAY)
    before, *_, after = all_letters(session)
    assert before.subject == "Would you talk with us about Santa Run?"
    assert (after.subject, after.template) == ("Come, Person 0", "invite_group v1")
    second = letter_templates.drafted(TemplateName.INVITE_GROUP, "Hello", "{link}")
    letter_templates.save(session, OWNER, second, now=NOW)
    versions = letter_templates.versions(session, TemplateName.INVITE_GROUP)
    assert [one.version for one in versions] == [2, 1]


def test_a_wrong_text_is_not_saved(session: Session) -> None:
    with pytest.raises(Invalid, match="no placeholder"):
        letter_templates.drafted(TemplateName.THANKS, "Hi", "{link}")
    with pytest.raises(Invalid, match="at most 200 characters"):
        letter_templates.drafted(TemplateName.THANKS, "", "Hi")
    assert letter_templates.versions(session, TemplateName.THANKS) == []


def test_letters_taken_out_are_the_owners_and_never_leave_by_themselves(
    session: Session, asked: list[ParticipantRow]
) -> None:
    leaving = session.get_one(CustomerRow, asked[2].customer_id)
    change(leaving, opted_out_at=NOW)
    session.add(leaving)
    ids = [row.id or 0 for row in all_letters(session)]
    parcel = take_out(session, OWNER, ids, POST, now=NOW)
    assert (parcel.letters, parcel.stopped) == (2, 1)
    assert parcel.content.decode().count("https://studio.example/i/") == 4
    assert states(session) == [
        PostState.HANDED_OVER,
        PostState.HANDED_OVER,
        PostState.DROPPED,
    ]
    assert let_go(session, NOW) == []
    assert take_out(session, OWNER, ids, POST, now=NOW).letters == 0


def test_only_what_failed_came_back_or_is_held_can_be_tried_again(session: Session) -> None:
    (row,) = some_customers(session, 1)
    letter = queue(session, row)
    with pytest.raises(Closed, match="waiting"):
        outbox.retry(session, OWNER, letter.id or 0, now=NOW)
    change(letter, state=PostState.FAILED, attempts=10, reason="x")
    session.add(letter)
    again = outbox.retry(session, OWNER, letter.id or 0, now=NOW + DAY)
    assert (again.state, again.due_at, again.attempts, again.reason) == (
        PostState.QUEUED,
        NOW + DAY,
        0,
        "",
    )


def test_letters_are_found_by_state_kind_and_words(session: Session) -> None:
    rows = some_customers(session, 3)
    for row in rows:
        queue(session, row)
    queue(session, rows[0], MessageKind.INVITATION)
    found = outbox.letters(session, OWNER, Search(kinds=(MessageKind.INVITATION,)))
    assert [row.name for row in found] == ["Person 0"]
    assert len(outbox.letters(session, OWNER, Search(text="person1@"))) == 1
    assert outbox.letters(session, OWNER, Search(text="100%")) == []
    assert outbox.letters(session, OWNER, Search(states=(PostState.SENT,))) == []
    assert outbox.counts(session) == {PostState.QUEUED: 4}


def test_a_customer_sees_no_letters_of_others(
    session: Session, asked: list[ParticipantRow]
) -> None:
    guest = as_guest(asked[0])
    for doing in (
        lambda: outbox.letters(session, guest, Search()),
        lambda: outbox.retry(session, guest, 1, now=NOW),
        lambda: letters.remind(session, guest, asked, POST, now=NOW),
        lambda: letters.thank(session, guest, asked, now=NOW),
        lambda: take_out(session, guest, [1], POST, now=NOW),
        lambda: letter_caps.set_cap(session, guest, LetterCap(letters=9), now=NOW),
    ):
        with pytest.raises(NotAllowed):
            doing()


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
