"""One planned activity, every field kept as soon as it is left."""

import streamlit as st

from casework.case.exercise import Exercise, Method, PlannedActivity
from casework.case.story import FACTS
from pages.parts.case_work import follow
from pages.parts.fact_chips import name_of

LONGEST = 5_000


def show(place: int, work: Exercise) -> None:
    """The form of the first (0) or second (1) activity."""
    planned = work.activities[place] if place < len(work.activities) else None
    if place > len(work.activities):
        st.caption("Choose the first activity first.")
        return
    _method(place, planned, locked=work.submitted)
    if planned is not None:
        _people(place, planned, locked=work.submitted)
        _question(place, planned, locked=work.submitted)
        _facts(place, planned, work)
        _rule(place, planned, locked=work.submitted)


def _key(place: int, field: str, stored: object) -> str:
    return follow(f"activity-{place}-{field}", stored)


def _method(place: int, planned: PlannedActivity | None, *, locked: bool) -> None:
    st.segmented_control(
        "Method",
        list(Method),
        format_func=lambda each: each.label,
        key=_key(place, "method", planned.method if planned else None),
        disabled=locked,
        required=True,
        wrap=True,
    )
    if planned is not None and planned.method is Method.OTHER:
        _line(place, "own_name", "What do you call it?", planned.own_name, 200, locked=locked)


def _line(place: int, field: str, label: str, stored: str, most: int, *, locked: bool) -> None:
    st.text_input(
        label,
        key=_key(place, field, stored),
        max_chars=most,
        disabled=locked,
    )


def _people(place: int, planned: PlannedActivity, *, locked: bool) -> None:
    _line(place, "who", "Who takes part?", planned.who, LONGEST, locked=locked)
    many, weeks = st.columns(2)
    many.number_input(
        "How many people",
        min_value=0,
        max_value=1_000_000,
        step=1,
        key=_key(place, "how_many", planned.how_many),
        disabled=locked,
    )
    weeks.number_input(
        "Weeks before the release",
        min_value=-104.0,
        max_value=104.0,
        step=0.5,
        format="%g",
        key=_key(place, "weeks_before_release", planned.weeks_before_release),
        disabled=locked,
    )


def _area(place: int, field: str, label: str, stored: str, example: str, *, locked: bool) -> None:
    st.text_area(
        label,
        key=_key(place, field, stored),
        max_chars=LONGEST,
        placeholder=example,
        height=100,
        disabled=locked,
    )


def _question(place: int, planned: PlannedActivity, *, locked: bool) -> None:
    _area(
        place,
        "learns",
        "The question it answers",
        planned.learns,
        "What will BoomerGames know afterwards that it does not know now?",
        locked=locked,
    )


def _facts(place: int, planned: PlannedActivity, work: Exercise) -> None:
    keys = [*work.facts, *(each.key for each in FACTS if each.key not in work.facts)]
    st.multiselect(
        "Facts it answers",
        keys,
        format_func=name_of,
        placeholder="Pick facts; those you collected come first",
        key=_key(place, "facts", list(planned.facts)),
        disabled=work.submitted,
    )
    _area(
        place,
        "because",
        "It answers them because …",
        planned.because,
        "One sentence that ties the activity to the facts.",
        locked=work.submitted,
    )


def _rule(place: int, planned: PlannedActivity, *, locked: bool) -> None:
    _area(
        place,
        "rule",
        "Rule for the launch: if … then …",
        planned.rule,
        "If this result comes out, then this happens to the launch.",
        locked=locked,
    )
