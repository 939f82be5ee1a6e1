"""Who has not moved for too long, and whether it is our turn or theirs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pandas as pd
import streamlit as st

from casework.progress import STUCK_AFTER, Journey, find_stuck
from casework.visits import is_open
from db.activities import ActivityRow
from db.clock import now
from db.recruiting import Seated
from pages.parts.when import local


def show_stuck(
    activity: ActivityRow, journeys: Sequence[Journey], people: Mapping[int, Seated]
) -> None:
    st.subheader("Who is stuck", anchor=False)
    days = st.number_input(
        "Days in the same step", 1, 60, STUCK_AFTER.days, key=f"stuck-{activity.id}", width=200
    )
    found = find_stuck(
        activity.kind,
        journeys,
        now=now(),
        longer_than=timedelta(days=int(days)),
        is_open=is_open(activity, now()),
    )
    if not found:
        st.success("Nobody has stood still for longer.", icon=":material/directions_run:")
        return
    ours = sum(one.ours for one in found)
    st.write(f"**{len(found):,} stand still**, {ours:,} of them wait for you.")
    table = pd.DataFrame(
        {
            "Name": [people[one.participant_id].name for one in found],
            "Step": [one.step.label for one in found],
            "Since": [local(one.since).replace(tzinfo=None) for one in found],
            "Whose turn": ["Yours" if one.ours else "Theirs" for one in found],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height=min(38 * len(table) + 38, 320),
        column_config={"Since": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
        alt="People who have not moved for too long, the longest first",
    )
    st.caption("Tick them below to remind them or to note what you know.")
