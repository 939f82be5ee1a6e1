"""Invitations: the letter as it will read, personal links, and how they leave the house."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from casework.errors import Invalid
from casework.funnel import Step
from casework.messages import links
from casework.roles import Actor
from casework.text import escape_markdown
from db import invitations, letters, mail, outbox, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, reading, transaction
from db.letter_writing import Written
from db.post import links_of, post_of
from db.recruiting import Seated
from db.settings import settings
from pages.parts.letter_files import offer_files
from pages.parts.letter_read import read_letter
from pages.who import shown_errors

SHOWN = 5
KEPT = "issued_links"


class Issued(NamedTuple):
    """What the last press of the button came to."""

    activity_id: int | None
    written: Written


def show_letter(session: Session, activity: ActivityRow, people: list[Seated]) -> None:
    """The letter as the next person will read it, its links still to come."""
    ids = [one.participant_id for one in people if one.step is Step.DRAWN] or [
        one.participant_id for one in people
    ]
    if ids:
        with st.expander("Read the letter", icon=":material/mail:"):
            person = participants.get(session, ids[0])
            read_letter(session, person, letters.INVITING[activity.kind])
            st.page_link("owner/outbox.py", label="Change the words", icon=":material/edit:")


def show_block() -> str | None:
    """Why no real invitation can leave, said before anybody tries."""
    reason = invitations.block_reason(settings().base_url)
    if reason and settings().demo:
        st.info(
            f"{reason} In the demonstration you can still make links and open one on this machine.",
            title="Invitations stay on this machine",
            icon=":material/computer:",
        )
    elif reason:
        st.warning(reason, title="Invitations are blocked", icon=":material/block:")
    return reason


def invite_new(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    waiting = [one for one in people if one.step is Step.DRAWN]
    if not waiting:
        st.success(
            "Everybody with a seat has a letter with their link.",
            icon=":material/mark_email_read:",
        )
        return
    blocked = show_block()
    by_mail = settings().smtp_url is not None and not blocked
    many = "1 person waits" if len(waiting) == 1 else f"{len(waiting):,} people wait"
    st.write(f"**{many} to be invited.** {_how(by_mail=by_mail)}")
    _show_waiting(waiting)
    label = f"Send {len(waiting):,}" if by_mail else f"Make {len(waiting):,} personal links"
    closed = bool(blocked) and not settings().demo
    if st.button(label, type="primary", disabled=closed, icon=":material/forward_to_inbox:"):
        issue(actor, activity, [one.participant_id for one in waiting])


def _show_waiting(waiting: list[Seated]) -> None:
    with st.expander("Who they are and how they were chosen", icon=":material/group:"):
        table = pd.DataFrame(
            {
                "Name": [one.name for one in waiting],
                "Chosen": [one.chosen_by for one in waiting],
                "Loyalty": [one.loyalty for one in waiting],
                "Segment": [one.segment for one in waiting],
                "Platform": [one.platform for one in waiting],
            }
        )
        st.dataframe(
            table,
            hide_index=True,
            column_config={"Loyalty": st.column_config.NumberColumn(format="%.2f")},
            alt="People who wait to be invited, with how they were chosen",
        )


def _how(*, by_mail: bool) -> str:
    if by_mail:
        return "The letters go into the outbox and leave through your mail server, one by one."
    return "The letters go into the outbox; you download them there or here and send them yourself."


def renew(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    """A new link for one person: the old one stops working."""
    asked = {
        one.participant_id: one.name
        for one in people
        if one.step not in {Step.DRAWN} | invitations.GONE
    }
    if not asked:
        return
    with st.expander("Somebody lost their link, or comes late", icon=":material/link_off:"):
        whom = st.selectbox("Who", list(asked), format_func=lambda one: asked[one], key="renew_for")
        st.caption(
            "They get a new link, and the old one stops working at once. An expired invitation "
            "begins anew if there still is a seat."
        )
        if st.button("Make a new link", key="renew") and whom is not None:
            issue(actor, activity, [whom])


def issue(actor: Actor, activity: ActivityRow, participant_ids: list[int]) -> None:
    """Make the links, put the letters into the outbox, and show the page anew."""
    with shown_errors():
        post = post_of(settings())
        if post.customers_barred and not settings().demo:
            raise Invalid(post.customers_barred)
        with transaction() as session:
            people = [participants.get(session, one) for one in participant_ids]
            written = letters.invite(session, actor, people, post, now=now())
        st.session_state[KEPT] = Issued(activity.id, written)
        st.rerun()


def show_issued(activity: ActivityRow) -> None:
    """What the last press came to, until the next one."""
    issued: Issued | None = st.session_state.get(KEPT)
    if issued is None or issued.activity_id != activity.id:
        return
    if issued.written.queued:
        many = issued.written.queued
        said = "1 letter is" if many == 1 else f"{many:,} letters are"
        st.success(f"{said} in the outbox.", icon=":material/outbox:")
    for name, why in issued.written.left_out:
        st.warning(f"{escape_markdown(name)}: {escape_markdown(why)}", icon=":material/block:")


def show_waiting_letters(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    """Letters of this activity that have not left: how they will, or the files to send them."""
    with reading() as session:
        rows = outbox.waiting(session, [one.participant_id for one in people])
        post = post_of(settings())
        shown = [(row.name, links_of(session, row, post, now=now())) for row in rows[:SHOWN]]
    if not rows:
        return
    with st.container(border=True):
        many = "1 letter waits" if len(rows) == 1 else f"{len(rows):,} letters wait"
        st.markdown(f"**{many} in the outbox.**")
        if post.smtp_url and not post.customers_barred:
            with shown_errors():
                mail.parse(post.smtp_url)
                st.caption("They leave within a minute. The outbox shows each of them.")
        else:
            offer_files(actor, [row.id or 0 for row in rows], f"invitations-{activity.id}")
        if settings().demo:
            _try_one([(name, found.get(links.PERSONAL, "")) for name, found in shown])


def _try_one(shown: list[tuple[str, str]]) -> None:
    st.caption(
        "Try one on this machine: copy it into a private window. In this window it would sign "
        "you in as that customer."
    )
    for name, link in shown:
        st.text(name)
        st.code(link, language=None, wrap_lines=True)


def show_invitations(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    with reading() as session:
        show_letter(session, activity, people)
    show_issued(activity)
    show_waiting_letters(actor, activity, people)
    if now() >= activity.closes_at:
        st.info("This activity has ended; nobody can be invited to it any more.")
    else:
        invite_new(actor, activity, people)
        renew(actor, activity, people)
