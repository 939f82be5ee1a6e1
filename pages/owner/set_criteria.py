"""Launch criteria: what can be reached, what must hold, and registering it for good."""

from datetime import date

import streamlit as st

from casework import schedule, standing
from casework.attempts import Attempt, false_go_over
from casework.criteria import LaunchCriteria, Profile, Reach, percent, warnings
from casework.criteria.drafting import criteria_from, not_excluded, warned
from casework.errors import CaseworkError
from casework.schedule import Schedule, in_days, plain_day
from casework.text import escape_markdown
from db import builds, criteria, customers, loyalty_policies, own_terms
from db import standing as standings
from db.clock import now
from db.engine import reading, transaction
from db.studies import StudyRow
from pages import who
from pages.parts.criteria_base import ask_base
from pages.parts.criteria_fields import (
    answers_key,
    ask_closing,
    ask_criteria,
    ask_guardrail,
    choose_profile,
)
from pages.parts.criteria_history import show_history, show_in_force
from pages.parts.criteria_reach import ask_reach
from pages.study_choice import chosen_study

FLASH = "registered"


def ask_build(slug: str, versions: list[str], usual: str) -> str:
    """The build to be decided: one there is, or the name of one to come."""
    if not versions:
        return st.text_input("Build to be decided", "0.9.0", max_chars=40, key=f"build-{slug}")
    chosen = st.selectbox(
        "Build to be decided",
        versions,
        index=versions.index(usual) if usual in versions else 0,
        accept_new_options=True,
        key=f"build-{slug}-{usual}",
    )
    return chosen or ""


def ask_answers(slug: str, reach: Reach) -> int:
    expected = max(reach.expected_answers, 1)
    planned = st.number_input(
        "Answers you plan for (N)",
        1,
        100_000,
        min(expected, 100_000),
        key=answers_key(slug, expected),
        persist_state="session",
        help="The first N answers count. Plan what you can reach: more is not better if it "
        "never comes.",
    )
    if planned > expected:
        st.warning(
            f"You plan for {planned:,} answers and can expect {expected:,}. At closing the "
            "verdict would then rest on fewer answers than planned.",
            icon=":material/groups:",
        )
    return planned


def warn_about_closing(closes: date, seen: Schedule) -> None:
    if closes > seen.close_by:
        st.warning(
            f"The last day to close is {plain_day(seen.close_by)}: the answers take "
            f"{in_days(schedule.READING_DAYS)} to read before the last day to decide, "
            f"{plain_day(seen.decide_by)}.",
            icon=":material/event_busy:",
        )


def warn_about_attempts(build: str, attempts: tuple[Attempt, ...], received: int) -> None:
    """What registering now would mean for this build."""
    of_build = [one for one in attempts if one.build == build]
    if received and (not of_build or of_build[-1].late):
        came = "1 answer" if received == 1 else f"{received:,} answers"
        st.error(
            f"{came} to build {escape_markdown(build)} came before any criteria. A verdict on it "
            "would be INVALID: register criteria for a new build instead.",
            title="The answers came first",
            icon=":material/gpp_bad:",
        )
    elif of_build and of_build[-1].answers:
        count = len(attempts) + 1
        st.warning(
            "It counts only answers received after registering; the "
            f"{of_build[-1].answers:,} received so far stay with the attempt before. Over {count} "
            f"attempts the chance of a false GO is at most {percent(false_go_over(count))}.",
            title=f"This would be attempt {count}",
            icon=":material/replay:",
        )


def ask_time(slug: str, seen: Schedule) -> tuple[date, int]:
    """When it closes, and how long a tester should have the build to speak of its crashes."""
    with st.grid(2):
        closes = ask_closing(slug, seen.close_by, seen.today) or seen.today
        exposure = st.number_input(
            "Days a tester should have the build",
            0,
            60,
            7,
            key=f"exposure-{slug}",
            persist_state="session",
            help="Testers tell of crashes with their answer. The verdict warns where many answer "
            "before so many days with the build are over: later crashes are then not in it.",
        )
    warn_about_closing(closes, seen)
    return closes, exposure


