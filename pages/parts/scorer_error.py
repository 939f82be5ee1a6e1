"""How often the scorer errs: the figure with its interval, and the table of labels behind it."""

import pandas as pd
import streamlit as st

from casework.corrections import HUMAN_LABELS, Confusion
from casework.criteria import percent
from casework.errors import NotEnough
from casework.roles import Actor
from casework.sentiment import Label
from db import corrections, scorer_error
from db.engine import Session
from db.scorer_error import Measured
from db.studies import StudyRow
from pages.parts.correcting import said
from pages.parts.labelling import choose_texts

HOW = (
    "Each text was labelled by a person who did not see the scorer's label. The share of errors "
    "within each of the scorer's labels is weighted by how many texts have that label. The "
    "interval joins the Wilson intervals of the labels (MOVER). An abstention counts as right "
    "where the person says neutral. Corrections made here and there do not enter: they were "
    "selected."
)


def show_error(session: Session, actor: Actor, study: StudyRow) -> None:
    spoken = choose_texts()
    try:
        show_measured(scorer_error.measured(session, actor, study, spoken))
    except NotEnough as little:
        st.info(str(little), title="Not enough labelled", icon=":material/hourglass_empty:")
    made = corrections.of_study(session, actor, study)
    st.subheader(f"Corrections in this study ({len(made):,})", anchor=False)
    for one in made[:20]:
        st.markdown(f"{one.spoken.value.capitalize()} {one.text_id}: {said(one)}")
    if not made:
        st.caption("None yet. Correct a reading where it is shown, under Read feedback.")


def show_measured(found: Measured) -> None:
    rate = found.rate
    with st.grid("auto", min_column_width=200, gap="small"):
        st.metric("Read wrongly", percent(rate.value), border=True)
        st.metric("95 % interval", f"{percent(rate.low)} to {percent(rate.high)}", border=True)
        st.metric("Random texts labelled", f"{rate.labelled:,}", border=True)
        st.metric("Scorer", found.read_by, border=True)
    st.caption(HOW)
    st.subheader("People's labels against the scorer's", anchor=False)
    st.table(frame(found.table))


def frame(table: Confusion) -> pd.DataFrame:
    """One row a label of people, one column a label of the scorer, counts as labelled."""
    return pd.DataFrame(
        [[table.of(human, machine) for machine in Label] for human in HUMAN_LABELS],
        index=[f"People: {human.value}" for human in HUMAN_LABELS],
        columns=[f"Scorer: {machine.value}" for machine in Label],
    )
