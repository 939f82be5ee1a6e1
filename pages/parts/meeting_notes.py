"""What was said in a meeting: vetoes first, then every remark with how it reads, then ideas.

Names are for choosing who spoke; beside their words people appear by number, as they were promised.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from pydantic import ValidationError

from casework.corrections import Spoken
from casework.errors import Invalid
from casework.gates import LOYAL_VOICES
from casework.meetings import Idea, Remark, Tag
from casework.roles import Act, Actor, may
from casework.sentiment import Label, Reading
from casework.text import escape_markdown
from db import meetings, participants
from db.clock import now
from db.corrections import CorrectionRow
from db.engine import transaction
from db.meetings import IdeaRow, MeetingRow, RemarkRow
from db.recruiting import Seated
from pages.parts.correcting import is_corrected, show_correcting
from pages.parts.meeting_plan import MAY_COME
from pages.parts.words_heard import MARKED_FROM, Scored, show_why
from pages.who import shown_errors

Color = Literal["blue", "green", "orange", "red", "gray"]
COLORS: Mapping[Tag, Color] = {
    Tag.WANT: "blue",
    Tag.LIKE: "green",
    Tag.DISLIKE: "orange",
    Tag.VETO: "red",
    Tag.QUESTION: "gray",
}
WORDS = 6


def voice(people: dict[int, Seated], participant_id: int) -> str:
    """Who said it, without their name."""
    known = people.get(participant_id)
    about = f" · {known.segment}, {known.platform}" if known else ""
    return escape_markdown(f"Participant {participant_id}{about}")


def show_vetoes(remarks: Sequence[RemarkRow], people: dict[int, Seated]) -> None:
    vetoes = [one for one in remarks if one.tag is Tag.VETO]
    if not vetoes:
        return
    loyal = {
        one.participant_id
        for one in vetoes
        if one.participant_id in people and people[one.participant_id].loyal
    }
    count = "1 loyal person vetoes" if len(loyal) == 1 else f"{len(loyal)} loyal people veto"
    with st.container(border=True):
        st.error(_what_follows(len(loyal)), title=count, icon=":material/front_hand:")
        for one in vetoes:
            st.text(f"“{one.text}”")
            st.caption(voice(people, one.participant_id))


def _what_follows(loyal: int) -> str:
    since = f"With {LOYAL_VOICES} or more" if loyal >= LOYAL_VOICES else f"From {LOYAL_VOICES} on"
    return (
        f"A veto means: {Tag.VETO.meaning}. {since}, nothing ships until a named person has "
        "reviewed it."
    )


def take_notes(actor: Actor, meeting: MeetingRow, people: dict[int, Seated], *, noted: int) -> None:
    """Who and how stay chosen; the field is empty again once the number of those `noted` grows."""
    st.subheader("Note a remark", anchor=False)
    speakers = [one for one, seated in people.items() if seated.step in MAY_COME]
    if not speakers:
        st.info("Nobody has accepted yet, so nobody can be quoted.")
        return
    who = st.pills(
        "Who", speakers, format_func=lambda one: people[one].name, key=f"speaker-{meeting.id}"
    )
    tag = st.segmented_control(
        "How", list(Tag), format_func=lambda one: one.label, default=Tag.LIKE, required=True
    )
    st.caption(f"{(tag or Tag.LIKE).label}: {(tag or Tag.LIKE).meaning}.")
    with st.form(f"remark-{meeting.id}-{noted}", border=False):
        said = st.text_area("In their words", max_chars=2_000, height=90)
        if st.form_submit_button("Note the remark", type="primary"):
            _note(actor, meeting, who, said, tag or Tag.LIKE)


def _note(actor: Actor, meeting: MeetingRow, who: int | None, said: str, tag: Tag) -> None:
    with shown_errors():
        if who is None:
            raise Invalid("Choose who said it, then note it again.")
        try:
            remark = Remark(text=said, tag=tag, made_at=now())
        except ValidationError as wrong:
            raise Invalid("Type what was said, up to 2,000 characters.") from wrong
        with transaction() as session:
            speaker = participants.get(session, who)
            meetings.note(session, actor, meeting, speaker, remark)
        st.toast("Noted.", icon=":material/check:")
        st.rerun()


def show_remarks(
    actor: Actor,
    remarks: Sequence[RemarkRow],
    people: dict[int, Seated],
    said: Mapping[int, Sequence[CorrectionRow]],
) -> None:
    st.subheader("What was said", anchor=False)
    if not remarks:
        st.caption("Nothing has been noted yet.")
        return
    tags = [tag for tag in Tag if any(one.tag is tag for one in remarks)]
    wanted = st.pills(
        "Show",
        tags,
        selection_mode="multi",
        format_func=lambda tag: f"{tag.label} {sum(one.tag is tag for one in remarks)}",
        label_visibility="collapsed",
    )
    with st.grid(2, min_column_width=320):
        for one in remarks:
            if not wanted or one.tag in wanted:
                with st.container(border=True, gap="xsmall", height="stretch"):
                    show_remark(one, people)
                    with st.container(horizontal=True, vertical_alignment="center"):
                        show_why(
                            Scored(one.text, one.reading, one.human_label, read_by=one.read_by)
                        )
                        if may(actor, Act.CORRECT_READING):
                            show_correcting(actor, Spoken.REMARK, one, said.get(one.id or 0, ()))


def show_remark(one: RemarkRow, people: dict[int, Seated]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(one.tag.label, color=COLORS[one.tag])
        if is_corrected(one):
            st.badge("read by a person", color="blue")
        st.caption(voice(people, one.participant_id))
    st.text(one.text)
    st.caption(how_it_reads(one.reading))


def how_it_reads(reading: Reading) -> str:
    """The polarity and the words that made it, strongest first, as escaped Markdown."""
    if reading.label is Label.abstain:
        return "Reads as neither good nor bad: no word in it tells."
    told = [part for part in reading.contributions if abs(part.weight) >= MARKED_FROM]
    strongest = sorted(told, key=lambda part: -abs(part.weight))[:WORDS]
    words = ", ".join(f"{escape_markdown(part.text)} ({part.weight:+.1f})" for part in strongest)
    by = f", by: {words}." if words else ", by no single word."
    offence = " It voices a concern about values." if reading.offence else ""
    return f"Reads {reading.label.value}, {reading.polarity:+.2f}{by}{offence}"


def show_ideas(
    actor: Actor, ideas: Sequence[IdeaRow], people: dict[int, Seated], meeting: MeetingRow
) -> None:
    st.subheader("Their own ideas", anchor=False)
    with st.grid(2, min_column_width=320):
        for one in ideas:
            with st.container(border=True, gap="xsmall", height="stretch"):
                st.markdown(f":material/lightbulb: **{escape_markdown(one.title)}**")
                if one.text:
                    st.text(one.text)
                st.caption(f"{voice(people, one.participant_id)} · {one.status.value}")
    speakers = [one for one, seated in people.items() if seated.step in MAY_COME]
    if speakers:
        with st.expander("Note an idea", icon=":material/lightbulb:"):
            _idea_form(actor, speakers, people, f"idea-{meeting.id}-{len(ideas)}")


def _idea_form(actor: Actor, speakers: list[int], people: dict[int, Seated], key: str) -> None:
    with st.form(key, border=False), shown_errors():
        who = st.selectbox("Whose idea", speakers, format_func=lambda one: people[one].name)
        title = st.text_input("The idea in one line", max_chars=200)
        text = st.text_area("How they described it", max_chars=5_000, height=90)
        if st.form_submit_button("Note the idea", type="primary") and who is not None:
            _note_idea(actor, who, title, text)


def _note_idea(actor: Actor, who: int, title: str, text: str) -> None:
    try:
        idea = Idea(title=title, text=text, made_at=now())
    except ValidationError as wrong:
        raise Invalid("Give the idea a title of one line.") from wrong
    with transaction() as session:
        meetings.note_idea(session, actor, participants.get(session, who), idea)
    st.toast("The idea is noted.", icon=":material/check:")
    st.rerun()
