"""What people outside the beta say: shown apart, read by the same scorer, never counted."""

import streamlit as st

from casework.criteria import Metric, figure
from casework.roles import Actor
from casework.text import escape_markdown
from db import outside
from db.engine import Session
from db.outside import OutsideVoiceRow, VoiceFigures
from db.studies import StudyRow
from pages.parts.words_heard import marked, why

KEY = "outside-page"


def show_outside(session: Session, actor: Actor, study: StudyRow) -> None:
    """The section of outside voices, and how they come here where there is none."""
    told = outside.figures(session, actor, study)
    st.header("Outside voices: read, never counted in a verdict", anchor=False)
    st.caption(
        "Public reviews and other imported feedback of people who are no testers. Nobody drew "
        "them, so they show what to look into, not how many think so."
    )
    if not told.voices:
        st.info("None yet. Import a file of reviews under “Import data”.", icon=":material/public:")
        return
    show_figures(told)
    found = outside.find(session, actor, study, page=int(st.session_state.get(KEY, 1)))
    for voice in found.voices:
        show_voice(voice)
    if found.pages > 1:
        st.pagination(found.pages, key=KEY)


def show_figures(told: VoiceFigures) -> None:
    with st.grid("auto", min_column_width=150, gap="small"):
        st.metric("Outside voices", f"{told.voices:,}", border=True)
        st.metric("Sound offended", f"{told.offended:,}", border=True)
        if told.stars is not None:
            st.metric("Mean stars", f"{told.stars:.1f} of 5", border=True)
        if told.polarity is not None:
            st.metric("Mean tone", figure(Metric.sentiment, told.polarity), border=True)


def show_voice(voice: OutsideVoiceRow) -> None:
    with st.container(border=True):
        st.markdown(f"**Voice {voice.id}** {badges(voice)}")
        st.markdown(words_of(voice))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(where_from(voice))
            if voice.reading is not None:
                with st.popover("Why this tone?", icon=":material/psychology:", type="tertiary"):
                    st.markdown(f"Words and their weight: {why(voice.reading)}")


def words_of(voice: OutsideVoiceRow) -> str:
    if voice.reading is None:
        return "*Wrote nothing.*"
    return marked(voice.text, voice.reading.contributions)


def badges(voice: OutsideVoiceRow) -> str:
    tone = "" if voice.polarity is None else f"tone {figure(Metric.sentiment, voice.polarity)}"
    facts = (
        ("gray", f"{voice.stars} of 5 stars" if voice.stars is not None else ""),
        ("gray", tone),
        ("orange", "sounds offended" if voice.offence else ""),
    )
    return " ".join(f":{colour}-badge[{words}]" for colour, words in facts if words)


def where_from(voice: OutsideVoiceRow) -> str:
    """File, version and date, as far as they are known."""
    parts = (
        f"from {escape_markdown(voice.source)}",
        f"build {escape_markdown(voice.build)}" if voice.build else "",
        f"written {voice.written_at:%Y-%m-%d}" if voice.written_at else "",
    )
    return " · ".join(part for part in parts if part)