def present_scorer() -> str:
    """The scorer in force, with the version of this installation's own words."""
    with reading() as session:
        return own_terms.reader(session).read_by


def draft(row: StudyRow, build: str, reach: Reach, seen: Schedule) -> LaunchCriteria:
    """The criteria as they stand in the fields. Raises: Invalid."""
    answers = ask_answers(row.slug, reach)
    st.subheader("What a GO should mean", anchor=False)
    profile = choose_profile(row.slug, answers)
    st.subheader("What must hold", anchor=False)
    chosen = ask_criteria(row.slug, profile, answers, row.players)
    guardrail = ask_guardrail(row.slug, answers)
    base = ask_base(actor, row.slug, ranked, totals)
    closes, exposure = ask_time(row.slug, seen)
    return criteria_from(
        study=row.slug,
        build=build,
        profile=profile,
        answers=answers,
        closes_on=closes,
        criteria=chosen,
        loyal_guardrail_answers=guardrail,
        loyalty_policy=policy.described,
        exposure_days=exposure,
        scorer_version=present_scorer(),
        base=base,
    )


def show_limits(wanted: LaunchCriteria) -> None:
    """What these criteria can never show with the answers planned."""
    if wanted.profile is Profile.stop_check:
        st.info(
            f"A stop check never says GO. Even {wanted.answers:,} answers without a single bad "
            f"one leave a rate of {percent(not_excluded(wanted.answers))} possible.",
            icon=":material/info:",
        )
        return
    for warning in warnings(wanted):
        st.warning(warned(warning), icon=":material/block:")


def offer_to_register(row: StudyRow, wanted: LaunchCriteria) -> None:
    show_limits(wanted)
    with st.container(border=True):
        st.markdown(
            f"Registering stores these criteria for build **{escape_markdown(wanted.build)}**, "
            f"counting answers until **{plain_day(wanted.closes_at.date())}**, with the time and a "
            "SHA-256 of their text. They can never be edited; another version can follow, and both "
            "stay visible."
        )
        key = f"sure-{wanted.study}-{len(rows)}"
        sure = st.checkbox("I understand that this version cannot be edited", key=key)
        if st.button("Register the criteria", type="primary", disabled=not sure):
            register(row, wanted)


def register(row: StudyRow, wanted: LaunchCriteria) -> None:
    with who.shown_errors():
        with transaction() as session:
            stored = criteria.register(session, actor, row, wanted, now=now())
        st.session_state[FLASH] = f"Version {stored.version} is registered: {stored.digest}"
        st.rerun()


actor = who.actor()
with reading() as session:
    row = chosen_study(session, actor)
    facts = standings.facts(session, row, now=now())
    policy = loyalty_policies.current(session, now=now())
    ranked = customers.loyalties(session, policy)
    totals = customers.totals(session, actor, ranked)
    versions = [one.version for one in builds.of_study(session, row.id)]
    rows = criteria.versions(session, row.id)
    attempts = criteria.attempts(session, row.id)
    received = criteria.answers_received(session, row.id)
seen = schedule.plan(row, now().date(), ahead=standing.ahead(facts))

st.title("Launch criteria")
st.caption(f"{escape_markdown(row.title)} · what must hold, written down before the first answer")
if FLASH in st.session_state:
    st.success(st.session_state.pop(FLASH), icon=":material/verified:")
if attempts:
    show_in_force(attempts[-1], row.players)
    show_history(rows, attempts)
    st.header("Register another version", anchor=False)
st.subheader("How many answers can you reach?", anchor=False)
reach = ask_reach(row.slug, totals)
build = ask_build(row.slug, versions, facts.newest_build or "")
warn_about_attempts(build, attempts, received.get(build, 0))
try:
    offer_to_register(row, draft(row, build, reach, seen))
except CaseworkError as wrong:
    st.error(str(wrong), icon=":material/error:")
