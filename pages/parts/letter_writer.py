"""Writing to many: for whom, as one of them will read it, and into the outbox."""

import streamlit as st

from casework.errors import Invalid, NotEnough
from casework.funnel import ActivityKind
from casework.messages import wording
from casework.messages.templates import TemplateName
from casework.roles import Actor
from db import activities, letters, meetings, participants, recruiting, replies
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from db.letter_writing import Written
from db.meetings import MeetingRow
from db.participants import ParticipantRow
from db.post import post_of
from db.settings import settings
from db.studies import StudyRow
from pages.parts.letter_read import read_letter
from pages.parts.news import tell
from pages.parts.when import day_and_time
from pages.who import shown_errors

OFFERED = (TemplateName.REMINDER, TemplateName.MEETING, TemplateName.THANKS, TemplateName.RESULT)
FOR_WHOM = {
    TemplateName.REMINDER: "Whoever was asked and has not done the next step",
    TemplateName.MEETING: "Whoever is expected at the meeting",
    TemplateName.THANKS: "Whoever took part",
    TemplateName.RESULT: "Whoever took part, once there is something to tell",
}


def write_letters(session: Session, actor: Actor, study: StudyRow) -> None:
    planned = activities.of_study(session, study)
    if not planned:
        st.info("Plan an activity under “Recruit” first; then there are people to write to.")
        return
    with st.container(horizontal=True):
        name = st.selectbox("Letter", OFFERED, format_func=lambda one: one.label, key="write_kind")
        activity = st.selectbox(
            "To", planned[::-1], format_func=lambda one: one.name, key="write_to"
        )
    st.caption(f"{FOR_WHOM[name]}. Invitations are written under “Recruit”.")
    people = letters.addressees(session, activity, name)
    meeting = _meeting(session, activity) if name is TemplateName.MEETING else None
    if name is TemplateName.MEETING and meeting is None:
        return
    if not people:
        st.info("At the moment there is nobody whom this letter is for.", icon=":material/group:")
        return
    _preview(session, activity, people, name, meeting)
    many = "1 letter" if len(people) == 1 else f"{len(people):,} letters"
    if st.button(f"Put {many} into the outbox", type="primary", icon=":material/outbox:"):
        with shown_errors():
            _write(actor, name, [one.id or 0 for one in people], meeting)


def _meeting(session: Session, activity: ActivityRow) -> MeetingRow | None:
    if activity.kind is not ActivityKind.FOCUS_GROUP:
        st.info("A beta has no meetings. Choose a focus group.")
        return None
    ahead = [row for row in meetings.of_activity(session, activity) if row.held_at > now()]
    if not ahead:
        st.info("No meeting lies ahead. Plan one under “Host a meeting”; then invite to it here.")
        return None
    return st.selectbox(
        "Meeting",
        ahead,
        format_func=lambda one: f"{one.title}, {day_and_time(one.held_at)}",
        key="write_meeting",
    )


def _preview(
    session: Session,
    activity: ActivityRow,
    people: list[ParticipantRow],
    name: TemplateName,
    meeting: MeetingRow | None,
) -> None:
    names = recruiting.names_of(session, [one.customer_id for one in people])
    person = st.selectbox(
        "As it is read by",
        people,
        format_func=lambda one: names.get(one.customer_id, "Somebody"),
        key="write_preview",
    )
    more = wording.of_meeting(meeting) if meeting else {}
    if name is TemplateName.RESULT:
        told = replies.of_study(session, activity.study_id)
        if not told:
            raise NotEnough("Nothing has been told back yet. Write it under “Tell back” first.")
        more = wording.of_replies(told)
    with st.container(border=True):
        read_letter(session, person, name, more)
        if meeting:
            st.caption("With a calendar file, meeting.ics.")


def _write(actor: Actor, name: TemplateName, ids: list[int], meeting: MeetingRow | None) -> None:
    post = post_of(settings())
    if name is TemplateName.REMINDER and post.customers_barred and not settings().demo:
        raise Invalid(post.customers_barred)
    with transaction() as session:
        people = [participants.get(session, one) for one in ids]
        if name is TemplateName.REMINDER:
            written = letters.remind(session, actor, people, post, now=now())
        elif name is TemplateName.THANKS:
            written = letters.thank(session, actor, people, now=now())
        elif name is TemplateName.RESULT:
            written = letters.tell_results(session, actor, people, now=now())
        else:
            written = _call(session, actor, meeting, people)
    _report(written)
    st.rerun()


def _call(
    session: Session, actor: Actor, meeting: MeetingRow | None, people: list[ParticipantRow]
) -> Written:
    kept = meetings.get(session, meeting.id if meeting else None)
    return letters.call_to_meeting(session, actor, kept, kept.id or 0, people, now=now())


def _report(written: Written) -> None:
    said = "1 letter is" if written.queued == 1 else f"{written.queued:,} letters are"
    left_out = "; ".join(f"{name}: {why}" for name, why in written.left_out)
    tell(f"{said} in the outbox." + (f" Without a letter: {left_out}" if left_out else ""))
