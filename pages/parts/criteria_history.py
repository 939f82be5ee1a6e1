"""What was registered: the criteria in force, every version and every attempt."""

import pandas as pd
import streamlit as st

from casework.attempts import Attempt, false_go_over
from casework.criteria import (
    Criterion,
    Direction,
    LaunchCriteria,
    Registration,
    figure,
    in_plain_words,
    percent,
    read,
)
from casework.criteria.words import base_in_words, unbroken
from casework.errors import Invalid
from casework.schedule import plain_day
from casework.text import escape_markdown
from db.criteria import CriteriaRow, registration_of
from pages.parts.criteria_fields import NAMES


def show_in_force(attempt: Attempt, players: int) -> None:
    """The criteria that the newest attempt is judged by."""
    st.header("In force", anchor=False)
    try:
        criteria = read(attempt.registration)
    except Invalid as wrong:
        st.error(str(wrong), title="The verdict is INVALID", icon=":material/gpp_bad:")
        return
    _show_terms(attempt, criteria)
    st.table(
        pd.DataFrame([_as_row(one, criteria, players) for one in criteria.criteria]),
        hide_index=True,
        alt="The criteria in force",
    )
    _show_digest(attempt.registration)


def _show_terms(attempt: Attempt, criteria: LaunchCriteria) -> None:
    st.markdown(
        f"Build **{escape_markdown(attempt.build)}** · {NAMES[criteria.profile]} · "
        f"{attempt.answers:,} answers received, the first {criteria.answers:,} count · "
        f"closes {plain_day(criteria.closes_at.date())}, {criteria.closes_at:%H:%M} UTC"
    )
    for line in base_in_words(criteria):
        st.caption(unbroken(escape_markdown(f"Checked against the customer base by {line}")))
    if attempt.late:
        st.error(
            "The first answers to this build came before its criteria, so that these could have "
            "been fitted to them. A new build with criteria of its own mends it.",
            title="The verdict on this build is INVALID",
            icon=":material/gpp_bad:",
        )


def _as_row(criterion: Criterion, criteria: LaunchCriteria, players: int) -> dict[str, str]:
    side = "at most" if criterion.metric.direction is Direction.AT_MOST else "at least"
    floor = "–" if criterion.floor is None else figure(criterion.metric, criterion.floor)
    return {
        "What": criterion.metric.title,
        "Must be": f"{side} {figure(criterion.metric, criterion.threshold)}",
        "With conditions": floor,
        "In players": unbroken(in_plain_words(criterion, players)),
        "Answers": f"{criteria.answers_of(criterion):,}",
    }


def _show_digest(registration: Registration) -> None:
    st.caption(
        f"Version {registration.version}, registered {plain_day(registration.at.date())}, "
        f"{registration.at:%H:%M} UTC. SHA-256 of its text:"
    )
    st.code(registration.digest, language=None, wrap_lines=True)


def show_history(rows: list[CriteriaRow], attempts: tuple[Attempt, ...]) -> None:
    """Every version, which attempt it made and what several attempts cost."""
    st.header("Versions and attempts", anchor=False)
    by_version = {one.registration.version: one for one in attempts}
    table = [_version(row, by_version.get(row.version)) for row in reversed(rows)]
    st.dataframe(pd.DataFrame(table), hide_index=True, alt="Every version and its attempt")
    if len(attempts) > 1:
        st.caption(
            f"{len(attempts)} attempts: the chance of a false GO over all of them is at most "
            f"{percent(false_go_over(len(attempts)))}."
        )
    with st.expander("The registered text", icon=":material/data_object:"):
        show_text(rows)


def show_text(rows: list[CriteriaRow]) -> None:
    numbers = [row.version for row in reversed(rows)]
    chosen = st.selectbox("Version", numbers)
    row = next((one for one in rows if one.version == chosen), rows[-1])
    st.code(row.text, language="json", wrap_lines=True)
    _show_digest(registration_of(row))


def _version(row: CriteriaRow, attempt: Attempt | None) -> dict[str, str]:
    return {
        "Version": str(row.version),
        "Build": row.build,
        "Registered": f"{plain_day(row.at.date())}, {row.at:%H:%M} UTC",
        "By": row.registered_by,
        "Attempt": _attempt(attempt),
        "Answers received": "–" if attempt is None else f"{attempt.answers:,}",
        "SHA-256": row.digest[:12],
    }


def _attempt(attempt: Attempt | None) -> str:
    if attempt is None:
        return "None: replaced before any answer"
    late = ", INVALID: after the first answer" if attempt.late else ""
    return f"{attempt.number} of {attempt.of}{late}"
