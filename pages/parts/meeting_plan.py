"""Planning a meeting, choosing one, and noting who came."""

from datetime import datetime, time, timedelta

import streamlit as st
from pydantic import ValidationError

from casework.activities import GROUP_SEATS
from casework.errors import Invalid
from casework.funnel import Step
from casework.meetings import Meeting
from casework.roles import Actor
from casework.text import escape_markdown
from db import meetings, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import transaction
from db.meetings import MeetingRow
from db.recruiting import Seated
from pages.parts.when import at, day_and_time, local
from pages.who import shown_errors

MAY_COME = frozenset({Step.ACCEPTED, Step.SCHEDULED, Step.ATTENDED, Step.NO_SHOW, Step.THANKED})


def choose_meeting(held: list[MeetingRow]) -> MeetingRow:
    """The meeting being worked on: the latest unless another is chosen."""
    if len(held) == 1:
        return held[0]
    by_id = {row.id: row for row in held}
    chosen = st.selectbox(
        "Meeting",
        list(by_id),
        index=len(held) - 1,
        format_func=lambda one: f"{by_id[one].title}, {day_and_time(by_id[one].held_at)}",
    )
    return by_id[chosen]


def introduce(meeting: MeetingRow) -> None:
    st.header(escape_markdown(meeting.title), anchor=False)
    st.caption(f"{day_and_time(meeting.held_at)} · {escape_markdown(meeting.place)}")
    if meeting.notes:
        st.text(meeting.notes)


def offer_planning(actor: Actor, group: ActivityRow, *, known: int) -> None:
    if now() >= group.closes_at:
        return
    key = f"meeting-{group.id}-{known}"
    with st.expander("Plan a meeting", expanded=not known, key=key, icon=":material/add:"):
        starts = max(now(), group.starts_at) + timedelta(days=1)
        first = local(min(starts, group.closes_at))
        with st.form(f"{key}-form", border=False), shown_errors():
            title = st.text_input("Title", max_chars=200, placeholder="First evening")
            place = st.text_input("Place", max_chars=200, placeholder="Room 4, or a call link")
            with st.grid(2, min_column_width=160):
                day = st.date_input("Day", first.date())
                clock = st.time_input("Time", time(18, 0))
            notes = st.text_area("What to talk about", max_chars=5_000)
            st.caption(f"The focus group runs until {day_and_time(group.closes_at)}.")
            if st.form_submit_button("Plan the meeting", type="primary"):
                _hold(actor, group, _drafted(title, place, at(day, clock), notes))


def _drafted(title: str, place: str, held_at: datetime, notes: str) -> Meeting:
    try:
        return Meeting(title=title, place=place, held_at=held_at, notes=notes)
    except ValidationError as wrong:
        raise Invalid("Give the meeting a title and a place, each of one line.") from wrong


def _hold(actor: Actor, group: ActivityRow, draft: Meeting) -> None:
    with transaction() as session:
        meetings.hold(session, actor, group, draft, now=now())
    st.toast("The meeting is planned.", icon=":material/check:")
    st.rerun()


def show_attendance(actor: Actor, people: list[Seated], meeting: MeetingRow) -> None:
    st.subheader("Who is here", anchor=False)
    expected = {one.participant_id: one for one in people if one.step in MAY_COME}
    if not expected:
        st.info("Nobody has accepted yet, so nobody can come. Invite people first.")
        return
    came = [one for one, seated in expected.items() if seated.step in meetings.PRESENT]
    present = st.pills(
        "Tick whoever came",
        list(expected),
        selection_mode="multi",
        default=came,
        format_func=lambda one: expected[one].name,
        key=f"present-{meeting.id}-{len(came)}",
        label_visibility="collapsed",
    )
    _count(len(present), len(expected))
    if st.button("Save attendance", disabled=set(present) == set(came)):
        _save(actor, expected, set(present))


def _count(present: int, expected: int) -> None:
    low, high = GROUP_SEATS
    st.caption(f"{present} of {expected} who accepted.")
    if present and not low <= present <= high:
        few = "interviews" if present < low else "a lecture"
        st.warning(
            f"{present} people are {few}, not a focus group: it takes {low} to {high}. What they "
            "say still counts as what they said.",
            icon=":material/groups:",
        )


def _save(actor: Actor, expected: dict[int, Seated], present: set[int]) -> None:
    """Whoever was thanked already was there and stays so."""
    with shown_errors():
        with transaction() as session:
            for one, seated in expected.items():
                if seated.step is not Step.THANKED:
                    row = participants.get(session, one)
                    meetings.attend(session, actor, row, present=one in present, now=now())
        st.toast("Attendance is noted.", icon=":material/check:")
        st.rerun()
