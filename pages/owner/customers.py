"""Who the customers are, how loyal they are, and one customer's story."""

import streamlit as st

from casework.customers import Attribute
from casework.errors import NotFound
from casework.loyalty import LoyaltyPolicy
from casework.text import escape_markdown
from db import customers, loyalty_policies, timeline
from db.clock import now
from db.customers import RosterEntry, RosterOrder, RosterPage, RosterSearch, RosterTotals, Standings
from db.engine import reading
from pages import who
from pages.parts.loyalty_policy import ask_policy, show_backtest
from pages.parts.roster_table import show_groups, show_page, show_story

PAGE_SIZE = 25
CUSTOMER = "customer"


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


def choose_search(values: dict[Attribute, tuple[str, ...]]) -> RosterSearch:
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
    return RosterSearch(
        text=text,
        values=wanted,
        loyal_only=loyal_only,
        reachable_only=reachable_only,
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
    except NotFound as missing:
        st.warning(str(missing), icon=":material/person_off:")
        return None
    return RosterEntry(row, standings[int(asked)])


def show_customer(entry: RosterEntry) -> None:
    with reading() as session:
        happened = timeline.of_customer(session, actor, entry.customer.id or 0)
    st.header(escape_markdown(entry.customer.name), anchor=False)
    show_story(entry, happened)


actor = who.actor()
st.title("Customers", anchor=False)
with reading() as session:
    policy = loyalty_policies.current(session, now=now())
    standings = customers.loyalties(session, policy)
    totals = customers.totals(session, actor, standings)
    values = {attribute: customers.values_of(session, attribute) for attribute in Attribute}

if not totals.customers:
    invite_to_import()
    st.stop()

show_totals(totals, policy)
if totals.with_history:
    ask_policy(actor, policy)
    show_backtest(actor, policy)
selected = show_found(choose_search(values)) or asked_for(standings)
if selected is None:
    st.caption("Select a row to see that customer's story.")
else:
    show_customer(selected)
show_groups(actor, standings, [name for name, known in values.items() if len(known) > 1])
