"""How many testers an honest GO takes: worked out before any threshold is registered."""

import streamlit as st

from casework import schedule, standing
from casework.criteria import Profile, Reach, percent, profiles_within
from casework.criteria.profiles import LEAST_ANSWERS
from casework.errors import CaseworkError
from casework.loyalty import LoyaltyPolicy
from casework.schedule import Schedule
from casework.text import escape_markdown
from casework.verdict.answer_plan import AnswerPlan
from casework.verdict.assumed import Assumed
from db import customers
from db import standing as standings
from db.clock import now
from db.engine import reading
from pages import who
from pages.parts.criteria_fields import NAMES
from pages.parts.criteria_fill import fill_criteria
from pages.parts.criteria_reach import ask_reach
from pages.parts.plan_effort import ask_prices, show_effort
from pages.parts.plan_fields import ask_assumed, ask_loyal_share, ask_power, ask_profile
from pages.parts.plan_results import chance_at, played, show_curve, show_needed, show_needs
from pages.study_choice import chosen_study, go

MOST = 100_000


def ask_answers(slug: str, plan: AnswerPlan, expected: int) -> int:
    usual = plan.answers or max(expected, 1)
    return st.number_input(
        "Answers to plan for (N)",
        1,
        MOST,
        min(usual, MOST),
        key=f"plan-n-{slug}-{usual}",
        help="What you put into the launch criteria. More is not better if it never comes.",
    )


def plan_them(slug: str, reach: Reach, seen: Schedule) -> None:
    """Everything below the reach, from what should be decided to the hand-over. Raises: Invalid."""
    expected = reach.expected_answers
    st.subheader("What must be shown, and what do you assume?", anchor=False)
    profile = ask_profile(slug, expected)
    assumed = ask_assumed(slug, profile, expected)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        power = ask_power(slug)
        loyal_share = ask_loyal_share(slug)
    st.subheader("How many testers does it take?", anchor=False)
    can_go = profile is not Profile.stop_check
    plan = played(assumed, power, loyal_share, expected, can_go=can_go)
    show_needed(plan, expected, can_go=can_go)
    show_curve(slug, plan, assumed)
    st.subheader("What does each criterion cost?", anchor=False)
    show_needs(plan, assumed)
    st.subheader("When, and at what cost?", anchor=False)
    answers = ask_answers(slug, plan, expected)
    if can_go:
        st.caption(f"Chance of GO with {answers:,} answers: {percent(chance_at(plan, answers))}.")
    show_effort(answers, reach, ask_prices(slug), seen)
    loyal = round(loyal_share * answers) or None
    offer_to_use(slug, reach, answers, profile, assumed, loyal_answers=loyal)


def offer_to_use(
    slug: str,
    reach: Reach,
    answers: int,
    profile: Profile,
    assumed: list[Assumed],
    *,
    loyal_answers: int | None,
) -> None:
    carried = profile in profiles_within(answers)
    if not carried:
        st.info(
            f"{NAMES[profile]} takes {LEAST_ANSWERS[profile]:,} answers; plan for as many, or "
            "choose a smaller decision above.",
            icon=":material/lock:",
        )
    pressed = st.button(
        "Use these in the launch criteria",
        type="primary",
        icon=":material/arrow_forward:",
        disabled=not carried,
        help="Fills the form; nothing is registered yet.",
    )
    if pressed:
        fill_criteria(
            slug,
            reach,
            answers=answers,
            profile=profile,
            criteria=[one.criterion for one in assumed],
            loyal_answers=loyal_answers,
        )
        go("set_criteria", slug)


actor = who.actor()
with reading() as session:
    row = chosen_study(session, actor)
    facts = standings.facts(session, row, now=now())
    ranked = customers.loyalties(session, LoyaltyPolicy(as_of=now()))
    totals = customers.totals(session, actor, ranked)

st.title("Plan the answers", anchor=False)
st.caption(f"{escape_markdown(row.title)} · how many testers an honest GO takes")
st.subheader("How many answers can you reach?", anchor=False)
try:
    plan_them(
        row.slug,
        ask_reach(row.slug, totals),
        schedule.plan(row, now().date(), ahead=standing.ahead(facts)),
    )
except CaseworkError as wrong:
    st.error(str(wrong), icon=":material/error:")
