"""A focus group's meeting: who came, what they said and would veto, what they would build."""

import streamlit as st

from casework.corrections import Spoken
from casework.funnel import ActivityKind
from casework.text import escape_markdown
from db import activities, corrections, meetings, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.engine import reading
from pages import who
from pages.parts import activity_plan, meeting_notes, meeting_plan
from pages.study_choice import chosen_study, go


def show_meeting(group: ActivityRow) -> None:
    with reading() as session:
        held = meetings.of_activity(session, group)
        seated = recruiting.roster_of(session, group)
    meeting_plan.offer_planning(actor, group, known=len(held))
    if not held:
        if now() >= group.closes_at:
            st.info("This focus group has ended without a meeting.")
        return
    meeting = meeting_plan.choose_meeting(held)
    people = {one.participant_id: one for one in seated}
    with reading() as session:
        remarks = meetings.remarks_of(session, meeting.id or 0)
        said = corrections.of_texts(session, Spoken.REMARK, [one.id or 0 for one in remarks])
        ideas = [
            idea
            for idea in meetings.ideas_of(session, group.study_id)
            if idea.participant_id in people
        ]
    meeting_plan.introduce(meeting)
    meeting_notes.show_vetoes(remarks, people)
    meeting_plan.show_attendance(actor, seated, meeting)
    meeting_notes.take_notes(actor, meeting, people, noted=len(remarks))
    meeting_notes.show_remarks(actor, remarks, people, said)
    meeting_notes.show_ideas(actor, ideas, people, meeting)


actor = who.actor()
with reading() as session:
    study = chosen_study(session, actor)
    groups = [
        row for row in activities.of_study(session, study) if row.kind is ActivityKind.FOCUS_GROUP
    ]
st.title("Host a meeting", anchor=False)
st.caption(
    f"{escape_markdown(study.title)}: five to ten loyal customers tell what they feel. That is "
    "evidence for ideas and vetoes, never for a percentage."
)
if groups:
    show_meeting(activity_plan.choose(groups, key="group", label="Focus group"))
else:
    st.info("A meeting belongs to a focus group. Plan one first.", icon=":material/forum:")
    if st.button("Go to recruiting", type="primary"):
        go("recruit", study.slug)
