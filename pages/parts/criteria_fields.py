"""The fields of launch criteria: the profile, what must hold, and when it closes."""

from datetime import date

import streamlit as st

from casework.criteria import (
    Criterion,
    Direction,
    Metric,
    Profile,
    in_plain_words,
    profile_criteria,
    profiles_within,
    scope_of,
)
from casework.criteria.drafting import criterion_from, starting_point, to_typed, typed_scale
from casework.criteria.profiles import LEAST_ANSWERS
from casework.criteria.words import unbroken
from casework.errors import Invalid

NAMES = {
    Profile.stop_check: "Stop check",
    Profile.staged: "Staged release",
    Profile.full: "Full release",
    Profile.strict: "Strict",
}


def answers_key(slug: str, expected: int) -> str:
    """Under which the planned N is kept while it is typed."""
    return f"n-{slug}-{expected}"


def profile_key(slug: str, answers: int) -> str:
    """Under which the chosen profile is kept."""
    return f"profile-{slug}-{profiles_within(answers)[-1]}"


def metrics_key(slug: str, profile: Profile) -> str:
    """Under which the chosen criteria are kept."""
    return f"metrics-{slug}-{profile}"


def field_key(slug: str, profile: Profile, usual: Criterion) -> str:
    """The part that the keys of a criterion's two fields share."""
    return f"{slug}-{profile}-{usual.metric}-{usual.threshold}"


def choose_profile(slug: str, answers: int) -> Profile:
    """One of the profiles that this many answers carry; the others say what they would take."""
    offered = profiles_within(answers)
    with st.grid(4, min_column_width=170):
        for profile in Profile:
            with st.container(border=True, height="stretch", gap="small"):
                _card(profile, within=profile in offered)
    chosen = st.segmented_control(
        "Profile",
        offered,
        default=offered[-1],
        format_func=NAMES.__getitem__,
        key=profile_key(slug, answers),
        persist_state="session",
        required=True,
    )
    return chosen or offered[-1]


def _card(profile: Profile, *, within: bool) -> None:
    st.markdown(f"**{NAMES[profile]}**")
    least = LEAST_ANSWERS[profile]
    if within:
        st.badge("Within reach", icon=":material/check:", color="green")
    else:
        st.badge(f"Takes {least:,} answers", icon=":material/lock:", color="gray")
    opening = "" if profile is Profile.stop_check else "GO means "
    scope = f"{opening}{scope_of(profile)}."
    st.caption(scope[0].upper() + scope[1:])


def ask_criteria(slug: str, profile: Profile, answers: int, players: int) -> list[Criterion]:
    """What must hold, each with its threshold in players. Raises: Invalid."""
    st.caption(
        "A criterion that cannot be shown to meet its threshold may still allow a GO with "
        "conditions, where it meets the milder figure beside it."
        if profile is not Profile.stop_check
        else "Any of these can stop the launch; none of them can bring a GO."
    )
    usual = [criterion.metric for criterion in profile_criteria(profile, answers)]
    chosen = st.pills(
        "Criteria",
        list(Metric),
        selection_mode="multi",
        default=usual,
        format_func=lambda metric: metric.title,
        key=metrics_key(slug, profile),
        persist_state="session",
    )
    ordered = sorted(chosen, key=lambda metric: metric.urgency)
    drafts = [
        _ask_one(slug, starting_point(profile, answers, one), players, profile) for one in ordered
    ]
    wrong = [draft for draft in drafts if isinstance(draft, Invalid)]
    if wrong:
        raise Invalid(" ".join(str(one) for one in wrong))
    return [draft for draft in drafts if isinstance(draft, Criterion)]


def _ask_one(slug: str, usual: Criterion, players: int, profile: Profile) -> Criterion | Invalid:
    metric = usual.metric
    key = field_key(slug, profile, usual)
    side = "At most" if metric.direction is Direction.AT_MOST else "At least"
    with st.container(border=True, gap="small"):
        who = "testers who " if metric.is_share else ""
        st.markdown(f"**{metric.title}** · {who}{metric.event}")
        with st.grid(2, min_column_width=150):
            threshold = ask_value(f"{side}{unit(metric)}", metric, usual.threshold, f"t-{key}")
            floor = None
            if profile is not Profile.stop_check:
                name = f"With conditions from{unit(metric)}"
                if metric.direction is Direction.AT_MOST:
                    name = f"With conditions up to{unit(metric)}"
                floor = ask_value(name, metric, usual.floor, f"f-{key}")
        try:
            criterion = criterion_from(metric, threshold, floor)
        except Invalid as wrong:
            st.error(str(wrong), icon=":material/error:")
            return wrong
        st.caption(_in_words(criterion, players))
    return criterion


def ask_value(label: str, metric: Metric, value: float | None, key: str) -> float | None:
    """A value of a metric, typed on the scale people know it on."""
    step = 0.05 if metric is Metric.sentiment else 1.0
    limit = float(typed_scale(metric))
    return st.number_input(
        label,
        0.0 if metric.is_share else -limit,
        limit,
        to_typed(metric, value),
        step,
        format="%.2f" if metric is Metric.sentiment else "%g",
        placeholder="none",
        key=key,
        persist_state="session",
    )


def unit(metric: Metric) -> str:
    """What follows the name of a field."""
    return " (%)" if metric.is_share else ""


def _in_words(criterion: Criterion, players: int) -> str:
    said = unbroken(in_plain_words(criterion, players))
    if criterion.floor is None or criterion.floor == criterion.threshold:
        return said
    lower = criterion.model_copy(update={"threshold": criterion.floor, "floor": None})
    return f"{said}; with conditions {unbroken(in_plain_words(lower, players))}"


def ask_guardrail(slug: str, answers: int) -> int | None:
    """How many loyal answers to watch on their own; None when they are not."""
    watched = st.toggle(
        "Stop also when loyal players alone say no",
        key=f"guard-{slug}",
        persist_state="session",
        help="The same criteria are watched among loyal players; they can only stop a launch.",
    )
    if not watched:
        return None
    return st.number_input(
        "Loyal answers to watch", 1, answers, answers, key=f"guard-n-{slug}-{answers}"
    )


def ask_closing(slug: str, usual: date, today: date) -> date | None:
    """The last day on which answers count."""
    return st.date_input(
        "Answers count until the end of",
        max(usual, today),
        min_value=today,
        key=f"closing-{slug}-{usual}",
        help="In UTC. After it nothing is counted, and the closing test is made once.",
        persist_state="session",
    )
