"""Words of the installation's own: proposed from corrections, tried, accepted or refused."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.corrections import OwnTerm, Proposal
from casework.errors import Invalid
from casework.roles import Actor
from casework.text import escape_markdown
from db import own_terms, word_proposals
from db.clock import now
from db.engine import Session, transaction
from pages import who
from pages.parts.when import day_and_time
from pages.parts.words_heard import signed

STRONGEST = 3.0
WORD, REASON = "own-word", "own-word-reason"


def show_own_words(session: Session, actor: Actor) -> None:
    st.caption(
        "These words count in every study of this installation, above the scorer's own table. "
        "Accepting or revoking one makes a new version; stored texts are then read anew."
    )
    show_proposals(session, actor)
    show_in_force(session, actor)
    add_one(actor)
    show_versions(session)


def show_proposals(session: Session, actor: Actor) -> None:
    found = word_proposals.proposals(session, actor)
    st.subheader(f"Proposed ({len(found)})", anchor=False)
    if not found:
        st.caption(
            "None. A word is proposed when three labelled texts or more hold it, three quarters of "
            "them have one side, and the scorer's table has the other side or is silent."
        )
    for one in found:
        show_proposal(session, actor, one)


def show_proposal(session: Session, actor: Actor, one: Proposal) -> None:
    term = OwnTerm(term=one.term, weight=one.weight, because=one.because)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escape_markdown(one.term)}** {signed(one.weight)}")
        st.caption(f"{one.because}.")
        with st.expander(f"{len(one.examples)} of these texts", icon=":material/format_quote:"):
            for text in one.examples:
                st.text(text)
        st.markdown(word_proposals.preview(session, actor, term).in_words)
        with st.container(horizontal=True):
            st.button(
                "Accept",
                key=f"accept-{one.term}",
                icon=":material/check:",
                on_click=accept,
                args=(actor, term),
            )
            st.button(
                "Refuse",
                key=f"refuse-{one.term}",
                icon=":material/close:",
                on_click=refuse,
                args=(actor, one.term),
            )


def accept(actor: Actor, term: OwnTerm) -> None:
    with who.shown_errors(), transaction() as session:
        row = own_terms.accept(session, actor, term, now=now())
        st.toast(f"Accepted: own words, version {row.version}.", icon=":material/check:")
        for key in (WORD, REASON):
            st.session_state.pop(key, None)


def refuse(actor: Actor, term: str) -> None:
    with who.shown_errors(), transaction() as session:
        own_terms.refuse(session, actor, term, now=now())


def revoke(actor: Actor, term: str) -> None:
    with who.shown_errors(), transaction() as session:
        own_terms.revoke(session, actor, term, now=now())


def show_in_force(session: Session, actor: Actor) -> None:
    terms = own_terms.in_force(session)
    st.subheader(f"In force ({len(terms)})", anchor=False)
    for one in terms:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{escape_markdown(one.term)}** {signed(one.weight)} "
                f":small[{escape_markdown(one.because)}]",
                width="content",
            )
            st.button(
                "Revoke",
                key=f"revoke-{one.term}",
                type="tertiary",
                on_click=revoke,
                args=(actor, one.term),
            )
    if not terms:
        st.caption("None: texts are read by the scorer's own table.")


def add_one(actor: Actor) -> None:
    with st.expander("Enter a word yourself", icon=":material/add:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            word = st.text_input("Word or phrase", max_chars=80, width=240, key=WORD)
            weight = st.number_input(
                "Weight",
                -STRONGEST,
                STRONGEST,
                0.0,
                0.1,
                width=160,
                help="Above 0 for praise, below for a complaint; 1 alone reads as 0.76.",
            )
        reason = st.text_input("Why it means this here", max_chars=200, key=REASON)
        if word.strip() and reason.strip() and weight:
            try_one(actor, word, float(weight), reason)
        else:
            st.caption("With word, weight and reason filled in, you see first what would change.")


def try_one(actor: Actor, word: str, weight: float, reason: str) -> None:
    with who.shown_errors():
        try:
            term = OwnTerm(term=word, weight=round(weight, 2), because=reason)
        except ValidationError as wrong:
            raise Invalid("Give one to four words, without other signs.") from wrong
        with transaction() as session:
            st.markdown(word_proposals.preview(session, actor, term).in_words)
        st.button("Accept this word", on_click=accept, args=(actor, term))


def show_versions(session: Session) -> None:
    rows = own_terms.versions(session)
    if not rows:
        return
    with st.expander(f"Versions ({len(rows)})", icon=":material/history:"):
        st.dataframe(
            pd.DataFrame(
                {
                    "Version": [row.version for row in rows],
                    "What": [row.said for row in rows],
                    "Words": [len(row.terms) for row in rows],
                    "By": [row.made_by for row in rows],
                    "When": [day_and_time(row.made_at) for row in rows],
                }
            ),
            hide_index=True,
            alt="Every version of the own words",
        )
