"""The activities of a study: those there are, the warnings that stay, and planning another."""

from datetime import date, datetime, time, timedelta

import streamlit as st

from casework.activities import GROUP_SEATS, REPLY_DAYS, Activity, drafted, warnings
from casework.funnel import ActivityKind
from casework.roles import Actor
from casework.schedule import plain_day, plan
from casework.text import escape_markdown
from db import activities, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from db.studies import StudyRow
from pages.parts.when import at, local
from pages.who import shown_errors

SEATS = {ActivityKind.FOCUS_GROUP: 8, ActivityKind.BETA: 300}
LASTS = {ActivityKind.FOCUS_GROUP: timedelta(days=10), ActivityKind.BETA: timedelta(days=14)}


def show_warnings(study: StudyRow, rows: list[ActivityRow]) -> None:
    for row in rows:
        for warning in warnings(study, row):
            st.warning(escape_markdown(warning), icon=":material/event_busy:")


def show_cards(session: Session, rows: list[ActivityRow]) -> None:
    with st.grid(4, min_column_width=150):
        for row in rows:
            with st.container(border=True, gap="xsmall", height="stretch"):
                show_card(session, row)


def show_card(session: Session, row: ActivityRow) -> None:
    open_now = now() < row.closes_at
    icon = ":material/forum:" if row.kind is ActivityKind.FOCUS_GROUP else ":material/devices:"
    st.markdown(f"{icon} **{escape_markdown(row.name)}**")
    held = row.seats - recruiting.seats_left(session, row)
    st.markdown(f"{held:,} of {row.seats:,} seats taken")
    start, end = local(row.starts_at).date(), local(row.closes_at).date()
    st.caption(f"{plain_day(start)} to {plain_day(end)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Open" if open_now else "Ended", color="green" if open_now else "gray")
        st.caption(row.kind.label)


def choose(
    rows: list[ActivityRow], *, key: str = "activity", label: str = "Activity"
) -> ActivityRow:
    """The activity being worked on: the newest that is still open, unless another is chosen."""
    by_id = {row.id: row for row in rows}
    newest = max(rows, key=lambda row: (now() < row.closes_at, row.id or 0))
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = newest.id
    chosen = st.selectbox(
        label,
        list(by_id),
        format_func=lambda one: f"{by_id[one].name} ({by_id[one].kind.label.lower()})",
        key=key,
    )
    return by_id[chosen]


def offer_planning(actor: Actor, study: StudyRow, *, known: int) -> None:
    """The form for another activity; a fresh one each time the number of those `known` grows."""
    key = f"plan-{study.id}-{known}"
    with st.expander("Plan an activity", expanded=not known, key=key, icon=":material/add:"):
        kind = st.segmented_control(
            "Kind",
            list(ActivityKind),
            default=ActivityKind.FOCUS_GROUP,
            required=True,
            format_func=lambda one: one.label,
            key=f"{key}-kind",
        )
        draft = _form(study, kind or ActivityKind.FOCUS_GROUP, key)
        if draft is not None:
            _open(actor, study, draft)


def _form(study: StudyRow, kind: ActivityKind, key: str) -> Activity | None:
    """The fields; a checked activity once the button is pressed."""
    today = local(now()).date()
    close_by = plan(study, today).close_by
    with st.form(f"{key}-{kind.value}", border=False), shown_errors():
        with st.grid(2, min_column_width=240):
            name = st.text_input("Name", max_chars=200, placeholder=f"{kind.label}: {study.title}")
            seats = st.number_input("Seats", value=SEATS[kind], step=1, help=_seats_help(kind))
            starts = st.date_input("Starts", today)
            closes = st.date_input(
                "Ends, the last day included", max(today, min(close_by, today + LASTS[kind]))
            )
            incentive = st.text_input("Thank-you", max_chars=200, placeholder="500 gems")
            reply_days = st.number_input(
                "Days to reply", 1, 60, _reply_days(kind), help=_REPLY, placeholder="until the end"
            )
        purpose = st.text_area("Why you ask", max_chars=5_000, help=_PURPOSE)
        st.caption(f"To decide in time, it should end by {plain_day(close_by)}.")
        if st.form_submit_button("Plan it", type="primary"):
            return drafted(
                kind=kind,
                name=name,
                purpose=purpose,
                seats=int(seats),
                starts_at=_begin(starts, now()),
                closes_at=at(closes, time(23, 59)),
                incentive=incentive,
                reply_days=None if reply_days is None else int(reply_days),
            )
    return None


def _reply_days(kind: ActivityKind) -> int | None:
    return REPLY_DAYS if kind is ActivityKind.FOCUS_GROUP else None


_REPLY = "Whoever has not replied by then is passed over, and a reserve of the draw is asked."


_PURPOSE = "Invited customers read this on their page before they say yes or no."


def _seats_help(kind: ActivityKind) -> str:
    if kind is ActivityKind.FOCUS_GROUP:
        return f"{GROUP_SEATS[0]} to {GROUP_SEATS[1]}: fewer is an interview, more is a lecture."
    return "How many people you mean to ask. You may ask more if too few reply."


def _begin(day: date, moment: datetime) -> datetime:
    """Midnight of a day to come; something that starts today starts now."""
    begins = at(day, time(0, 0))
    return max(begins, moment) if begins.date() == local(moment).date() else begins


def _open(actor: Actor, study: StudyRow, draft: Activity) -> None:
    with shown_errors():
        with transaction() as session:
            row = activities.open_activity(session, actor, study, draft, now=now())
        st.session_state["activity"] = row.id
        st.toast("The activity is planned. Choose who to ask.", icon=":material/check:")
        st.rerun()
