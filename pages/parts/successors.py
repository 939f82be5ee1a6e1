"""Who came for whom, and seats that nobody can take."""

import pandas as pd
import streamlit as st

from casework.roles import Actor
from casework.text import escape_markdown
from db import activities, reserves, seats
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, reading, transaction
from pages.parts.when import local
from pages.who import shown_errors


def keep_seats(activity: ActivityRow) -> None:
    """What the clock would do by itself, done now in case no worker runs; most often nothing."""
    with reading() as session:
        due = activity.id in seats.activities_with_work(session, now=now())
    if due:
        with transaction() as session:
            seats.keep(session, activities.get(session, activity.id), now=now())


def show_successors(actor: Actor, session: Session, activity: ActivityRow) -> None:
    vacant = reserves.vacancies(session, activity)
    for said in vacant:
        st.warning(escape_markdown(said), icon=":material/event_seat:")
    if vacant and st.button("Look for a reserve again", icon=":material/refresh:"):
        _look_again(actor, activity)
    found = reserves.successors(session, activity)
    if not found:
        return
    st.subheader("Who came for whom", anchor=False)
    table = pd.DataFrame(
        {
            "Left": [one.left for one in found],
            "Because": [one.because for one in found],
            "Came": [one.came for one in found],
            "How": [one.how.capitalize() for one in found],
            "When": [local(one.at).replace(tzinfo=None) for one in found],
            "Stands at": [one.step.label for one in found],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
        alt="Reserves who took a seat, with whom they came for and their place in the draw",
    )


def _look_again(actor: Actor, activity: ActivityRow) -> None:
    with shown_errors():
        with transaction() as session:
            came = reserves.look_again(
                session, actor, activities.get(session, activity.id), now=now()
            )
        st.toast(f"{came:,} came." if came else "Nobody may be asked yet.")
        st.rerun()
