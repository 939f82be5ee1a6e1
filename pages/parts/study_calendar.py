"""A study's calendar: drawn from its phases and activities, and told again as a table."""

from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from casework.schedule import Schedule, in_days, plain_day
from casework.text import escape_markdown
from db.activities import ActivityRow

ROW_HEIGHT = 34
INK_ON_LIGHT, INK_ON_DARK = "#2b2723", "#ece6dd"
"""The themes' text colours: Streamlit does not lend them to text inside a chart."""
PLANNED, HELD, TOO_LATE = "Planned", "Activity", "Activity that ends too late"


def show_calendar(seen: Schedule, activities: list[ActivityRow]) -> None:
    bars = _bars(seen, activities)
    st.altair_chart(_chart(bars, seen.today), alt=_described(seen))
    with st.expander("The calendar as a table", icon=":material/table_rows:"):
        st.table(_table(seen, activities), hide_index=True, alt="The days of this study")


def _bars(seen: Schedule, activities: list[ActivityRow]) -> pd.DataFrame:
    rows = [(phase.name, phase.begins, phase.ends, PLANNED) for phase in seen.phases]
    for one in activities:
        ends = one.closes_at.date()
        kind = TOO_LATE if ends > seen.decide_by else HELD
        rows.append((one.name[:40], one.starts_at.date(), ends, kind))
    frame = pd.DataFrame(rows, columns=["what", "begins", "ends", "kind"])
    # A bar covers its last day whole; a stretch of no days is still seen as one.
    frame["until"] = pd.to_datetime(frame["ends"]) + pd.Timedelta(days=1)
    frame["begins"] = pd.to_datetime(frame["begins"])
    frame["label"] = [f"{day.day} {day:%b}" for day in frame["ends"]]
    return frame.drop(columns="ends")


def _chart(bars: pd.DataFrame, today: date) -> alt.LayerChart | alt.FacetChart:
    ink = INK_ON_DARK if st.context.theme.type == "dark" else INK_ON_LIGHT
    order = list(dict.fromkeys(bars["what"]))
    base = alt.Chart(bars).encode(
        y=alt.Y("what:N", sort=order, title=None, axis=alt.Axis(labelLimit=120, ticks=False)),
    )
    dates = base.mark_text(align="left", dx=6, color=ink).encode(x="until:T", text="label:N")
    layers = alt.layer(_stretches(base, bars, today), dates, *_today(today, ink))
    return layers.properties(height=ROW_HEIGHT * len(order) + 40)


def _stretches(base: alt.Chart, bars: pd.DataFrame, today: date) -> alt.Chart:
    kinds = [kind for kind in (PLANNED, HELD, TOO_LATE) if kind in set(bars["kind"])]
    legend = alt.Legend(title=None, orient="bottom") if len(kinds) > 1 else None
    drawn: alt.Chart = base.mark_bar(cornerRadius=4, height=18).encode(
        x=alt.X(
            "begins:T",
            title=None,
            axis=alt.Axis(format="%-d %b", tickCount=5, grid=True),
            scale=alt.Scale(domain=_span(bars, pd.Timestamp(today))),
        ),
        x2="until:T",
        color=alt.Color("kind:N", sort=kinds, scale=alt.Scale(domain=kinds), legend=legend),
        tooltip=[
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("begins:T", title="From", format="%-d %b %Y"),
            alt.Tooltip("label:N", title="To"),
        ],
    )
    return drawn


def _today(today: date, ink: str) -> tuple[alt.Chart, alt.Chart]:
    day = alt.Chart(pd.DataFrame({"day": [pd.Timestamp(today)], "label": ["Today"]})).encode(
        x="day:T", tooltip=alt.Tooltip("day:T", title="Today", format="%-d %b %Y")
    )
    rule = day.mark_rule(strokeDash=[4, 3], strokeWidth=2, color=ink)
    name = day.mark_text(baseline="bottom", fontWeight="bold", color=ink)
    return rule, name.encode(y=alt.value(-4), text="label:N")


def _span(bars: pd.DataFrame, today: pd.Timestamp) -> list[alt.DateTime]:
    first, last = min(bars["begins"].min(), today), max(bars["until"].max(), today)
    # A quarter more to the right, where the last bar's date is written.
    return [_moment(first), _moment(last + (last - first) / 4)]


def _moment(when: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=when.year, month=when.month, date=when.day)


def _described(seen: Schedule) -> str:
    days = ", ".join(f"{day.milestone.label.lower()} {plain_day(day.on)}" for day in seen.calendar)
    return f"Calendar: today is {plain_day(seen.today)}; {days}."


def _table(seen: Schedule, activities: list[ActivityRow]) -> pd.DataFrame:
    rows = [(day.milestone.label, day.on, day.because) for day in seen.calendar]
    for one in activities:
        began = f"It runs from {plain_day(one.starts_at.date())}."
        rows.append((f"{escape_markdown(one.name)} ends", one.closes_at.date(), began))
    told = [(what, plain_day(on), distance(on - seen.today), why) for what, on, why in rows]
    return pd.DataFrame(told, columns=["What", "Day", "From today", "Why then"])


def distance(gap: timedelta) -> str:
    if gap.days == 0:
        return "today"
    return f"in {in_days(gap.days)}" if gap.days > 0 else f"{in_days(-gap.days)} ago"
