"""Activities, who is asked into them, their invitations, and how far everybody came."""

from enum import StrEnum

import streamlit as st

from casework.funnel import ActivityKind, Step
from casework.progress import figures
from casework.text import escape_markdown
from casework.visits import is_open
from db import activities, following, invitations, loyalty_policies, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.engine import reading
from db.recruiting import Seated
from pages import who
from pages.parts import (
    activity_plan,
    candidates,
    cohort_view,
    consent_editor,
    draw_log,
    funnel,
    invite,
    people,
    screener_editor,
    seat_draw,
    segment_pool,
    stuck,
    successors,
    thank_yous,
)
from pages.study_choice import chosen_study


class Part(StrEnum):
    """What there is to do with an activity, in its order."""

    CHOOSE = "Choose people"
    ASK = "Before joining"
    INVITE = "Invite"
    FOLLOW = "Follow"


def next_part(seated: list[Seated]) -> Part:
    """What is most likely wanted: whatever is not done yet."""
    if not seated:
        return Part.CHOOSE
    waiting = any(one.step is Step.DRAWN for one in seated)
    return Part.INVITE if waiting else Part.FOLLOW


def show_choosing(activity: ActivityRow) -> None:
    if now() >= activity.closes_at:
        st.info("This activity has ended; nobody can be chosen for it any more.")
        return
    with reading() as session:
        policy = loyalty_policies.current(session, now=now())
        everybody = candidates.load(session, activity, policy)
        pool = segment_pool.within(actor, session, candidates.narrow(everybody))
        candidates.show_pool(session, activity, pool, policy)
        if activity.kind is ActivityKind.FOCUS_GROUP and not recruiting.seats_left(
            session, activity
        ):
            st.info("Every seat is taken. One is free again when somebody declines.")
            return
        way = st.segmented_control(
            "How", ["Draw at random", "By hand"], default="Draw at random", required=True
        )
        if way == "By hand":
            candidates.pick_by_hand(actor, session, activity, pool)
        else:
            seat_draw.draw_people(actor, session, activity, pool, policy)


def show_asking(activity: ActivityRow) -> None:
    with reading() as session:
        screener_editor.show_screener(actor, session, activity)
        consent_editor.show_consent(actor, session, activity.kind)


def show_following(activity: ActivityRow, seated: list[Seated]) -> None:
    if not seated:
        st.info("Nobody is in this activity yet. Choose people first.")
        return
    with reading() as session:
        journeys = following.journeys(session, activity)
        st.subheader("How far people came", anchor=False)
        found = figures(activity.kind, journeys, is_open=is_open(activity, now()))
        funnel.show_funnel(found, invitations.letters_of(session, activity))
        cohort_view.show_cohort(session, activity)
        successors.show_successors(actor, session, activity)
        stuck.show_stuck(activity, journeys, {one.participant_id: one for one in seated})
        st.subheader("Person by person", anchor=False)
        people.show_people(actor, session, activity, seated)
        thank_yous.show_thank_yous(actor, session, activity)


def show_activity(activity: ActivityRow, seated: list[Seated]) -> None:
    st.header(escape_markdown(activity.name), anchor=False)
    key = f"part-{activity.id}"
    if key not in st.session_state or st.session_state.pop("go_on", False):
        st.session_state[key] = next_part(seated)
    part = st.segmented_control(
        "What to do", list(Part), required=True, key=key, label_visibility="collapsed"
    )
    if part == Part.CHOOSE:
        show_choosing(activity)
        with reading() as session:
            draw_log.show_draws(actor, session, activity)
    elif part == Part.ASK:
        show_asking(activity)
    elif part == Part.INVITE:
        invite.show_invitations(actor, activity, seated)
    else:
        show_following(activity, seated)


actor = who.actor()
with reading() as session:
    study = chosen_study(session, actor)
    planned = activities.of_study(session, study)
    st.title("Recruit", anchor=False)
    st.caption(f"{escape_markdown(study.title)}: focus groups and betas, and who is asked.")
    activity_plan.show_warnings(study, planned)
    activity_plan.show_cards(session, planned)
activity_plan.offer_planning(actor, study, known=len(planned))
if planned:
    activity = activity_plan.choose(planned)
    successors.keep_seats(activity)
    with reading() as session:
        seated = recruiting.roster_of(session, activity)
    show_activity(activity, seated)
