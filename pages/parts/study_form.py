"""The fields of a study, the same for starting one and for changing its plan."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import streamlit as st

from casework.studies import Study, drafted

FIRST_RELEASE = timedelta(days=84)
"""What is offered for a new study: twelve weeks, enough to ask, to read and to fix."""


class Typed(NamedTuple):
    """What stands in the fields; not checked yet."""

    title: str = ""
    product: str = ""
    hypothesis: str = ""
    release_on: date | None = None
    owner_name: str = ""
    fix_weeks: float = 2.0
    store_review_days: int = 7
    players: int = 100_000

    def as_study(self, slug: str, created_at: datetime) -> Study:
        """The study these fields describe. Raises: Invalid naming what to mend."""
        return drafted(slug=slug, created_at=created_at, **self._asdict())


def typed(study: Study) -> Typed:
    return Typed(**study.model_dump(include=set(Typed._fields)))


def study_form(key: str, before: Typed, submit: str) -> Typed | None:
    """Show the fields; what was typed once the button is pressed."""
    with st.form(key, border=False):
        title = st.text_input(
            "Title", before.title, max_chars=200, placeholder="Santa Run before Christmas"
        )
        hypothesis = st.text_area(
            "What do you want to find out?",
            before.hypothesis,
            max_chars=5_000,
            placeholder="Players who love our first game enjoy this one, and nothing in it hurts.",
        )
        with st.grid(2):
            product = st.text_input("Product", before.product, max_chars=200)
            owner = st.text_input("Owner", before.owner_name, max_chars=200)
            release = st.date_input("Planned release", before.release_on)
            players = st.number_input(
                "Players the launch reaches", 1, 1_000_000_000, before.players, 1_000
            )
            weeks = st.number_input("Weeks a fix takes", 0.0, 52.0, before.fix_weeks, 0.5, "%g")
            review = st.number_input("Days of store review", 0, 60, before.store_review_days)
        if st.form_submit_button(submit, type="primary"):
            return Typed(title, product, hypothesis, release, owner, weeks, review, players)
    return None
