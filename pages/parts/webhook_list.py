"""Webhooks: which programs are told what happens, and whether it reached them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from casework.messages import RETRYABLE, Event, WebhookFormat
from casework.messages.events import MEANINGS
from casework.roles import Actor
from casework.text import escape_markdown
from db import webhooks
from db.clock import now
from db.engine import reading, transaction
from db.settings import settings
from db.webhooks import NoticeRow, WebhookRow
from pages.parts.news import tell
from pages.parts.when import local
from pages.who import shown_errors

OFFERED = [event for event in Event if event is not Event.TEST]


def show_webhooks(actor: Actor) -> None:
    st.caption(
        "A webhook tells another program, such as Slack, what happened here. It is signed, and "
        "carries figures and names of studies, never a customer's name or words. Of verdicts and "
        "offence it tells where a study has registered launch criteria."
    )
    with reading() as session:
        known = webhooks.subscriptions(session)
        told = webhooks.notices(session, actor)
    if not known:
        st.info("Nobody is told anything yet. Add an address below.", icon=":material/webhook:")
    for row in known:
        _show_one(actor, row)
    _ask_new(actor, opened=not known)
    if told:
        _show_notices(actor, told, {row.id: row.url for row in known})


def _show_one(actor: Actor, row: WebhookRow) -> None:
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(_shortened(row.url))}**")
        st.caption(f"{row.format.label}. Told of: {', '.join(one.value for one in row.events)}")
        with st.expander("Secret", icon=":material/key:"):
            st.caption("Whoever gets the notices checks with it that they come from here.")
            st.code(row.secret, language=None)
        with st.container(horizontal=True):
            if st.button("Send a test", key=f"try-{row.id}", icon=":material/send:"):
                with shown_errors(), transaction() as session:
                    webhooks.try_out(session, actor, row.id or 0, now=now())
                tell("A test is on its way; see below whether it arrived.")
                st.rerun()
            if st.button("Stop", key=f"stop-{row.id}", icon=":material/block:"):
                with shown_errors(), transaction() as session:
                    webhooks.stop(session, actor, row.id or 0, now=now())
                tell("This address is told nothing any more.")
                st.rerun()


def _shortened(url: str) -> str:
    """The address without its end, for such addresses are often secret themselves."""
    return url if len(url) <= 48 else f"{url[:40]}…"


def _ask_new(actor: Actor, *, opened: bool) -> None:
    with st.expander("Add a webhook", icon=":material/add:", expanded=opened):
        with st.form("webhook", border=False):
            url = st.text_input("Address", placeholder="https://example.org/hook", max_chars=500)
            events = st.multiselect(
                "Told of",
                OFFERED,
                format_func=lambda one: f"{one.value}: {MEANINGS[one]}",
            )
            form = st.segmented_control(
                "Written as",
                list(WebhookFormat),
                format_func=lambda one: one.label,
                default=WebhookFormat.JSON,
                required=True,
            )
            secret = st.text_input(
                "Secret", type="password", help="Leave it empty and one is made for you."
            )
            pressed = st.form_submit_button("Add", type="primary")
        if pressed:
            with shown_errors():
                with transaction() as session:
                    webhooks.subscribe(
                        session,
                        actor,
                        url.strip(),
                        events,
                        form or WebhookFormat.JSON,
                        secret=secret,
                        private_allowed=settings().private_webhooks,
                        now=now(),
                    )
                tell("Added. Send a test to see whether it is heard.")
                st.rerun()


def _show_notices(actor: Actor, told: Sequence[NoticeRow], urls: dict[int | None, str]) -> None:
    st.subheader("What was told", anchor=False)
    table = pd.DataFrame(
        {
            "Event": [row.event.value for row in told],
            "To": [_shortened(urls.get(row.webhook_id, "a stopped webhook")) for row in told],
            "State": [row.state.label for row in told],
            "Attempts": [row.attempts for row in told],
            "Why": [row.reason for row in told],
            "When": [local(row.queued_at).replace(tzinfo=None) for row in told],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
        alt="What webhooks were told lately, and whether it reached them",
    )
    failed = [row for row in told if row.state in RETRYABLE]
    many = "1 that failed" if len(failed) == 1 else f"{len(failed):,} that failed"
    if failed and st.button(f"Try again the {many}", icon=":material/replay:"):
        with shown_errors():
            with transaction() as session:
                for row in failed:
                    webhooks.retry(session, actor, row.id or 0, now=now())
            st.rerun()
