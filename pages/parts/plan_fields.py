"""What is asked before answers are planned: what to decide, and what is assumed of the build."""

import streamlit as st
from pydantic import ValidationError

from casework.criteria import Criterion, Direction, Metric, Profile, profile_criteria, scope_of
from casework.criteria.drafting import criterion_from, from_typed, starting_point
from casework.criteria.profiles import LEAST_ANSWERS, profiles_within
from casework.errors import Invalid
from casework.verdict.assumed import Assumed, usual
from pages.parts.criteria_fields import NAMES, ask_value, field_key, unit

POWERS = (0.8, 0.9)


def ask_profile(slug: str, expected: int) -> Profile:
    """Any profile, also one beyond reach: what it would take is what is planned here."""
    within = profiles_within(max(expected, 1))
    chosen = st.segmented_control(
        "What a GO should mean",
        list(Profile),
        default=within[-1],
        format_func=NAMES.__getitem__,
        key=f"plan-profile-{slug}-{within[-1]}",
        persist_state="session",
        required=True,
    )
    profile = chosen or within[-1]
    opening = "" if profile is Profile.stop_check else "GO means "
    scope = f"{opening}{scope_of(profile)}"
    st.caption(f"{scope[0].upper()}{scope[1:]}. It takes {LEAST_ANSWERS[profile]:,} answers.")
    return profile


def ask_assumed(slug: str, profile: Profile, expected: int) -> list[Assumed]:
    """What must hold, and what you assume is true of the build. Raises: Invalid."""
    answers = max(expected, LEAST_ANSWERS[profile])
    chosen = st.pills(
        "Criteria",
        list(Metric),
        selection_mode="multi",
        default=[one.metric for one in profile_criteria(profile, answers)],
        format_func=lambda metric: metric.title,
        key=f"plan-metrics-{slug}-{profile}",
        persist_state="session",
    )
    if not chosen:
        raise Invalid("Choose at least one thing that must hold.")
    if profile is not Profile.stop_check:
        st.caption("The floor is what would still be acceptable with conditions.")
    ordered = sorted(chosen, key=lambda metric: metric.urgency)
    starts = [starting_point(profile, answers, one) for one in ordered]
    with st.grid(2, min_column_width=320):
        drafts = [_ask_one(slug, profile, start) for start in starts]
    if any(draft is None for draft in drafts):
        raise Invalid("Mend what is marked above; then the answers can be planned.")
    return [draft for draft in drafts if draft is not None]


def _ask_one(slug: str, profile: Profile, start: Criterion) -> Assumed | None:
    metric = start.metric
    key = f"plan-{field_key(slug, profile, start)}"
    at_most = metric.direction is Direction.AT_MOST
    with st.container(border=True, gap="small"):
        st.markdown(f"**{metric.title}** · {metric.event}")
        with st.grid(3, min_column_width=110):
            side = "At most" if at_most else "At least"
            threshold = ask_value(f"{side}{unit(metric)}", metric, start.threshold, f"{key}-t")
            floor = None
            if profile is not Profile.stop_check:
                floor = ask_value(f"Floor{unit(metric)}", metric, start.floor, f"{key}-f")
            begin = usual(start).truth
            truth = ask_value(f"You assume{unit(metric)}", metric, begin, f"{key}-a")
        try:
            return _assumed(metric, threshold, floor, truth)
        except Invalid as wrong:
            st.error(str(wrong), icon=":material/error:")
    return None


def _assumed(
    metric: Metric, threshold: float | None, floor: float | None, truth: float | None
) -> Assumed:
    """One criterion with its assumption, from three fields. Raises: Invalid."""
    criterion = criterion_from(metric, threshold, floor)
    value = from_typed(metric, truth)
    if value is None:
        raise Invalid(f"{metric.title}: say what you assume of the build.")
    try:
        found = Assumed(criterion=criterion, truth=value)
    except ValidationError as wrong:
        raise Invalid(f"{metric.title}: {value:g} is not a value it can have.") from wrong
    if not found.can_be_shown:
        st.warning(
            "This build would not be beyond the limit: more testers do not help.",
            icon=":material/trending_flat:",
        )
    return found


def ask_power(slug: str) -> float:
    """The chance of GO that is wanted, if the build is as assumed."""
    chosen = st.segmented_control(
        "Chance of GO you want",
        POWERS,
        default=POWERS[0],
        format_func=lambda power: f"{power:.0%}".replace("%", " %"),
        key=f"plan-power-{slug}",
        persist_state="session",
        required=True,
    )
    return chosen or POWERS[0]


def ask_loyal_share(slug: str) -> float:
    """The part of testers whose answers are watched on their own as well; 0 for none."""
    watched = st.toggle(
        "Stop also when loyal players alone say no",
        key=f"plan-guard-{slug}",
        persist_state="session",
        help="The same criteria are watched among loyal players; they can only stop a launch.",
    )
    if not watched:
        return 0.0
    percent = st.number_input(
        "Loyal among the testers (%)", 1, 100, 50, key=f"plan-loyal-{slug}", persist_state="session"
    )
    return percent / 100
