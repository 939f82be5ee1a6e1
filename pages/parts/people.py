"""The people of an activity: their step, how they came in, and what they were promised."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from casework.errors import Invalid
from casework.funnel import Step
from casework.marking import MARKS, Mark
from casework.messages.templates import TemplateName
from casework.roles import Actor
from casework.text import escape_markdown
from db import following, letters, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, reading, transaction
from db.letter_writing import Written
from db.post import post_of
from db.recruiting import Seated
from db.settings import settings
from pages.parts.letter_read import read_letter
from pages.parts.when import day_and_time, local
from pages.who import shown_errors

ASKED, REMINDED = "mark_asked", "reminded"
NAMED = 5


def show_people(
    actor: Actor, session: Session, activity: ActivityRow, people: list[Seated]
) -> None:
    shown = _filtered(people)
    picked = st.dataframe(
        _table(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"people-{activity.id}",
        height=360 if len(shown) > 9 else "auto",
        column_config={
            "Loyalty": st.column_config.NumberColumn(format="%.2f"),
            "Since": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
        },
        alt="Everybody in this activity with their step; tick people to act on them",
    )
    chosen = [shown[place] for place in picked.selection.rows if place < len(shown)]
    if len(chosen) == 1:
        _show_way(session, chosen[0])
    _offer_acts(actor, activity, chosen)


def _filtered(people: list[Seated]) -> list[Seated]:
    present = [step for step in Step if any(one.step is step for one in people)]
    wanted = st.pills(
        "Show who is",
        present,
        selection_mode="multi",
        format_func=lambda step: f"{step.label} {sum(one.step is step for one in people):,}",
        key="people_steps",
    )
    return [one for one in people if not wanted or one.step in wanted]


def _table(people: Sequence[Seated]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Name": [one.name for one in people],
            "Step": [one.step.label for one in people],
            "Since": [local(one.since).replace(tzinfo=None) for one in people],
            "Thank-you": [_incentive(one) for one in people],
            "Loyalty": [one.loyalty for one in people],
            "Segment": [one.segment for one in people],
            "Platform": [one.platform for one in people],
            "Chosen": [one.chosen_by for one in people],
        }
    )


def _incentive(one: Seated) -> str:
    if one.incentive_sent_at is not None:
        return f"{one.incentive_promised}, sent"
    return f"{one.incentive_promised}, promised" if one.incentive_promised else "Nothing promised"


def _show_way(session: Session, one: Seated) -> None:
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(one.name)}** · chosen {escape_markdown(one.chosen_by)}")
        for event in participants.history(session, one.participant_id):
            detail = f" · {escape_markdown(event.detail)}" if event.detail else ""
            st.markdown(f"- {event.step.label} · {day_and_time(event.at)}{detail}")


def _offer_acts(actor: Actor, activity: ActivityRow, chosen: Sequence[Seated]) -> None:
    if not chosen:
        st.caption("Tick people to see their way or to note a step for all of them.")
        return
    count = f"{len(chosen):,} ticked"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(f"Remind: {count}", icon=":material/notifications:", key="remind"):
            _remind(actor, chosen)
        for mark in MARKS[activity.kind]:
            if st.button(f"{mark.does}: {count}", key=f"mark-{mark.step.value}"):
                if mark.destructive:
                    st.session_state[ASKED] = (activity.id, mark.step.value)
                else:
                    _note(actor, activity, chosen, mark)
    _show_reminded()
    _confirm(actor, activity, chosen)
    _offer_reading(chosen)


def _remind(actor: Actor, chosen: Sequence[Seated]) -> None:
    with shown_errors():
        post = post_of(settings())
        if post.customers_barred and not settings().demo:
            raise Invalid(post.customers_barred)
        with transaction() as session:
            rows = [participants.get(session, one.participant_id) for one in chosen]
            st.session_state[REMINDED] = letters.remind(session, actor, rows, post, now=now())
        st.rerun()


def _show_reminded() -> None:
    """What the last press came to, said once."""
    written: Written | None = st.session_state.pop(REMINDED, None)
    if written is None:
        return
    if written.queued:
        many = "1 reminder is" if written.queued == 1 else f"{written.queued:,} reminders are"
        st.success(f"{many} in the outbox.", icon=":material/outbox:")
    for name, why in written.left_out:
        st.warning(f"{escape_markdown(name)}: {escape_markdown(why)}", icon=":material/block:")


def _offer_reading(chosen: Sequence[Seated]) -> None:
    with (
        st.expander("Read the reminder", icon=":material/mail:", on_change="rerun") as box,
        reading() as session,
    ):
        if box.open:
            person = participants.get(session, chosen[0].participant_id)
            read_letter(session, person, TemplateName.REMINDER)


def _confirm(actor: Actor, activity: ActivityRow, chosen: Sequence[Seated]) -> None:
    asked = st.session_state.get(ASKED)
    mark = next(
        (one for one in MARKS[activity.kind] if asked == (activity.id, one.step.value)), None
    )
    if mark is None:
        return
    names = ", ".join(escape_markdown(one.name) for one in chosen[:NAMED])
    more = f" and {len(chosen) - NAMED:,} more" if len(chosen) > NAMED else ""
    st.warning(
        f"{mark.does}: {names}{more}? Their seats are free at once, and reserves of the draw take "
        "them. A customer who declined cannot be asked again here.",
        icon=":material/warning:",
    )
    with st.container(horizontal=True):
        if st.button(f"Yes, {mark.does.lower()}", type="primary"):
            st.session_state.pop(ASKED, None)
            _note(actor, activity, chosen, mark)
        if st.button("No, leave it"):
            st.session_state.pop(ASKED, None)
            st.rerun()


def _note(actor: Actor, activity: ActivityRow, chosen: Sequence[Seated], mark: Mark) -> None:
    """All or nobody: one refusal undoes the batch and names the person."""
    with shown_errors():
        with transaction() as session:
            rows = [participants.get(session, one.participant_id) for one in chosen]
            came = following.mark(session, actor, activity, rows, mark.step, now=now())
        reserves = f" {came:,} reserves came." if came else ""
        st.toast(f"Noted for {len(chosen):,}.{reserves}", icon=":material/check:")
        st.rerun()
