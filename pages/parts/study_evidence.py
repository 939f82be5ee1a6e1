"""What a student reads of the study: its plan, group, funnel and verdict, and nothing to press."""

import pandas as pd
import streamlit as st

from casework.criteria import Direction, figure
from casework.report.words import in_words
from casework.text import escape_markdown
from casework.verdict import CriterionResult
from db.case_study import CaseStudy, FunnelSeen, GroupSeen


def facts(study: CaseStudy) -> None:
    """The study in three figures and a sentence."""
    with st.container(horizontal=True):
        st.metric("Build tested", study.build, border=True)
        st.metric("Answers counted", len(study.answers), border=True)
        st.metric(
            "Planned release", f"{study.release_on.day} {study.release_on:%b %Y}", border=True
        )
    if study.hypothesis:
        st.markdown(f"**What the team believed:** {_said(study.hypothesis)}")


def criteria(study: CaseStudy) -> None:
    """What had to hold, as registered before the first answer."""
    st.markdown(
        "These limits were fixed before the first answer came in. The verdict follows from them "
        "and from the answers; nobody can turn it afterwards."
    )
    results = study.verdict.criteria
    table = pd.DataFrame(
        {
            "Measured": [each.metric.title for each in results],
            "Limit": [_limit(each) for each in results],
            "Observed": [
                "none" if each.observed is None else figure(each.metric, each.observed)
                for each in results
            ],
            "95 % interval": [_interval(each) for each in results],
            "Testers": [each.answers for each in results],
        }
    )
    st.dataframe(table, hide_index=True, alt="Each criterion with its limit and what was observed")
    with st.expander("The limits in plain words"):
        for metric, words in study.criteria:
            st.markdown(f"**{metric.title}:** {escape_markdown(words)}")
        st.caption("Teaching assumption: the number of players. The case tells none.")


def _limit(result: CriterionResult) -> str:
    side = "at most" if result.direction is Direction.AT_MOST else "at least"
    return f"{side} {figure(result.metric, result.threshold)}"


def _interval(result: CriterionResult) -> str:
    if result.interval is None:
        return "not known"
    low, high = result.interval
    return f"{figure(result.metric, low)} to {figure(result.metric, high)}"


def verdict(study: CaseStudy) -> None:
    """The outcome with its reasons and what a person must look at."""
    found = study.verdict
    st.subheader(f"Verdict on {study.build}: {found.outcome.value}", anchor=False)
    if found.scope:
        st.markdown(f"{_said(found.scope[:1].upper() + found.scope[1:])}.")
    for reason in found.reasons:
        st.markdown(f"- {_said(in_words(reason.text))}")
    for gate in found.gates:
        if not gate.clear:
            st.markdown(f"- A person must look at this first ({gate.name}): {_said(gate.detail)}")
    for warning in found.warnings:
        st.caption(_said(in_words(warning)))


def focus_group(study: CaseStudy) -> None:
    """What the group objected to and came up with."""
    group = study.group
    if not (group.vetoes or group.vetoes_withheld or group.ideas):
        st.info("No remark of a focus group is on file in this study.", icon=":material/forum:")
        return
    st.caption(f"{group.attended} players were heard. Their names are left out.")
    vetoes, ideas = st.columns(2)
    with vetoes.container(border=True, height="stretch"):
        st.subheader("Objections of principle", anchor=False)
        for words in group.vetoes:
            st.markdown(f"“{_said(words)}”")
        if said := _withheld(group):
            st.caption(said)
    with ideas.container(border=True, height="stretch"):
        st.subheader("Their own ideas", anchor=False)
        for title, words in group.ideas:
            st.markdown(f"**{_said(title)}**  \n{_said(words)}")
        if not group.ideas:
            st.caption("None was noted.")


def _withheld(group: GroupSeen) -> str:
    """What a reader must know of the objections that are not shown."""
    if not group.vetoes_withheld:
        return "" if group.vetoes else "None was raised."
    count, more = group.vetoes_withheld, " more" if group.vetoes else ""
    was = "was" if count == 1 else "were"
    return f"{count}{more} {was} raised in words that may not be quoted."


def funnels(study: CaseStudy) -> None:
    """How many of those chosen came how far."""
    if not study.funnels:
        st.info("Nobody was invited in this study.", icon=":material/filter_alt:")
    for funnel in study.funnels:
        _funnel(funnel)


def _funnel(funnel: FunnelSeen) -> None:
    st.subheader(f"{funnel.kind.label}: {_said(funnel.name)}", anchor=False)
    table = pd.DataFrame(
        {
            "Step": [each.step.label for each in funnel.steps],
            "Reached": [each.reached for each in funnel.steps],
            "Of": [each.of for each in funnel.steps],
            "Share": [100 * each.reached / each.of if each.of else None for each in funnel.steps],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        alt=f"How many reached each step of the {funnel.kind.label.lower()}",
        column_config={
            "Share": st.column_config.ProgressColumn(
                "Of the step before", format="%d %%", min_value=0, max_value=100
            )
        },
    )


def _said(text: str) -> str:
    """Typed words on one line of Markdown."""
    return escape_markdown(" ".join(text.split()))
