"""The waiting list as its owner sees it: switched on or off, worded, handed round."""

import io

import segno
import streamlit as st
from pydantic import ValidationError

from casework.errors import Invalid
from casework.roles import Actor
from casework.text import escape_markdown
from casework.waiting_list import WaitingList
from db import studies, waiting_list
from db.clock import now
from db.engine import reading, transaction
from db.post import post_of
from db.settings import settings
from db.studies import StudyRow
from db.waiting_list import WaitingListRow
from pages.who import shown_errors

WORKSPACE = "All studies"


def show_waiting_list(actor: Actor) -> None:
    """One list for the workspace, and one for each study that wants its own."""
    st.write(
        "A public page on which customers put themselves forward. Whoever confirms by the letter "
        "they get comes into the panel, and can leave in one click. Loyalty and the lottery count "
        "for them as for everybody: the list gives nobody a seat."
    )
    with reading() as session:
        known = {row.title: row for row in studies.all_studies(session)}
        name = st.selectbox("For", [WORKSPACE, *known], key="waiting_list_for")
        study = known.get(name)
        row = waiting_list.find(session, study)
        counted = waiting_list.counts(session, row) if row else (0, 0, 0)
    if row is not None:
        _show_counts(counted)
        _show_link(row)
    _ask(actor, row or WaitingList(), study)


def _show_counts(counted: tuple[int, int, int]) -> None:
    waiting, here, left = counted
    with st.grid(3, min_column_width=120):
        st.metric("On the list", f"{here:,}", border=True)
        st.metric("Not confirmed yet", f"{waiting:,}", border=True)
        st.metric("Left again", f"{left:,}", border=True)


def _show_link(row: WaitingListRow) -> None:
    if not row.open:
        st.info(
            "The list is switched off; its page says that it is closed.", icon=":material/lock:"
        )
        return
    address = waiting_list.link_of(row, settings().base_url)
    with st.container(border=True), st.grid(2, min_column_width=220):
        with st.container():
            st.markdown("**The public link**")
            st.code(address, language=None, wrap_lines=True)
            st.link_button("Look at the page", f"/w/{row.code}", icon=":material/open_in_new:")
            _warn()
        picture = _qr(address)
        with st.container():
            st.image(picture, width=180, alt="QR code of the public link")
            st.download_button(
                "QR code (SVG)",
                picture,
                "waiting-list.svg",
                "image/svg+xml",
                icon=":material/download:",
                on_click="ignore",
            )


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=6, border=3, dark="#1c1a18", light="#ffffff", xmldecl=False
    )
    return drawn.getvalue().decode()


def _warn() -> None:
    """What keeps the letters from leaving, where something does."""
    post = post_of(settings())
    if post.customers_barred:
        st.caption("Others cannot reach this address: set BASE_URL before you hand it round.")
    elif post.smtp_url is None:
        st.caption(
            "Without a mail server the confirmation letters lie in the outbox, where you download "
            "them; each link works for a week."
        )


def _ask(actor: Actor, kept: WaitingList, study: StudyRow | None) -> None:
    with st.form(f"waiting_list-{study.id if study else 0}"):
        is_open = st.toggle("Switched on", kept.open)
        title = st.text_input("Heading", kept.title, max_chars=200)
        about = st.text_area("What it is", kept.about, max_chars=5_000, height=160)
        pressed = st.form_submit_button("Save the list", type="primary")
    if pressed:
        with shown_errors():
            wanted = _typed(title, about, is_open)
            with transaction() as session:
                waiting_list.set_list(session, actor, wanted, study=study, now=now())
            said = "on" if wanted.open else "off"
            st.toast(f"The list “{escape_markdown(title)}” is {said}.", icon=":material/check:")
            st.rerun()


def _typed(title: str, about: str, is_open: bool) -> WaitingList:  # noqa: FBT001 - as typed
    try:
        return WaitingList(title=title, about=about, open=is_open)
    except ValidationError as wrong:
        raise Invalid("Give the page a heading and say in a few words what it is.") from wrong
