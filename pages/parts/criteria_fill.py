"""Handing a plan over: the launch criteria's form opens with what was planned."""

import streamlit as st

from casework.criteria import Criterion, Profile, Reach
from casework.criteria.drafting import starting_point, to_typed
from pages.parts.criteria_fields import answers_key, field_key, metrics_key, profile_key


def fill_criteria(
    slug: str,
    reach: Reach,
    *,
    answers: int,
    profile: Profile,
    criteria: list[Criterion],
    loyal_answers: int | None,
) -> None:
    """Put N, the profile and every threshold into the fields; nothing is registered by it."""
    state = st.session_state
    state[answers_key(slug, max(reach.expected_answers, 1))] = answers
    state[profile_key(slug, answers)] = profile
    state[metrics_key(slug, profile)] = [one.metric for one in criteria]
    for one in criteria:
        key = field_key(slug, profile, starting_point(profile, answers, one.metric))
        state[f"t-{key}"] = to_typed(one.metric, one.threshold)
        if profile is not Profile.stop_check:
            state[f"f-{key}"] = to_typed(one.metric, one.floor)
    state[f"guard-{slug}"] = loyal_answers is not None
    if loyal_answers is not None:
        state[f"guard-n-{slug}-{answers}"] = min(loyal_answers, answers)
