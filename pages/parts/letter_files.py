"""Letters for the owner's own mailer: taken out of the outbox as files, and then theirs to send."""

from collections.abc import Callable, Sequence

import streamlit as st

from casework.roles import Actor
from db.clock import now
from db.engine import transaction
from db.post import post_of, take_out
from db.settings import settings


def offer_files(actor: Actor, letter_ids: Sequence[int], name: str) -> None:
    """Two buttons; pressing one marks the letters as taken out, so that nothing leaves twice."""
    many = "1 letter" if len(letter_ids) == 1 else f"{len(letter_ids):,} letters"
    st.caption(
        "What you download counts as sent by you: Casework never sends it too. You find it again "
        "in the outbox under “Downloaded”."
    )
    with st.container(horizontal=True):
        st.download_button(
            f"Download {many} (CSV)",
            taking(actor, letter_ids),
            f"{name}.csv",
            "text/csv",
            type="primary",
            icon=":material/download:",
            help="Name, e-mail, subject, message and link in one table, for a mail merge.",
        )
        st.download_button(
            "As .eml files (zip)",
            taking(actor, letter_ids, as_files=True),
            f"{name}.zip",
            "application/zip",
            icon=":material/folder_zip:",
            help="Each letter as a file that mail programs open, and the same table.",
        )


def taking(
    actor: Actor, letter_ids: Sequence[int], *, as_files: bool = False
) -> Callable[[], bytes]:
    """What a download does when it is pressed: take the letters out and hand them over."""

    def take() -> bytes:
        post = post_of(settings())
        with transaction() as session:
            return take_out(session, actor, letter_ids, post, now=now(), as_files=as_files).content

    return take
