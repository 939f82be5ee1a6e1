"""What happened in each draw: chances, why somebody was drawn or not, and the public file."""

import pandas as pd
import streamlit as st

from casework.lottery import Draw, Mixture, explain
from casework.roles import Actor
from casework.text import escape_markdown
from db import draw_pools, draws, recruiting
from db.activities import ActivityRow
from db.draws import DrawRow
from db.engine import Session
from pages.parts.when import day_and_time
from pages.who import shown_errors


def show_draws(actor: Actor, session: Session, activity: ActivityRow) -> None:
    """The draws for an activity, the last one open to look into."""
    rows = draws.of_activity(session, activity)
    if not rows:
        return
    st.subheader("Draws so far", anchor=False)
    by_id = {row.id or 0: row for row in rows}
    chosen = st.selectbox(
        "Draw", list(by_id), format_func=lambda one: _title(by_id[one]), key=f"draw-{activity.id}"
    )
    with shown_errors():
        _show_draw(actor, session, activity, by_id[chosen])


def _title(row: DrawRow) -> str:
    kind = "Dry run" if row.dry_run else "Draw"
    return f"{kind} of {len(row.seats):,} seats, {day_and_time(row.at)}"


def _show_draw(actor: Actor, session: Session, activity: ActivityRow, row: DrawRow) -> None:
    again = draws.replay(row, activity)
    names = recruiting.names_of(session, row.seats)
    drawn = ", ".join(escape_markdown(names.get(one, "no longer here")) for one in row.seats[:50])
    st.markdown(f"{'Would be drawn' if row.dry_run else 'Drawn'}: {drawn}")
    st.caption("Drawn again from the record just now: the same seats.")
    among = draw_pools.in_words(session, row, activity)
    if among:
        st.caption(escape_markdown(among))
    show_chances(row.mixture)
    ask_why(actor, session, row, again)
    _offer_file(activity, row)


def show_chances(mixture: Mixture) -> None:
    """Everybody's published chance, one line per kind of customer, the smallest first."""
    with st.grid(3, min_column_width=140):
        st.metric("Even chance", f"{mixture.seats / mixture.eligible:.2%}", border=True)
        st.metric(
            "Smallest chance",
            f"{min(mixture.chances):.2%}",
            border=True,
            help="As large as the quotas allow.",
        )
        st.metric(
            "Against even",
            f"{mixture.least_ratio:.2f}",
            border=True,
            help="1 means that everybody's chance is the same.",
        )
    table = pd.DataFrame(
        [
            [*profile.values, profile.size, 100 * chance, ratio]
            for profile, chance, ratio in zip(
                mixture.profiles, mixture.chances, mixture.ratios, strict=True
            )
        ],
        columns=[*(trait.label for trait in mixture.traits), "Eligible", "Chance", "Against even"],
    ).sort_values("Chance", kind="stable")
    st.dataframe(
        table,
        hide_index=True,
        height=min(38 * len(table) + 38, 320),
        column_config={
            "Chance": st.column_config.NumberColumn(format="%.2f%%"),
            "Against even": st.column_config.NumberColumn(format="%.2f"),
        },
        alt="The chance of each kind of customer before the draw, the smallest first",
    )


def ask_why(actor: Actor, session: Session, row: DrawRow, again: Draw) -> None:
    """One customer's sheet: their chance and what the draw did."""
    text = st.text_input(
        "Why was somebody (not) drawn?",
        placeholder="Name, e-mail or id",
        icon=":material/help:",
        key=f"why-{row.id}",
    ).strip()
    if not text:
        return
    found = draws.find_people(session, actor, text)
    if not found:
        st.info("Nobody matches.", icon=":material/search_off:")
        return
    who = st.selectbox("Who", list(found), format_func=lambda one: found[one], key=f"who-{row.id}")
    sheet = explain(row.mixture, again, who)
    kept_out = (
        () if row.mixture.profile_of(who) is not None else draw_pools.reasons(session, row, who)
    )
    with st.container(border=True):
        icon = ":material/event_seat:" if sheet.drawn else ":material/hourglass_empty:"
        st.markdown(f"{icon} **{escape_markdown(found[who])}**, number {who}")
        for sentence in (*sheet.sentences, *kept_out):
            st.markdown(escape_markdown(sentence))


def _offer_file(activity: ActivityRow, row: DrawRow) -> None:
    seed = f"Seed {row.seed}" if row.dry_run else f"Announced: {row.nonce}. Seed {row.seed}"
    st.caption(
        escape_markdown(f"{seed}. Roster {row.roster_digest}. {row.loyalty_policy.described}")
    )
    st.download_button(
        "Download the public record (JSON)",
        draws.published(row, activity).model_dump_json(indent=1),
        f"draw-{row.id}.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
        help="Numbers, no names: anybody can draw again from it and must find the same seats.",
    )
