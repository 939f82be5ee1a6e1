"""Testers' answers one by one, to be read and cited."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

import pandas as pd
import streamlit as st

from casework.criteria import Metric, figure
from casework.feedback import HAPPY_STARS, UNHAPPY_STARS
from casework.text import escape_markdown
from db.case_study import AnswerSeen
from pages.parts.case_work import cite
from pages.parts.words_heard import Scored, show_why

PER_PAGE = 8
WORDS_SHOWN = 8
Filter = Callable[[AnswerSeen], bool]

FILTERS: MappingProxyType[str, Filter] = MappingProxyType(
    {
        "All": lambda _: True,
        "Offended": lambda each: bool(each.offended),
        "Unhappy": lambda each: each.csat is not None and each.csat <= UNHAPPY_STARS,
        "Happy": lambda each: each.csat is not None and each.csat >= HAPPY_STARS,
        "Text and stars disagree": lambda each: each.disagrees,
    }
)


def read_and_cite(answers: Sequence[AnswerSeen], cited: Sequence[int], *, locked: bool) -> None:
    """Filtered pages of answers, those with words first, each with its button."""
    chosen = st.segmented_control(
        "Show", list(FILTERS), default="All", required=True, key="answers-shown"
    )
    found = [each for each in answers if FILTERS[chosen or "All"](each)]
    found.sort(key=lambda each: not each.text)
    if not found:
        st.info("No answer is of this kind.", icon=":material/search_off:")
        return
    pages = -(-len(found) // PER_PAGE)
    st.caption(f"{len(found)} of {len(answers)} answers, those with words first")
    number = st.pagination(pages, key=f"answers-page-{chosen}") if pages > 1 else 1
    for answer in found[(number - 1) * PER_PAGE : number * PER_PAGE]:
        _card(answer, is_cited=answer.number in cited, locked=locked)


def _card(answer: AnswerSeen, *, is_cited: bool, locked: bool) -> None:
    with st.container(border=True):
        st.markdown(f"**Answer {answer.number}**  {_badges(answer)}")
        st.markdown(quoted(answer.text, written=answer.written))
        if answer.words:
            st.caption(
                f"Tone {figure(Metric.sentiment, answer.polarity or 0)}, from: {_words(answer)}"
            )
        if answer.reading is not None:
            human = None if answer.label is answer.reading.label else answer.label
            show_why(Scored(answer.text, answer.reading, human, answer.csat))
        st.button(
            "Take the citation out" if is_cited else "Cite this answer",
            key=f"cite-{answer.number}",
            icon=":material/bookmark_remove:" if is_cited else ":material/bookmark_add:",
            on_click=cite,
            args=(answer.number,),
            disabled=locked,
        )


def quoted(text: str, *, written: bool = True) -> str:
    """A tester's words in quotation marks, as Markdown, or why there are none."""
    if text:
        return f"“{escape_markdown(text)}”".replace("\n", "  \n")
    if written:
        return "*Wrote something, but did not agree to be quoted.*"
    return "*Wrote nothing.*"


def _badges(answer: AnswerSeen) -> str:
    facts = [
        ("gray", "loyal player" if answer.loyal else "other player"),
        ("gray", f"satisfaction {answer.csat} of 5" if answer.csat is not None else ""),
        ("orange", "offended" if answer.offended else ""),
        ("orange", "crashed" if answer.crashed else ""),
        ("blue", "text and stars disagree" if answer.disagrees else ""),
    ]
    return " ".join(f":{colour}-badge[{words}]" for colour, words in facts if words)


def _words(answer: AnswerSeen) -> str:
    strongest = sorted(answer.words, key=lambda each: -abs(each.weight))[:WORDS_SHOWN]
    return ", ".join(
        f"{'+' if each.weight > 0 else '−'} {escape_markdown(each.text)}" for each in strongest
    )


def as_table(answers: Sequence[AnswerSeen]) -> None:
    """Every answer in one sortable table."""
    table = pd.DataFrame(
        {
            "Answer": [each.number for each in answers],
            "Loyal": [each.loyal for each in answers],
            "Satisfied (1–5)": [each.csat for each in answers],
            "Recommend (0–10)": [each.recommend for each in answers],
            "Offended": [each.offended for each in answers],
            "Crashed": [each.crashed for each in answers],
            "Tone (−1 to 1)": [each.polarity for each in answers],
            "Words": [each.text for each in answers],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        alt="All counted answers with their figures, tone and words",
        column_config={"Tone (−1 to 1)": st.column_config.NumberColumn(format="%.2f")},
    )
