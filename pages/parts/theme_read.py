"""One theme as an owner reads it: its figures, builds side by side, and the texts themselves."""

import numpy as np
import streamlit as st

from casework.charts import share_by_build
from casework.criteria import Metric, figure, percent
from casework.text import escape_markdown
from casework.themes import Assignment, Heard, Share, ThemeFigures, Tone
from db import heard_texts, themes
from db.engine import reading
from db.feedback import FeedbackRow
from pages import who
from pages.parts.drawn_chart import show_drawn
from pages.parts.one_answer import to_answer
from pages.parts.words_heard import Scored, show_why

PER_PAGE = 10


def show_theme(
    heard: Heard, assignment: Assignment, found: ThemeFigures, *, outside: bool = False
) -> None:
    theme = assignment.themes.get(found.name)
    st.header(escape_markdown(theme.name), anchor=False)
    if theme.is_values:
        st.caption("Whatever sounds offended is here too, whichever words it uses.")
    show_figures(found, outside=outside)
    show_terms(theme.terms)
    show_drawn(share_by_build(found))
    show_texts(heard, np.flatnonzero(assignment.of(theme.name)), f"theme-{theme.name}")


def show_figures(found: ThemeFigures, *, outside: bool = False) -> None:
    """Share, tone, and loyal customers against others, whom nobody can tell apart outside."""
    shown = [
        ("Share of the texts", _share(found.share), _of(found.share)),
        ("Mean tone", _mean(found.tone), _interval(found.tone)),
        ("Among loyal customers", _share(found.loyal), _of(found.loyal)),
        ("Among others", _share(found.others), _of(found.others)),
    ]
    with st.grid("auto", min_column_width=170, gap="small"):
        for label, value, detail in shown[:2] if outside else shown:
            with st.container(border=True, gap="xsmall"):
                st.caption(label)
                st.markdown(f"**{value}**")
                st.caption(detail)


def _share(share: Share) -> str:
    return percent(share.value) if share.n else "–"


def _of(share: Share) -> str:
    if share.interval is None:
        return "nobody yet"
    low, high = share.interval
    return f"{share.count:,} of {share.n:,}; 95 %: {percent(low)} to {percent(high)}"


def _mean(tone: Tone) -> str:
    return "–" if tone.polarity is None else figure(Metric.sentiment, tone.polarity)


def _interval(tone: Tone) -> str:
    if tone.interval is None:
        return f"n = {tone.n:,}"
    low, high = (figure(Metric.sentiment, bound) for bound in tone.interval)
    return f"n = {tone.n:,}; 95 %: {low} to {high}"


def show_terms(terms: tuple[str, ...]) -> None:
    with st.expander(f"Its {len(terms)} terms", icon=":material/sell:"):
        st.text(", ".join(terms) or "None.")
        st.caption("A * stands for any ending.")


def show_texts(heard: Heard, places: np.ndarray[tuple[int], np.dtype[np.intp]], key: str) -> None:
    """The texts, the newest first, page by page; an owner may read all of them."""
    st.subheader(f"What they said ({len(places):,})", anchor=False)
    pages = max(1, -(-len(places) // PER_PAGE))
    page = min(int(st.session_state.get(f"{key}-page", 1)), pages)
    newest = places[::-1][(page - 1) * PER_PAGE : page * PER_PAGE]
    for place in newest:
        show_text(heard, int(place))
    if pages > 1:
        st.pagination(pages, key=f"{key}-page")
    if not len(places):
        st.caption("Nothing yet.")


def show_text(heard: Heard, place: int) -> None:
    polarity = float(heard.polarity[place])
    tone = "no tone" if np.isnan(polarity) else f"tone {figure(Metric.sentiment, polarity)}"
    source = heard.source[place].capitalize()
    told = [source, escape_markdown(heard.build[place]), tone]
    # What somebody said outside has no consent to follow, and nobody knows how loyal they are.
    if not heard.source[place].startswith(themes.VOICE):
        told.insert(2, "loyal" if heard.loyal[place] else "not loyal")
        told.append("may be quoted" if heard.may_quote[place] else "not to be quoted")
    with st.container(border=True, gap="xsmall"):
        st.text(heard.texts[place])
        st.caption(" · ".join(told))
        show_reading(heard.source[place], heard.texts[place])


def show_reading(name: str, text: str) -> None:
    """Why the text got its score, and the way to its answer."""
    with reading() as session:
        row = heard_texts.by_name(session, who.actor(), name)
    if row is None or row.reading is None:
        return
    stars = row.csat if isinstance(row, FeedbackRow) else None
    with st.container(horizontal=True, vertical_alignment="center"):
        show_why(Scored(text, row.reading, row.human_label, stars, row.read_by))
        if isinstance(row, FeedbackRow):
            to_answer(row.id or 0)
