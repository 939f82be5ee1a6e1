"""Who is here and what they find: asked anew on every run, since an open tab outlives a visit."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

from casework.errors import CaseworkError
from casework.roles import Actor, Role
from db import sessions
from db.clock import now
from db.engine import reading, transaction

FOLDER = Path(__file__).parent


class Place(NamedTuple):
    """One page: its file below `pages/`, and what the menu calls it."""

    file: str
    title: str
    icon: str

    @property
    def address(self) -> str:
        """The last part of its URL: the file's stem."""
        return Path(self.file).stem


OWNER = {
    "": (Place("owner/home.py", "Home", "home"),),
    "Customers": (
        Place("owner/customers.py", "Customers", "groups"),
        Place("owner/import_data.py", "Import data", "upload_file"),
    ),
    "Study": (
        Place("owner/study.py", "Plan the study", "event"),
        Place("owner/plan_answers.py", "Plan the answers", "calculate"),
        Place("owner/set_criteria.py", "Set launch criteria", "checklist"),
        Place("owner/recruit.py", "Recruit", "person_add"),
        Place("owner/outbox.py", "Outbox", "outbox"),
    ),
    "Listen": (
        Place("owner/host_meeting.py", "Host a meeting", "forum"),
        Place("owner/release_build.py", "Release a build", "deployed_code"),
        Place("owner/read_feedback.py", "Read feedback", "reviews"),
        Place("owner/read_themes.py", "Themes", "category"),
        Place("owner/check_scorer.py", "Check the scorer", "fact_check"),
    ),
    "Decide": (
        Place("owner/read_verdict.py", "Read the verdict", "gavel"),
        Place("owner/tell_back.py", "Tell back", "campaign"),
    ),
}
CASE = {
    "": (
        Place("student/read_case.py", "Read the case", "menu_book"),
        Place("student/plan_activities.py", "Plan activities", "edit_calendar"),
        Place("student/predict.py", "Predict", "online_prediction"),
        Place("student/inspect_study.py", "Inspect the study", "search"),
        Place("student/recommend.py", "Recommend", "rate_review"),
        Place("student/compare.py", "Compare answers", "compare_arrows"),
    ),
}
CUSTOMER = {"": (Place("customer/my_test.py", "My test", "smartphone"),)}

PLACES: Mapping[Role, Mapping[str, tuple[Place, ...]]] = MappingProxyType(
    {Role.OWNER: OWNER, Role.CUSTOMER: CUSTOMER, Role.STUDENT: CASE, Role.INSTRUCTOR: CASE}
)


def places_of(role: Role) -> dict[str, list[Place]]:
    """The pages of a role by section of the menu."""
    return {section: list(places) for section, places in PLACES[role].items()}


def find() -> Actor | None:
    """Who holds this browser's cookie, or None."""
    token = str(st.context.cookies.get(sessions.COOKIE, ""))
    if not token:
        return None
    with reading() as session:
        here = sessions.who(session, token, now=now())
        stale = sessions.needs_stamp(session, token, now=now())
    if stale:
        with transaction() as session:
            sessions.stamp(session, token, now=now())
    return here


def actor() -> Actor:
    """Who is here; the page ends with a hint when the visit is over."""
    here = find()
    if here is None:
        st.warning(
            "Sign in again, then repeat your last step.",
            title="Your visit has ended",
            icon=":material/lock:",
        )
        st.html('<p><a href="/auth/sign-in" target="_self">Sign in</a></p>')
        st.stop()
    return here


def posting(address: str, label: str, *, quiet: bool = False) -> None:
    """A button that posts to a route of ours, which can set a cookie where a script cannot.

    Streamlit has no such button; the colours are those that both themes share.
    """
    look = (
        "background:transparent;color:inherit;border:1px solid #80766899"
        if quiet
        else "background:#28776f;color:#ffffff;border:1px solid #28776f"
    )
    st.html(
        f'<form method="post" action="{escape(address)}" style="margin:0">'
        f'<button type="submit" style="width:100%;min-height:2.75rem;padding:.25rem .75rem;'
        f'font:inherit;font-weight:600;border-radius:.5rem;cursor:pointer;{look}">'
        f"{escape(label)}</button></form>"
    )


@contextmanager
def shown_errors() -> Iterator[None]:
    """Show what the business refuses, in its own words, and go on with the page."""
    try:
        yield
    except CaseworkError as wrong:
        st.error(str(wrong), icon=":material/error:")
