"""The first visit: who asks and why, what is asked, yes or no."""

import streamlit as st

from casework.consent import CURRENT
from casework.funnel import ActivityKind
from casework.roles import Actor
from casework.text import escape_markdown
from db import participants
from db.clock import now
from db.engine import transaction
from db.visits import Visit
from pages.parts.news import tell
from pages.parts.typed import as_typed
from pages.parts.when import day_and_time
from pages.who import shown_errors


def who_asks(here: Visit) -> None:
    product = escape_markdown(here.study.product)
    if here.activity.kind is ActivityKind.BETA:
        st.title(f"Try {product} before its release")
    else:
        st.title(f"Talk with us about {product}")
    st.write(
        f"{escape_markdown(here.study.owner_name)} asks you, because you have played our games "
        "for a while and we want to hear from you before we decide."
    )
    if here.activity.purpose:
        st.write(as_typed(here.activity.purpose))


def what_is_asked(here: Visit) -> None:
    ends = day_and_time(here.activity.closes_at)
    if here.activity.kind is ActivityKind.BETA:
        steps = (
            "Say yes. It takes a minute.",
            "Get the game and play it, as long as you like.",
            f"Come back here by **{ends}** and answer a few questions. It takes two minutes.",
        )
    else:
        steps = (
            "Say yes. It takes a minute.",
            "Meet us with a handful of other players. Date and place are shown here.",
            "Say what you think and what you would make. Nothing you say is wrong.",
        )
    st.subheader("What we ask of you")
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)))
    if here.participant.incentive_promised:
        st.write(f"As a thank-you: {escape_markdown(here.participant.incentive_promised)}.")


def yes_or_no(actor: Actor, here: Visit) -> None:
    with st.container(border=True):
        st.subheader("Before you say yes")
        st.write(CURRENT.text)
        st.caption(f"Text of version {CURRENT.version}")
        is_adult = st.checkbox("I am 18 or older.", key="is_adult")
        may_quote = st.checkbox(
            "You may quote my words, without my name. (Optional)", key="may_quote"
        )
        if st.button("Yes, I take part", type="primary", width="stretch"):
            with shown_errors():
                _accept(actor, here, is_adult=is_adult, may_quote=may_quote)
                tell("Thank you, you are in.")
                st.rerun()
        if st.button("No, thank you", width="stretch"):
            _decline(actor, here)


def _accept(actor: Actor, here: Visit, *, is_adult: bool, may_quote: bool) -> None:
    with transaction() as session:
        participants.accept(
            session,
            actor,
            participants.hold(session, here.participant.id),
            version=CURRENT.version,
            is_adult=is_adult,
            may_quote=may_quote,
            now=now(),
        )


def _decline(actor: Actor, here: Visit) -> None:
    with shown_errors():
        with transaction() as session:
            mine = participants.hold(session, here.participant.id)
            participants.decline(session, actor, mine, now=now())
        st.rerun()
