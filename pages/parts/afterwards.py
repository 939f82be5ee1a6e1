"""After the answer: what was sent, what came of it, the thank-you, and the way out."""

import streamlit as st

from casework.questionnaire import told_back
from casework.replies import Reply
from casework.roles import Actor
from casework.text import escape_markdown
from db import leaving, participants
from db.clock import now
from db.engine import transaction
from db.visits import Visit
from pages.parts.typed import as_typed
from pages.parts.when import day_and_time
from pages.who import shown_errors


def what_i_sent(here: Visit) -> None:
    if not here.sent:
        return
    latest = here.sent[0]
    with st.container(border=True):
        st.subheader("What you sent")
        st.caption(f"{day_and_time(latest.received_at)}, version {latest.version}")
        for question, answer in told_back(latest):
            st.markdown(f"**{question}**  \n{as_typed(answer)}")


def change_it(here: Visit) -> None:
    st.write(
        f"You can change it until **{day_and_time(here.activity.closes_at)}**. Your first answer "
        "is the one that is counted in the decision; we read the later ones too."
    )
    if st.button("Change my answer", width="stretch", icon=":material/edit:"):
        st.session_state["editing"] = True
        st.rerun()


def what_came_of_it(here: Visit) -> None:
    general = [reply for reply in here.replies if reply.idea_id is None]
    if not general:
        return
    st.subheader("What came of it")
    for reply in general:
        _reply(reply)


def _reply(reply: Reply) -> None:
    with st.container(border=True):
        st.markdown(f"You said: {escape_markdown(reply.said)}")
        st.markdown(f"**{reply.promise.opening}** {escape_markdown(reply.answer)}")
        st.caption(day_and_time(reply.published_at))


def my_ideas(here: Visit) -> None:
    st.subheader("Your ideas")
    if not here.ideas:
        st.write("Ideas you have in the meeting will be kept here, with your name on them.")
    for idea in here.ideas:
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(idea.title)}**")
            if idea.text:
                st.markdown(as_typed(idea.text))
            st.caption(idea.status.value.capitalize())
        for reply in here.replies:
            if reply.idea_id == idea.id:
                _reply(reply)


def thank_you(here: Visit) -> None:
    promised = here.participant.incentive_promised
    if not promised:
        return
    sent_at = here.participant.incentive_sent_at
    thanks = escape_markdown(promised)
    if sent_at is None:
        st.info(
            f"Your thank-you: {thanks}. You will see here when it was sent.",
            icon=":material/redeem:",
        )
    else:
        st.info(
            f"Your thank-you, {thanks}, was sent on {day_and_time(sent_at)}.",
            icon=":material/redeem:",
        )


def my_data(actor: Actor, here: Visit) -> None:
    with st.expander("My data", icon=":material/shield_person:"):
        if here.consent is not None:
            _what_i_agreed_to(here)
        st.write("You may stop at any time. Your answers then no longer count.")
        if st.button("Stop taking part", key="stop", width="stretch"):
            st.session_state["stopping"] = True
    if st.session_state.get("stopping"):
        _confirm(actor, here)


def _what_i_agreed_to(here: Visit) -> None:
    given = here.consent
    if given is None:
        return
    quoting = "You allowed us" if given.may_quote else "You did not allow us"
    again = {True: " You allowed us to ask you again.", False: " We will not ask you again."}
    st.write(
        f"You agreed on {day_and_time(given.accepted_at)} to the text of version {given.version}. "
        f"{quoting} to quote your words without your name."
        + (again[given.contact_again] if given.contact_again is not None else "")
    )
    read = next((one for one in here.texts if one.version == given.version), None)
    if read is not None and st.toggle("Show the text I agreed to", key="agreed_text"):
        st.markdown(as_typed(read.text))


def _confirm(actor: Actor, here: Visit) -> None:
    st.warning(
        "At once your answers leave the evidence and are not quoted, what you typed and did not "
        "send is deleted, and no more letters come. What stays: that you took part and stopped, "
        "without your words, and decisions that were signed before. This cannot be undone.",
        title="Stop taking part?",
        icon=":material/warning:",
    )
    if st.button("Yes, stop and take my answers out", type="primary", width="stretch"):
        with shown_errors():
            with transaction() as session:
                mine = participants.hold(session, here.participant.id)
                leaving.withdraw(session, actor, mine, now=now())
            st.session_state.pop("stopping", None)
            st.rerun()
    if st.button("No, I stay", width="stretch"):
        st.session_state.pop("stopping", None)
        st.rerun()
