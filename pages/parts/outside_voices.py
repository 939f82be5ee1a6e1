"""What people outside the beta say: shown apart, read by the same scorer, never counted."""

from collections.abc import Sequence

import streamlit as st

from casework.corrections import Spoken
from casework.criteria import Metric, figure
from casework.outside import Store, contradicts
from casework.roles import Act, Actor, may
from casework.text import escape_markdown
from db import corrections, kept_aside, outside
from db.clock import now
from db.corrections import CorrectionRow
from db.engine import Session, transaction
from db.outside import OutsideVoiceRow, VoiceFigures
from db.studies import StudyRow
from pages import who
from pages.parts.correcting import is_corrected, show_correcting
from pages.parts.words_heard import Scored, marked, show_why

KEY = "outside-page"
READ, ASIDE = "Read", "Kept aside"
THUMBS = {True: "thumb up", False: "thumb down"}


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
    aside = told.kept_aside > 0 and choose_aside(told.kept_aside)
    if aside:
        explain_aside(session, actor, study)
    key = f"{KEY}-{aside}"
    page = int(st.session_state.get(key, 1))
    found = outside.find(session, actor, study, page=page, aside=aside)
    said = corrections.of_texts(session, Spoken.VOICE, [one.id or 0 for one in found.voices])
    for voice in found.voices:
        show_voice(actor, voice, said[voice.id or 0])
    if found.pages > 1:
        st.pagination(found.pages, key=key)


def choose_aside(voices: int) -> bool:
    """Whether those kept aside are shown instead of those that were read."""
    chosen = st.segmented_control(
        "Show",
        [READ, ASIDE],
        default=READ,
        format_func=lambda one: f"{one} ({voices:,})" if one == ASIDE else one,
        required=True,
        key="outside-aside",
    )
    return chosen == ASIDE


def explain_aside(session: Session, actor: Actor, study: StudyRow) -> None:
    counts = kept_aside.by_language(session, actor, study)
    named = ", ".join(f"{escape_markdown(one.name)} {one.voices:,}" for one in counts)
    st.info(
        f"{named}. The scorer reads English, so these have no tone and enter no figure of tone; "
        "their stars do count. Nobody has looked whether they voice offence: read them, or have "
        "them translated.",
        title="Kept aside by language",
        icon=":material/translate:",
    )


def take_back(actor: Actor, voice: OutsideVoiceRow) -> None:
    """The button that has a voice scored after all."""
    if not may(actor, Act.MARK_FEEDBACK):
        return
    if st.button("Read it as English", key=f"english-{voice.id}", type="tertiary"):
        with who.shown_errors():
            with transaction() as session:
                kept_aside.read_as_english(session, actor, voice.id or 0, now=now())
            st.rerun()


def show_figures(told: VoiceFigures) -> None:
    with st.grid("auto", min_column_width=150, gap="small"):
        st.metric("Outside voices", f"{told.voices:,}", border=True)
        st.metric("Sound offended", f"{told.offended:,}", border=True)
        if told.kept_aside:
            st.metric("Kept aside unread", f"{told.kept_aside:,}", border=True)
        if told.stars is not None:
            st.metric("Mean stars", f"{told.stars:.1f} of 5", border=True)
        if told.polarity is not None:
            st.metric("Mean tone", figure(Metric.sentiment, told.polarity), border=True)


def show_voice(actor: Actor, voice: OutsideVoiceRow, said: Sequence[CorrectionRow]) -> None:
    with st.container(border=True):
        st.markdown(f"**Voice {voice.id}** {badges(voice)}")
        st.markdown(words_of(voice))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(where_from(voice))
            if voice.kept_aside:
                take_back(actor, voice)
            if voice.reading is not None:
                show_why(
                    Scored(voice.text, voice.reading, voice.human_label, voice.stars, voice.read_by)
                )
                show_correcting(actor, Spoken.VOICE, voice, said)


def words_of(voice: OutsideVoiceRow) -> str:
    if not voice.text:
        return "*Wrote nothing.*"
    if voice.reading is None:
        return escape_markdown(voice.text)
    return marked(voice.text, voice.reading.contributions)


def badges(voice: OutsideVoiceRow) -> str:
    odd = contradicts(voice.stars, recommended=voice.recommended, polarity=voice.polarity)
    tone = "" if voice.polarity is None else f"tone {figure(Metric.sentiment, voice.polarity)}"
    facts = (
        ("blue", "" if voice.store is Store.FILE else voice.store.label),
        ("gray", f"{voice.stars} of 5 stars" if voice.stars is not None else ""),
        ("gray", "" if voice.recommended is None else THUMBS[voice.recommended]),
        ("gray", tone),
        ("orange", "sounds offended" if voice.offence else ""),
        ("violet", "text and stars disagree" if odd else ""),
        ("gray", voice.language_name if voice.kept_aside else ""),
        ("blue", "read by a person" if is_corrected(voice) else ""),
    )
    return " ".join(f":{colour}-badge[{words}]" for colour, words in facts if words)


def where_from(voice: OutsideVoiceRow) -> str:
    """File, speaker, version, device and date, as far as they are known."""
    parts = (
        f"from {escape_markdown(voice.source)}",
        f"said by {escape_markdown(voice.speaker)}" if voice.speaker else "",
        f"at {escape_markdown(voice.spoken_at)}" if voice.spoken_at else "",
        f"build {escape_markdown(voice.build)}" if voice.build else "",
        escape_markdown(voice.device),
        f"{voice.playtime_minutes:,} minutes played" if voice.playtime_minutes else "",
        f"written {voice.written_at:%Y-%m-%d}" if voice.written_at else "",
    )
    return " · ".join(part for part in parts if part)
