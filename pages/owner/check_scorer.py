"""Whether the scorer hears right: labelling blind, its error, words of one's own, reading anew."""

import streamlit as st

from db.engine import reading
from pages import who
from pages.parts.labelling import show_labelling
from pages.parts.own_words import show_own_words
from pages.parts.reading_anew import show_reading_anew
from pages.parts.scorer_error import show_error
from pages.study_choice import chosen_study

PARTS = ("Label texts", "How often it errs", "Own words", "Read anew")

st.title("Check the scorer", anchor=False)
actor = who.actor()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    part = st.segmented_control("Show", PARTS, default=PARTS[0], required=True, key="check-part")
    if part == PARTS[0]:
        show_labelling(session, actor, study)
    elif part == PARTS[1]:
        show_error(session, actor, study)
    elif part == PARTS[2]:
        show_own_words(session, actor)
    else:
        show_reading_anew(session, actor)
