"""Invitations: the letter as it will read, personal links, and how they leave the house."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from casework.errors import Invalid
from casework.funnel import Step
from casework.invitations import Letter, mail_merge, write_letter
from casework.roles import Actor
from casework.text import escape_markdown
from db import invitations, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, reading, transaction
from db.recruiting import Seated
from db.settings import settings
from pages.who import shown_errors

UNINVITED = frozenset({Step.DRAWN, Step.EXPIRED})
SHOWN = 5
KEPT = "issued_links"


class Issued(NamedTuple):
    """What can be seen once only: kept in the browser's session, never in the database."""

    activity_id: int | None
    csv: str
    links: list[tuple[str, str]]
    failed: list[tuple[str, str]]
    mailed: int


def show_letter(session: Session, activity: ActivityRow) -> None:
    sender = invitations.sender_of(session, activity)
    link = f"{settings().base_url}/i/…"
    letter = write_letter(0, "Ada", "ada@example.com", link, sender=sender, activity=activity)
    with st.expander("Read the letter", icon=":material/mail:"):
        st.markdown(f"**{escape_markdown(letter.subject)}**")
        st.text(letter.body)


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
    waiting = [one for one in people if one.step in UNINVITED]
    if not waiting:
        st.success("Everybody with a seat has been invited.", icon=":material/mark_email_read:")
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
        return "The letters leave through your mail server, one by one."
    return (
        "You get a CSV file (name, e-mail, message, link) for your own mailer. It is offered once: "
        "only a fingerprint of each link is kept."
    )


def renew(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    """A new link for one person: the old one stops working."""
    asked = {
        one.participant_id: one.name
        for one in people
        if one.step not in UNINVITED | invitations.GONE
    }
    if not asked:
        return
    with st.expander("Somebody lost their link", icon=":material/link_off:"):
        whom = st.selectbox("Who", list(asked), format_func=lambda one: asked[one], key="renew_for")
        st.caption("They get a new link, and the old one stops working at once.")
        if st.button("Make a new link", key="renew") and whom is not None:
            issue(actor, activity, [whom])


def issue(actor: Actor, activity: ActivityRow, participant_ids: list[int]) -> None:
    """Make the links, send or keep the letters, and show the page anew."""
    with shown_errors():
        base_url = settings().base_url
        if invitations.block_reason(base_url) and not settings().demo:
            raise Invalid(str(invitations.block_reason(base_url)))
        with transaction() as session:
            links = [
                invitations.issue(
                    session, actor, participants.get(session, one), now=now(), base_url=base_url
                )
                for one in participant_ids
            ]
            letters = invitations.write_letters(session, actor, activity, links)
        st.session_state[KEPT] = _delivered(actor, activity, letters)
        st.rerun()


def _delivered(actor: Actor, activity: ActivityRow, letters: list[Letter]) -> Issued:
    """By mail where a server is named, and always as a file for whoever was not reached by it."""
    smtp_url, base_url = settings().smtp_url, settings().base_url
    names = {letter.participant_id: letter.name for letter in letters}
    sent: tuple[int, ...] = ()
    failed: list[tuple[str, str]] = []
    if smtp_url and not invitations.block_reason(base_url):
        try:
            delivery = invitations.send_by_mail(
                actor, letters, smtp_url=smtp_url, base_url=base_url
            )
        except Invalid as wrong:
            failed = [("Nobody was sent anything", str(wrong))]
        else:
            sent = delivery.sent
            failed = [(names[one], why) for one, why in delivery.failed.items()]
            with transaction() as session:
                invitations.record_sent(session, actor, sent, now=now())
    kept = [letter for letter in letters if letter.participant_id not in sent]
    links = [(letter.name, letter.link) for letter in kept[:SHOWN]]
    return Issued(activity.id, mail_merge(kept) if kept else "", links, failed, len(sent))


def show_issued(activity: ActivityRow) -> None:
    """What was just made; gone with the next batch or when the browser is closed."""
    issued: Issued | None = st.session_state.get(KEPT)
    if issued is None or issued.activity_id != activity.id:
        return
    with st.container(border=True):
        if issued.mailed:
            st.success(f"{issued.mailed:,} letters left.", icon=":material/mark_email_read:")
        for name, why in issued.failed:
            st.error(f"{escape_markdown(name)}: {escape_markdown(why)}", icon=":material/error:")
        if issued.csv:
            _offer_file(activity, issued)


def _offer_file(activity: ActivityRow, issued: Issued) -> None:
    st.markdown("**The links are ready.** Save the file now; it cannot be made again.")
    st.download_button(
        "Download the letters (CSV)",
        issued.csv.encode("utf-8-sig"),
        f"invitations-{activity.id}.csv",
        "text/csv",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
    if not settings().demo:
        return
    st.caption(
        "Try one on this machine: copy it into a private window. In this window it would sign "
        "you in as that customer."
    )
    for name, link in issued.links:
        st.text(name)
        st.code(link, language=None, wrap_lines=True)


def expire(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    """After closing: whoever never replied is marked, so that the funnel tells the truth."""
    overdue = [one for one in people if one.step in invitations.UNANSWERED]
    if now() < activity.closes_at or not overdue:
        return
    st.info(
        f"{len(overdue):,} invited people never replied, and “{escape_markdown(activity.name)}” "
        "has ended.",
        icon=":material/hourglass_disabled:",
    )
    if st.button(f"Mark {len(overdue):,} as expired"):
        with shown_errors():
            with transaction() as session:
                invitations.expire_overdue(session, actor, activity, now=now())
            st.rerun()


def show_invitations(actor: Actor, activity: ActivityRow, people: list[Seated]) -> None:
    with reading() as session:
        show_letter(session, activity)
    show_issued(activity)
    if now() >= activity.closes_at:
        st.info("This activity has ended; nobody can be invited to it any more.")
    else:
        invite_new(actor, activity, people)
        renew(actor, activity, people)
    expire(actor, activity, people)
