"""Drawing people for seats: quotas, whether they can be met, everybody's chance, and the draw."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from casework.lottery import Conflict, Mixture, find_conflict, solve
from casework.loyalty import LoyaltyPolicy
from casework.quotas import Quota
from casework.roles import Actor
from casework.text import escape_markdown
from db import draw_pools, draws, recruiting
from db.activities import ActivityRow
from db.clock import now
from db.engine import Session, transaction
from pages.parts.candidates import Pool
from pages.parts.draw_log import show_chances
from pages.parts.quota_table import ask_quotas, relax
from pages.parts.when import day_and_time
from pages.who import shown_errors

SOLVED = "solved_lottery"
LARGEST_SEED = 2**53 - 1
"""What a browser can carry exactly."""


def draw_people(
    actor: Actor, session: Session, activity: ActivityRow, pool: Pool, policy: LoyaltyPolicy
) -> None:
    st.write(
        "Among all groups that keep your quotas, the lottery makes the smallest chance of anybody "
        "as large as it can be. Nobody chooses its seed, and anybody can repeat the draw."
    )
    left = recruiting.seats_left(session, activity)
    seats = int(
        st.number_input(
            "Seats to fill", 1, 100_000, max(left, 1), key=f"fill-{activity.id}", width=200
        )
    )
    with shown_errors():
        quotas = ask_quotas(pool.left)
        conflict = find_conflict(pool.left, quotas, seats)
        if conflict is not None:
            offer_relaxation(conflict)
            return
        st.success(_can_be_met(len(pool.eligible), seats, quotas), icon=":material/check:")
        preview_chances(pool, quotas, seats)
        offer_draw(actor, session, activity, pool, policy, quotas=quotas, seats=seats)
        offer_dry_run(actor, activity, pool, policy, quotas=quotas, seats=seats)


def _can_be_met(eligible: int, seats: int, quotas: Sequence[Quota]) -> str:
    within = " within these quotas" if quotas else ""
    return f"{seats:,} of {eligible:,} people can be drawn{within}."


def offer_relaxation(conflict: Conflict) -> None:
    """What clashes, and the least that helps as one click."""
    st.error(str(conflict), icon=":material/error:")
    if conflict.changes:
        st.button(
            "Change to " + "; ".join(str(change) for change in conflict.changes),
            icon=":material/tune:",
            on_click=partial(relax, conflict.changes),
            key="relax",
        )


def preview_chances(pool: Pool, quotas: Sequence[Quota], seats: int) -> None:
    with st.expander(
        "Everybody’s chance before the draw", icon=":material/percent:", on_change="rerun"
    ) as box:
        if box.open:
            show_chances(_solved(pool, quotas, seats))


def _solved(pool: Pool, quotas: Sequence[Quota], seats: int) -> Mixture:
    """The lottery for what is on the screen, solved once until something changes."""
    asked = (tuple(one.model_dump_json() for one in pool.eligible), tuple(quotas), seats)
    known: tuple[int, Mixture] | None = st.session_state.get(SOLVED)
    if known is None or known[0] != hash(asked):
        with st.spinner("Working out the fairest chances …"):
            known = (hash(asked), solve(pool.left, quotas, seats))
        st.session_state[SOLVED] = known
    return known[1]


def offer_draw(
    actor: Actor,
    session: Session,
    activity: ActivityRow,
    pool: Pool,
    policy: LoyaltyPolicy,
    *,
    quotas: Sequence[Quota],
    seats: int,
) -> None:
    """First the number is announced, then people are drawn with it."""
    waiting = draws.announced(session, activity)
    if waiting is None:
        announce(actor, activity)
        return
    st.info(
        f"Announced on {day_and_time(waiting.announced_at)}: {escape_markdown(waiting.nonce)}",
        icon=":material/campaign:",
    )
    if st.button(f"Draw and seat {seats:,} people", type="primary"):
        mixture = _solved(pool, quotas, seats)
        with transaction() as writing:
            row = draws.draw_seats(
                writing,
                actor,
                activity,
                mixture,
                pool.left,
                policy=policy,
                now=now(),
                among=pool.filters,
            )
            draw_pools.keep(writing, actor, row, pool.everybody, segment=pool.segment)
        st.toast(
            f"{len(row.seats):,} people have a seat. Invite them next.", icon=":material/check:"
        )
        st.session_state["go_on"] = True
        st.rerun()


def announce(actor: Actor, activity: ActivityRow) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nonce = st.text_input(
            "Number to announce",
            placeholder="Leave empty and one is made for you",
            key=f"nonce-{activity.id}",
            max_chars=draws.LONGEST_NONCE,
        )
        pressed = st.button("Announce the draw", type="primary", icon=":material/campaign:")
    st.caption(
        "Tell others this number before you draw. The seed is made from it, from the list of "
        "people and from the quotas, so that nobody can try seeds until friends are drawn."
    )
    if pressed:
        with transaction() as writing:
            draws.announce(writing, actor, activity, nonce=nonce, now=now())
        st.rerun()


def offer_dry_run(
    actor: Actor,
    activity: ActivityRow,
    pool: Pool,
    policy: LoyaltyPolicy,
    *,
    quotas: Sequence[Quota],
    seats: int,
) -> None:
    with st.popover("Try it without seating anybody", icon=":material/science:"):
        seed = st.number_input("Seed", 0, LARGEST_SEED, 1, help="The same seed, the same people.")
        if st.button("Dry run", key="dry_run"):
            mixture = _solved(pool, quotas, seats)
            with transaction() as writing:
                row = draws.try_out(
                    writing,
                    actor,
                    activity,
                    mixture,
                    int(seed),
                    policy=policy,
                    now=now(),
                    among=pool.filters,
                )
                draw_pools.keep(writing, actor, row, pool.everybody, segment=pool.segment)
            st.rerun()
