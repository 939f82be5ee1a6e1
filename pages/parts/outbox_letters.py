"""The letters of the outbox: counts, a list to filter, one to read, another try."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from casework.messages import RETRYABLE, MessageKind, PostState
from casework.roles import Actor
from casework.text import escape_markdown
from db import outbox, sending
from db.clock import now
from db.engine import reading, transaction
from db.outbox import OutboxRow, Search
from db.post import as_it_leaves, post_of
from db.settings import settings
from pages.parts.letter_files import offer_files
from pages.parts.letter_read import show_letter
from pages.parts.news import tell
from pages.parts.when import day_and_time, local
from pages.who import shown_errors

MOST = 500


def show_letters(actor: Actor) -> None:
    with reading() as session:
        counted = outbox.counts(session)
        waiting = [row.id or 0 for row in outbox.waiting(session)]
    if not counted:
        st.info(
            "Letters come here when you invite people under “Recruit”, or write reminders, meeting "
            "invitations and thanks under “Write”. Each can be read here before and after it left.",
            title="The outbox is empty",
            icon=":material/outbox:",
        )
        return
    _show_counts(counted)
    _offer_way_out(actor, waiting)
    _show_list(actor, counted)


def _show_counts(counted: Mapping[PostState, int]) -> None:
    with st.container(horizontal=True):
        for state, number in counted.items():
            st.metric(state.label, f"{number:,}", help=state.meaning, border=True, width=150)


def _offer_way_out(actor: Actor, waiting: Sequence[int]) -> None:
    if not waiting:
        return
    post = post_of(settings())
    if post.smtp_url is None or post.customers_barred:
        offer_files(actor, waiting, "letters")
    elif st.button("Send now", icon=":material/send:"):
        with shown_errors():
            sent = sending.send(transaction, post)
            tell(
                f"{sent.taken:,} sent, {sent.refused:,} refused, {sent.later:,} to be tried again."
            )
            st.rerun()


def _show_list(actor: Actor, counted: Mapping[PostState, int]) -> None:
    states = st.pills(
        "Show what is",
        list(counted),
        selection_mode="multi",
        format_func=lambda state: f"{state.label} {counted[state]:,}",
        key="outbox_states",
    )
    with st.container(horizontal=True):
        kinds = st.multiselect(
            "Kind", list(MessageKind), format_func=lambda kind: kind.label, key="outbox_kinds"
        )
        text = st.text_input("Name, e-mail or subject", key="outbox_text", max_chars=100)
    search = Search(states=tuple(states), kinds=tuple(kinds), text=text)
    with reading() as session:
        rows = outbox.letters(session, actor, search, most=MOST)
    if not rows:
        st.caption("No letter is like that. Take a filter away.")
        return
    picked = _pick(rows)
    if picked is not None:
        _show_one(actor, picked)


def _pick(rows: Sequence[OutboxRow]) -> OutboxRow | None:
    columns: dict[str, list[object]] = {
        "State": [row.state.label for row in rows],
        "Why": [row.reason for row in rows],
        "Kind": [row.kind.label for row in rows],
        "To": [row.name for row in rows],
        "E-mail": [row.email for row in rows],
        "Next try": [_next_try(row) for row in rows],
        "Written": [local(row.queued_at).replace(tzinfo=None) for row in rows],
        "Subject": [row.subject for row in rows],
    }
    # A column that nobody has filled says nothing.
    table = pd.DataFrame({name: cells for name, cells in columns.items() if any(cells)})
    found = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="outbox_list",
        height=360 if len(rows) > 9 else "auto",
        column_config={
            "Why": st.column_config.TextColumn(width="medium"),
            "Next try": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
            "Written": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
        },
        alt="Letters with where they stand and why; tick one to read it",
    )
    if len(rows) == MOST:
        st.caption(f"The newest {MOST:,} are shown; filter to find older ones.")
    chosen = [place for place in found.selection.rows if place < len(rows)]
    if not chosen:
        st.caption("Tick a letter to read it, to save it as a file or to try it again.")
        return None
    return rows[chosen[0]]


def _next_try(row: OutboxRow) -> object:
    """When it is looked at again; a letter that was never tried leaves as soon as it may."""
    if row.due_at is None or row.due_at <= row.queued_at:
        return None
    return local(row.due_at).replace(tzinfo=None)


def _show_one(actor: Actor, row: OutboxRow) -> None:
    with st.container(border=True):
        st.markdown(f"**{row.state.label}.** {row.state.meaning}")
        if row.reason:
            st.markdown(escape_markdown(row.reason))
        facts = [f"{row.kind.label}, text {row.template}" if row.template else row.kind.label]
        facts.append(f"written {day_and_time(row.queued_at)}")
        if row.sent_at is not None:
            facts.append(f"left {day_and_time(row.sent_at)}")
        if row.attempts:
            facts.append("1 attempt" if row.attempts == 1 else f"{row.attempts} attempts")
        st.caption(escape_markdown(", ".join(facts)))
        show_letter(row.subject, row.body, f"To {row.name}, {row.email}")
        if row.calendar:
            st.caption("With a calendar file, meeting.ics.")
        _offer_acts(actor, row)


def _offer_acts(actor: Actor, row: OutboxRow) -> None:
    with st.container(horizontal=True):
        if row.state in RETRYABLE and st.button("Try again", icon=":material/replay:"):
            with shown_errors():
                with transaction() as session:
                    outbox.retry(session, actor, row.id or 0, now=now())
                tell("The letter waits to be sent.")
                st.rerun()
        if row.state is PostState.HANDED_OVER:
            st.download_button(
                "Download again (.eml)",
                lambda: _as_file(row),
                f"letter-{row.id}.eml",
                "message/rfc822",
                icon=":material/download:",
                on_click="ignore",
            )


def _as_file(row: OutboxRow) -> bytes:
    with reading() as session:
        return as_it_leaves(session, row, post_of(settings()), now=now()).as_bytes()
