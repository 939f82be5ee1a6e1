"""An invited customer's one page: whatever is next for them, and nothing else."""

import streamlit as st

from casework.roles import Actor
from casework.text import escape_markdown
from casework.visits import Stage
from db.clock import now
from db.engine import reading
from db.settings import signing_key
from db.visits import Visit, visit
from pages.parts import afterwards, answering, getting, joining, screening
from pages.parts.news import show_news
from pages.parts.when import day_and_time
from pages.who import actor as who_is_here

FAREWELL = {
    Stage.DECLINED: ("You said no, and that is fine", "We will not ask you about this again."),
    Stage.WITHDRAWN: (
        "You have stopped taking part",
        "Your answers have left the evidence and are not quoted. What stays is that you took part "
        "and stopped, without your words. Thank you for your time.",
    ),
    Stage.NOT_A_FIT: (
        "Not a fit this time",
        "Thank you for telling us. This round needs people in other circumstances, which says "
        "nothing about you; your place goes to somebody else, and we may ask you about something "
        "that suits better.",
    ),
    Stage.EXPIRED: (
        "This invitation has expired",
        "The place went to somebody else. We hope to ask you again another time.",
    ),
    Stage.MISSED: (
        "This test has ended",
        "We have stopped collecting answers. Thank you all the same.",
    ),
}


def show_farewell(here: Visit) -> None:
    title, text = FAREWELL[here.stage]
    st.title(title)
    st.write(text)
    afterwards.what_came_of_it(here)


def show_consent(actor: Actor, here: Visit) -> None:
    joining.who_asks(here)
    if here.consent is None:
        joining.what_is_asked(here)
    joining.yes_or_no(actor, here)
    if here.consent is not None:
        afterwards.my_data(actor, here)


def show_screener(actor: Actor, here: Visit) -> None:
    joining.who_asks(here)
    joining.what_is_asked(here)
    screening.ask(actor, here)


def show_wait(actor: Actor, here: Visit) -> None:
    st.title(escape_markdown(here.study.product))
    st.info(
        "The game is not ready for you yet. Open your link again in a few days; "
        f"the test runs until {day_and_time(here.activity.closes_at)}.",
        title="You are in",
        icon=":material/hourglass_top:",
    )
    afterwards.my_data(actor, here)


def show_questions(actor: Actor, here: Visit) -> None:
    st.title(escape_markdown(here.study.product))
    if not getting.has_played(here):
        getting.the_build(here)
        getting.come_back(here)
    else:
        with st.expander("Get the game again", icon=":material/download:"):
            getting.the_build(here)
        st.subheader("How was it?")
        st.caption(
            "Two minutes. Answer what you can; what you type is kept until you send it. "
            f"We take answers until {day_and_time(here.activity.closes_at)}."
        )
        answering.note_replaced(here)
        form = answering.Form(actor, here)
        answering.ask(form)
        answering.send(form, "Send my answer")
    afterwards.my_data(actor, here)


def show_sent(actor: Actor, here: Visit) -> None:
    st.title(escape_markdown(here.study.product))
    if st.session_state.get("editing") or here.draft:
        show_change(actor, here)
        return
    st.write("We read every answer. What we do about it will be shown here.")
    afterwards.thank_you(here)
    afterwards.what_i_sent(here)
    afterwards.change_it(here)
    afterwards.what_came_of_it(here)
    with st.expander("Get the game again", icon=":material/download:"):
        getting.the_build(here)
    afterwards.my_data(actor, here)


def show_change(actor: Actor, here: Visit) -> None:
    st.subheader("Change your answer")
    form = answering.Form(actor, here)
    answering.ask(form)
    answering.send(form, "Send the change")
    if st.button("Leave it as it was", width="stretch"):
        form.forget()
        st.rerun()


def show_done(actor: Actor, here: Visit) -> None:
    st.title(escape_markdown(here.study.product))
    st.write("This test has ended. Thank you for taking part.")
    afterwards.thank_you(here)
    afterwards.what_came_of_it(here)
    afterwards.what_i_sent(here)
    afterwards.my_data(actor, here)


def show_group(actor: Actor, here: Visit) -> None:
    st.title(escape_markdown(here.study.product))
    if not here.meetings:
        st.info(
            "The date and the place will be shown here. Open your link again in a few days.",
            title="You are in",
            icon=":material/hourglass_top:",
        )
    for meeting in here.meetings:
        with st.container(border=True):
            st.subheader(escape_markdown(meeting.title))
            st.write(f":material/event: {day_and_time(meeting.held_at)}")
            show_place(meeting.place)
    afterwards.thank_you(here)
    afterwards.my_ideas(here)
    afterwards.what_came_of_it(here)
    afterwards.my_data(actor, here)


def show_place(place: str) -> None:
    if place.startswith("https://") and " " not in place:
        st.link_button("Join the call", place, icon=":material/videocam:", width="stretch")
    else:
        st.write(f":material/location_on: {escape_markdown(place)}")


SHOWN = {
    Stage.SCREENER: show_screener,
    Stage.CONSENT: show_consent,
    Stage.WAIT: show_wait,
    Stage.ANSWER: show_questions,
    Stage.SENT: show_sent,
    Stage.DONE: show_done,
    Stage.GROUP: show_group,
}

actor = who_is_here()
with reading() as session:
    here = visit(session, actor, now=now(), secret=signing_key())
show_news()
if here.stage in SHOWN:
    SHOWN[here.stage](actor, here)
else:
    show_farewell(here)
