"""Facts about meetings, thanks, results and alerts, and the words they are written in."""

import pytest
from icalendar import Calendar
from sqlmodel import Session

from casework.errors import Invalid
from casework.meetings import Meeting
from casework.messages import MessageKind
from casework.messages.templates import TemplateName
from casework.replies import Promise, Reply
from db import (
    alert_letters,
    letter_templates,
    letters,
    meetings,
    replies,
)
from db.participants import ParticipantRow
from tests.betas import NOW, OWNER, a_study
from tests.letters import DAY, POST, all_letters, three_asked
from tests.recruits import a_group


@pytest.fixture
def asked(session: Session) -> list[ParticipantRow]:
    """Three people of a group, each with an invitation in the outbox."""
    return three_asked(session)


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
