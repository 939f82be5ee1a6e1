"""The outbox: what waits, what has left, what is held back and why; the words; webhooks."""

import streamlit as st

from casework.errors import Invalid
from casework.roles import Actor
from casework.text import escape_markdown
from db import mail
from db.engine import reading
from db.post import post_of
from db.settings import settings
from pages import who
from pages.parts.letter_texts import edit_texts
from pages.parts.letter_writer import write_letters
from pages.parts.news import show_news
from pages.parts.outbox_letters import show_letters
from pages.parts.webhook_list import show_webhooks
from pages.study_choice import chosen_study

PARTS = ("Letters", "Write", "Words", "Webhooks")


def show_way_out() -> None:
    """How letters leave this installation, or why they do not."""
    post = post_of(settings())
    barred = post.customers_barred
    if barred:
        st.info(
            f"{barred} Letters to customers are kept here until then.",
            title="Letters stay on this machine",
            icon=":material/computer:",
        )
    elif post.smtp_url is None:
        st.info(
            "Set SMTP_URL and letters leave by themselves. Until then they are kept here, and you "
            "can download them and send them yourself.",
            title="There is no mail server",
            icon=":material/mail_off:",
        )
    else:
        _show_server(post.smtp_url)


def _show_server(smtp_url: str) -> None:
    try:
        parts, sender = mail.parse(smtp_url)
    except Invalid as wrong:
        st.error(str(wrong), icon=":material/error:")
        return
    by_itself = "within a minute" if settings().worker else "by “python cli.py outbox send”"
    st.caption(
        escape_markdown(f"Letters leave {by_itself} through {parts.hostname}, from {sender}.")
    )


def show_part(actor: Actor, part: str) -> None:
    with who.shown_errors():
        if part == "Letters":
            show_letters(actor)
        elif part == "Write":
            with reading() as session:
                write_letters(session, actor, chosen_study(session, actor))
        elif part == "Webhooks":
            show_webhooks(actor)
        else:
            with reading() as session:
                edit_texts(session, actor)


st.title("Outbox", anchor=False)
actor = who.actor()
show_news()
show_way_out()
chosen = st.segmented_control(
    "Part", PARTS, default=PARTS[0], required=True, key="outbox_part", label_visibility="collapsed"
)
show_part(actor, chosen or PARTS[0])
