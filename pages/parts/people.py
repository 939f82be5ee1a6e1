"""The people of an activity: their step, how they came in, and what they were promised."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from casework.errors import CaseworkError
from casework.funnel import Step
from casework.roles import Actor
from casework.text import escape_markdown
from db import incentives, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from db.participants import ParticipantRow
from db.recruiting import Seated
from pages.parts.when import day_and_time, local
from pages.who import shown_errors

Doing = Callable[[Session, ParticipantRow], None]


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
    _offer_acts(actor, chosen)


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


def _offer_acts(actor: Actor, chosen: Sequence[Seated]) -> None:
    count = f"{len(chosen):,} ticked"
    if not chosen:
        st.caption("Tick people to see their way or to note a thank-you.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(f"Thank-you sent to {count}", icon=":material/redeem:"):
            _for_each(chosen, lambda s, row: incentives.record_sent(s, actor, row, now=now()))
        if st.button(f"Thanked {count}", icon=":material/favorite:"):
            _for_each(chosen, lambda s, row: participants.thank(s, actor, row, now=now()))
    with st.expander("Change what was promised", icon=":material/edit:"):
        promised = st.text_input("Thank-you promised", max_chars=200, key="promised")
        if st.button(f"Promise this to {count}", disabled=not promised):
            _for_each(chosen, lambda s, row: incentives.promise(s, actor, row, promised, now=now()))


def _for_each(chosen: Sequence[Seated], do: Doing) -> None:
    """All or nobody: one refusal undoes the batch and names the person."""
    with shown_errors():
        with transaction() as session:
            for one in chosen:
                try:
                    do(session, participants.get(session, one.participant_id))
                except CaseworkError as wrong:
                    raise type(wrong)(f"{one.name}: {wrong} Nothing was noted.") from wrong
        st.toast(f"Noted for {len(chosen):,}.", icon=":material/check:")
        st.rerun()
