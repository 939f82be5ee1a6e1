"""Who the customers are, how loyal they are, one customer's story, segments, the waiting list."""

from enum import StrEnum

import streamlit as st

from casework.customers import Attribute
from casework.errors import NotFound
from casework.loyalty import LoyaltyPolicy
from casework.panel import CameBy
from casework.text import escape_markdown
from db import customers, loyalty_policies, panelists, reliability, timeline
from db.clock import now
from db.customers import RosterEntry, RosterOrder, RosterPage, RosterSearch, RosterTotals, Standings
from db.engine import reading
from pages import who
from pages.parts.contact_rule import ask_rule
from pages.parts.loyalty_policy import ask_policy, show_backtest
from pages.parts.panel_entry import show_panel_entry
from pages.parts.roster_table import show_groups, show_page, show_story
from pages.parts.segment_editor import show_segments
from pages.parts.waiting_list import show_waiting_list

PAGE_SIZE = 25
CUSTOMER = "customer"


class Part(StrEnum):
    """What there is to look at."""

    ROSTER = "Customers"
    SEGMENTS = "Segments"
    WAITING_LIST = "Waiting list"


def invite_to_import() -> None:
    with st.container(border=True):
        st.subheader("No customers yet", anchor=False)
        st.markdown(
            "Import the list of your customers, then their purchases and sessions. From these "
            "Casework works out who is loyal, so that you can ask them before the launch."
        )
        if st.button("Import customers", type="primary", icon=":material/upload_file:"):
            st.switch_page("owner/import_data.py")


def show_totals(totals: RosterTotals, policy: LoyaltyPolicy) -> None:
    with st.grid("auto", min_column_width=180, gap="small"):
        st.metric("Customers", f"{totals.customers:,}", border=True)
        st.metric("With a history", f"{totals.with_history:,}", border=True)
        st.metric("Loyal", f"{totals.loyal:,}", border=True)
        st.metric(
            "Loyal and reachable",
            f"{totals.reachable_loyal:,}",
            border=True,
            help="With an e-mail address, and not asked to be left alone.",
        )
    st.caption(policy.described)
    if not totals.with_history:
        st.info(
            "Nobody has a history yet, so nobody is loyal. Import purchases and sessions next.",
            icon=":material/history:",
        )


def choose_search(
    values: dict[Attribute, tuple[str, ...]], interests: tuple[str, ...]
) -> RosterSearch:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Search", placeholder="Name, e-mail or id", icon=":material/search:", key="search"
        )
        order = st.selectbox(
            "Sorted by",
            list(RosterOrder),
            format_func=lambda one: one.label,
            width=200,
            key="order",
        )
        with st.popover("Filters", icon=":material/filter_list:"):
            loyal_only = st.toggle("Loyal customers only", key="loyal_only")
            reachable_only = st.toggle("Reachable customers only", key="reachable_only")
            wanted = {
                attribute: tuple(st.multiselect(attribute.label, known, key=attribute.value))
                for attribute, known in values.items()
                if len(known) > 1
            }
            tags = tuple(st.multiselect("Interests", interests, key="roster_interests"))
            came = tuple(
                st.multiselect(
                    "Came", list(CameBy), format_func=lambda one: one.label, key="roster_came"
                )
            )
    return RosterSearch(
        text=text,
        values=wanted,
        loyal_only=loyal_only,
        reachable_only=reachable_only,
        interests=tags,
        came_by=came,
        order=order,
    )


def show_found(search: RosterSearch) -> RosterEntry | None:
    """The page of the roster asked for, and whoever is selected in it."""
    key = f"page-{hash(search.model_dump_json())}"
    with reading() as session:
        found = customers.roster(
            session,
            actor,
            standings,
            search=search,
            reliability=turnout,
            page=st.session_state.get(key, 1),
            page_size=PAGE_SIZE,
        )
    if not found.found:
        st.info("Nobody matches. Change the search or the filters.", icon=":material/search_off:")
        return None
    # The count stands above the table, whose toolbar would otherwise cover the filters.
    st.caption(which(found))
    selected = show_page(found, f"{key}-{found.page}")
    if found.pages > 1:
        if st.session_state.get(key, 1) != found.page:  # beyond the last page
            st.session_state[key] = found.page
        st.pagination(found.pages, key=key)
    return selected


def which(found: RosterPage) -> str:
    first = (found.page - 1) * PAGE_SIZE + 1
    return f"{first:,}–{first + len(found.entries) - 1:,} of {found.found:,} customers"


def asked_for(standings: Standings) -> RosterEntry | None:
    """The customer of the address, for links from other pages."""
    asked = st.query_params.get(CUSTOMER, "")
    if not asked.isdecimal():
        return None
    try:
        with reading() as session:
            row = customers.get(session, actor, int(asked))
            kept = panelists.of_customer(session, int(asked))
    except NotFound as missing:
        st.warning(str(missing), icon=":material/person_off:")
        return None
    return RosterEntry(row, standings[int(asked)], turnout.get(int(asked)), kept)


def show_customer(entry: RosterEntry) -> None:
    with reading() as session:
        happened = timeline.of_customer(session, actor, entry.customer.id or 0)
    st.header(escape_markdown(entry.customer.name), anchor=False)
    show_panel_entry(actor, entry)
    show_story(entry, happened)


def show_roster() -> None:
    with reading() as session:
        interests = panelists.interests(session)
    if totals.with_history:
        ask_policy(actor, policy)
        show_backtest(actor, policy)
    ask_rule(actor)
    selected = show_found(choose_search(values, interests)) or asked_for(standings)
    if selected is None:
        st.caption("Select a row to see that customer's story.")
    else:
        show_customer(selected)
    show_groups(actor, standings, [name for name, known in values.items() if len(known) > 1])


actor = who.actor()
st.title("Customers", anchor=False)
with reading() as session:
    policy = loyalty_policies.current(session, now=now())
    standings = customers.loyalties(session, policy)
    totals = customers.totals(session, actor, standings)
    values = {attribute: customers.values_of(session, attribute) for attribute in Attribute}
    turnout = reliability.of_everybody(session, now=now())

if totals.customers:
    show_totals(totals, policy)
else:
    invite_to_import()
part = st.segmented_control(
    "Look at",
    list(Part) if totals.customers else [Part.WAITING_LIST],
    default=Part.ROSTER if totals.customers else Part.WAITING_LIST,
    required=True,
    key="customers_part",
    label_visibility="collapsed",
)
if part == Part.WAITING_LIST:
    show_waiting_list(actor)
elif part == Part.SEGMENTS:
    show_segments(actor, standings, values)
else:
    show_roster()
