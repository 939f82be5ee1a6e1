"""Facts about meetings: attributed remarks, vetoes that count, and people who withdraw."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from casework.errors import Invalid, NotAllowed, NotFound
from casework.funnel import ActivityKind, Step
from casework.gates import values_gate
from casework.meetings import Idea, IdeaStatus, Meeting, Remark, Tag
from db import meetings, participants
from db.meetings import MeetingRow
from tests.betas import NOW, OWNER, a_study
from tests.recruits import (
    Group,
    a_group,
    an_activity_for,
    as_guest,
    say_yes,
    seat,
    some_customers,
)

EVENING = NOW + timedelta(days=3)
COMPLAINT = "Seeing the Grinch catch Santa was offensive. It ruined our Christmas."


def plan(at: datetime = EVENING, title: str = "First evening") -> Meeting:
    return Meeting(title=title, held_at=at, place="Room 4")


def said(text: str, tag: Tag = Tag.DISLIKE, minutes: int = 0) -> Remark:
    return Remark(text=text, tag=tag, made_at=EVENING + timedelta(minutes=minutes))


@pytest.fixture
def group(session: Session) -> Group:
    return a_group(session)


@pytest.fixture
def meeting(session: Session, group: Group) -> MeetingRow:
    return meetings.hold(session, OWNER, group.activity, plan(), now=NOW)


def test_whoever_has_accepted_is_expected_at_a_planned_meeting(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    assert {person.step for person in group.people} == {Step.SCHEDULED}
    assert meetings.of_activity(session, group.activity) == [meeting]


def test_whoever_has_not_accepted_is_not_expected(session: Session) -> None:
    activity = an_activity_for(session, a_study(session))
    asked, accepted = seat(session, activity, *some_customers(session, 2))
    say_yes(session, accepted)
    meetings.hold(session, OWNER, activity, plan(), now=NOW)
    assert (asked.step, accepted.step) == (Step.DRAWN, Step.SCHEDULED)


def test_a_meeting_lies_within_its_focus_group_and_has_a_title_of_its_own(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    for at in (NOW - timedelta(minutes=1), NOW + timedelta(days=10, minutes=1)):
        with pytest.raises(Invalid, match="between the start"):
            meetings.hold(session, OWNER, group.activity, plan(at, "Other"), now=NOW)
    with pytest.raises(Invalid, match="already a meeting"):
        meetings.hold(session, OWNER, group.activity, plan(), now=NOW)
    beta = an_activity_for(session, group.study, ActivityKind.BETA, "Beta")
    with pytest.raises(Invalid, match="beta has no meetings"):
        meetings.hold(session, OWNER, beta, plan(), now=NOW)


def test_a_remark_keeps_who_said_it_how_it_was_marked_and_how_it_reads(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    ada, bo = group.people[:2]
    meetings.note(session, OWNER, meeting, ada, said(COMPLAINT, Tag.VETO))
    meetings.note(session, OWNER, meeting, bo, said("I love the sledge.", Tag.LIKE, 5))
    first, second = meetings.remarks_of(session, meeting.id or 0)
    assert (first.participant_id, first.tag, first.text) == (ada.id, Tag.VETO, COMPLAINT)
    assert first.reading.polarity < -0.3
    assert first.reading.offence
    assert first.reading.contributions
    assert second.reading.polarity > 0.2


def test_whoever_is_heard_was_there(session: Session, group: Group, meeting: MeetingRow) -> None:
    ada, bo = group.people[:2]
    meetings.attend(session, OWNER, ada, present=False, now=EVENING)
    meetings.note(session, OWNER, meeting, ada, said("Here I am after all."))
    assert (ada.step, bo.step) == (Step.ATTENDED, Step.SCHEDULED)


def test_attendance_can_be_put_right_and_saying_it_twice_is_once(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    ada = group.people[0]
    for present in (True, True, False, True):
        meetings.attend(session, OWNER, ada, present=present, now=EVENING)
    steps = [event.step for event in participants.history(session, ada.id or 0)]
    assert steps[-3:] == [Step.ATTENDED, Step.NO_SHOW, Step.ATTENDED]


def test_a_double_click_notes_a_remark_and_an_idea_once(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    ada = group.people[0]
    idea = Idea(title="A snowball fight", text="With friends.", made_at=EVENING)
    for _ in range(2):
        meetings.note(session, OWNER, meeting, ada, said("I like it.", Tag.LIKE))
        meetings.note_idea(session, OWNER, ada, idea)
    assert len(meetings.remarks_of(session, meeting.id or 0)) == 1
    (kept,) = meetings.ideas_of(session, group.study.id or 0)
    assert (kept.participant_id, kept.title, kept.status) == (
        ada.id,
        "A snowball fight",
        IdeaStatus.NEW,
    )


def test_somebody_of_another_group_or_who_never_accepted_is_not_quoted(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    second = an_activity_for(session, group.study, name="Second")
    stranger, absent = seat(session, second, *some_customers(session, 2))
    with pytest.raises(Invalid, match="another group"):
        meetings.note(session, OWNER, meeting, stranger, said("Hello."))
    other = meetings.hold(session, OWNER, second, plan(), now=NOW)
    with pytest.raises(Invalid, match="only somebody who accepted"):
        meetings.note(session, OWNER, other, absent, said("Hello."))
    with pytest.raises(Invalid, match="only somebody who accepted"):
        meetings.note_idea(session, OWNER, absent, Idea(title="X", made_at=EVENING))


def test_vetoes_of_loyal_people_open_the_values_gate(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    study_id = group.study.id or 0
    ada, bo = group.people[:2]
    meetings.note(session, OWNER, meeting, ada, said(COMPLAINT, Tag.VETO))
    meetings.note(session, OWNER, meeting, bo, said("I dislike the colour."))
    (concern,) = meetings.values_concerns(session, study_id)
    assert (concern.person, concern.loyal, concern.quote) == (ada.customer_id, True, COMPLAINT)
    assert concern.raised_at == EVENING
    assert values_gate(meetings.values_concerns(session, study_id), [], "Nora").clear
    meetings.note(session, OWNER, meeting, bo, said("Not for my children.", Tag.VETO, 3))
    gate = values_gate(meetings.values_concerns(session, study_id), [], "Nora")
    assert not gate.clear
    assert COMPLAINT in gate.detail


def test_a_veto_counts_also_of_whoever_does_not_want_to_be_quoted(session: Session) -> None:
    group = a_group(session, may_quote=False)
    meeting = meetings.hold(session, OWNER, group.activity, plan(), now=NOW)
    for person in group.people[:2]:
        meetings.note(session, OWNER, meeting, person, said(COMPLAINT, Tag.VETO))
    gate = values_gate(meetings.values_concerns(session, group.study.id or 0), [], "Nora")
    assert not gate.clear
    assert COMPLAINT not in gate.detail


def test_what_somebody_said_who_withdraws_leaves_quotes_ideas_and_concerns_at_once(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    ada = group.people[0]
    meetings.note(session, OWNER, meeting, ada, said(COMPLAINT, Tag.VETO))
    meetings.note_idea(session, OWNER, ada, Idea(title="Snow", made_at=EVENING))
    participants.withdraw(session, as_guest(ada), ada, now=EVENING)
    study_id = group.study.id or 0
    assert meetings.remarks_of(session, meeting.id or 0) == []
    assert meetings.ideas_of(session, study_id) == []
    assert meetings.values_concerns(session, study_id) == []
    with pytest.raises(Invalid, match="withdrawn"):
        meetings.note(session, OWNER, meeting, ada, said("One more thing."))


def test_concerns_stay_in_their_study(session: Session, group: Group, meeting: MeetingRow) -> None:
    meetings.note(session, OWNER, meeting, group.people[0], said(COMPLAINT, Tag.VETO))
    other = a_study(session, "other")
    assert meetings.values_concerns(session, other.id or 0) == []


def test_a_customer_notes_nothing_and_an_unknown_meeting_is_not_found(
    session: Session, group: Group, meeting: MeetingRow
) -> None:
    ada = group.people[0]
    with pytest.raises(NotAllowed):
        meetings.note(session, as_guest(ada), meeting, ada, said("I win."))
    with pytest.raises(NotFound):
        meetings.get(session, 99)
