"""You said … we did: what every participant reads on their own link."""

import streamlit as st

from casework.errors import Invalid
from casework.replies import Promise, Reply
from casework.roles import Actor
from casework.text import escape_markdown
from db import meetings, replies
from db.clock import now
from db.engine import Session, reading, transaction
from db.replies import ReplyRow
from db.studies import StudyRow
from pages import who
from pages.parts.news import show_news, tell
from pages.parts.when import day_and_time
from pages.study_choice import chosen_study

SOMETHING_ELSE = "Something else they said"


def write(session: Session, actor: Actor, study: StudyRow, told: list[ReplyRow]) -> None:
    """The form: an idea or anything else they said, what became of it, and the words."""
    answered = {row.idea_id for row in told}
    ideas = {
        row.id: row.title
        for row in meetings.ideas_of(session, study.id or 0)
        if row.id not in answered
    }
    st.subheader("Write a reply", anchor=False)
    idea = st.selectbox(
        "About",
        [None, *ideas],
        format_func=lambda one: SOMETHING_ELSE if one is None else f"Idea: {ideas[one]}",
    )
    with st.form("reply", clear_on_submit=False):
        said = st.text_input(
            "You said …", value=ideas.get(idea, ""), max_chars=200, key=f"said-{idea}-{len(told)}"
        )
        promise = st.segmented_control(
            "What became of it",
            list(Promise),
            format_func=lambda one: one.opening.rstrip(":"),
            default=Promise.DID,
            required=True,
        )
        # A published reply leaves an empty form: its fields are named anew.
        answer = st.text_area(
            "In your words", max_chars=5_000, height=110, key=f"answer-{len(told)}"
        )
        sent = st.form_submit_button("Publish to every participant", type="primary")
    if sent:
        publish(actor, study, said, promise or Promise.DID, answer, idea_id=idea)


def publish(
    actor: Actor, study: StudyRow, said: str, promise: Promise, answer: str, *, idea_id: int | None
) -> None:
    with who.shown_errors():
        if not said.strip():
            raise Invalid("Say first what they said, in a few words.")
        reply = Reply(said=said, promise=promise, answer=answer, published_at=now())
        with transaction() as session:
            replies.publish(session, actor, study, reply, now=now(), idea_id=idea_id)
        tell("Published: every participant sees it on their own link.")
        st.rerun()


def show_told(told: list[ReplyRow]) -> None:
    st.subheader("What participants read", anchor=False)
    if not told:
        st.info(
            "Nobody has been told anything yet. People who hear what became of their words come "
            "again.",
            icon=":material/campaign:",
        )
    for row in reversed(told):
        with st.container(border=True):
            st.markdown(f"You said: **{escape_markdown(row.said)}**")
            st.markdown(f"{row.promise.opening} {escape_markdown(row.answer)}")
            st.caption(day_and_time(row.published_at))


st.title("Tell back", anchor=False)
actor = who.actor()
show_news()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    told = replies.of_study(session, study.id)
    write(session, actor, study, told)
    show_told(told)
