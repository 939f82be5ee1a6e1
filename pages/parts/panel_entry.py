"""What is kept of one customer beyond the files: reliability, consent, interests, a note."""

import streamlit as st

from casework.panel import LONGEST_NOTE
from casework.roles import Actor
from casework.text import escape_markdown
from db import panelists
from db.clock import now
from db.customers import RosterEntry
from db.engine import transaction
from pages.who import shown_errors


def show_panel_entry(actor: Actor, entry: RosterEntry) -> None:
    """Facts first, then what an owner may change."""
    asked = entry.reliability
    st.markdown(asked.sentence if asked else "No invitation to them has come to an end yet.")
    facts = [entry.panel.consent, f"Came {entry.panel.came_by.label}."]
    if entry.panel.interests:
        facts.append(f"Interested in {', '.join(entry.panel.interests)}.")
    st.caption(escape_markdown(" ".join(facts)))
    with st.expander("Interests and a note", icon=":material/edit_note:"):
        _ask(actor, entry)


def _ask(actor: Actor, entry: RosterEntry) -> None:
    number = entry.customer.id or 0
    with st.form(f"panel-{number}", border=False):
        interests = st.text_input(
            "Interests",
            ", ".join(entry.panel.interests),
            placeholder="puzzles, co-op, story",
            help="Parted by commas. Segments may be made of them.",
        )
        note = st.text_area("Note", entry.panel.note, max_chars=LONGEST_NOTE, height=120)
        pressed = st.form_submit_button("Keep", type="primary")
    st.caption(
        "Customers never see this while they take part. It belongs to their data all the same: "
        "write only what they may read if they ask for it."
    )
    if pressed:
        with shown_errors():
            with transaction() as session:
                panelists.describe(
                    session, actor, number, interests=interests, note=note, now=now()
                )
            st.toast("Kept.", icon=":material/check:")
            st.rerun()
