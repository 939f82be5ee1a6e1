"""The first visit: who asks and why, what is asked, yes or no."""

from typing import NamedTuple

import streamlit as st

from casework.funnel import ActivityKind
from casework.roles import Actor
from casework.text import escape_markdown
from db import joining as acts
from db import leaving, participants
from db.clock import now
from db.engine import transaction
from db.visits import Visit
from pages.parts.news import tell
from pages.parts.typed import as_typed
from pages.parts.when import day_and_time
from pages.parts.wording import show_difference
from pages.who import shown_errors

YEAR = 365


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
    """The text in force with its three ticks; whoever agreed to an older one sees what changed."""
    text = here.texts[-1]
    with st.container(border=True):
        if here.consent is None:
            st.subheader("Before you say yes")
            st.markdown(as_typed(text.text))
        else:
            _show_change(here)
        st.caption(
            f"What for: {escape_markdown(text.purpose)} Kept for {_years(text.retention_days)}. "
            f"Text of version {text.version}."
        )
        ticks = _ask_ticks(here)
        agrees = "Yes, I take part" if here.consent is None else "Yes, I go on"
        if st.button(agrees, type="primary", width="stretch"):
            with shown_errors():
                _accept(actor, here, ticks)
                tell("Thank you, you are in.")
                st.rerun()
        if here.consent is None:
            _ask_no(actor, here)


def _ask_no(actor: Actor, here: Visit) -> None:
    if st.button("No, thank you", width="stretch"):
        _decline(actor, here)
    if st.button("No, and do not write to me again", type="tertiary", width="stretch"):
        _decline(actor, here, leave_alone=True)


class Ticks(NamedTuple):
    """What is ticked, each for itself."""

    is_adult: bool
    may_quote: bool
    contact_again: bool


def _ask_ticks(here: Visit) -> Ticks:
    before = here.consent
    return Ticks(
        is_adult=st.checkbox("I am 18 or older.", value=before is not None, key="is_adult"),
        may_quote=st.checkbox(
            "You may quote my words, without my name. (Optional)",
            value=bool(before and before.may_quote),
            key="may_quote",
        ),
        contact_again=st.checkbox(
            "You may ask me again another time. (Optional)",
            value=bool(before and before.contact_again),
            key="contact_again",
        ),
    )


def _show_change(here: Visit) -> None:
    agreed = here.consent.version if here.consent else ""
    earlier = next((one for one in here.texts if one.version == agreed), here.texts[0])
    st.subheader("The text has changed")
    st.write(
        "You agreed to an earlier version. Please read what is new, and tell us whether you go "
        "on. What you have sent so far stays as it is until you stop."
    )
    show_difference(earlier.text, here.texts[-1].text)


def _years(days: int) -> str:
    if days % YEAR == 0:
        years = days // YEAR
        return "a year" if years == 1 else f"{years} years"
    return f"{days} days"


def _accept(actor: Actor, here: Visit, ticks: Ticks) -> None:
    with transaction() as session:
        acts.join(
            session,
            actor,
            participants.hold(session, here.participant.id),
            version=here.texts[-1].version,
            is_adult=ticks.is_adult,
            may_quote=ticks.may_quote,
            contact_again=ticks.contact_again,
            now=now(),
        )


def _decline(actor: Actor, here: Visit, *, leave_alone: bool = False) -> None:
    with shown_errors():
        with transaction() as session:
            mine = participants.hold(session, here.participant.id)
            leaving.decline(session, actor, mine, leave_alone=leave_alone, now=now())
        st.rerun()
