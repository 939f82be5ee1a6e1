"""Customers and their history in the database: stored once, updated, ranked, looked through."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from casework.customers import Attribute, Customer, Interaction, InteractionKind
from casework.errors import Invalid, NotAllowed, NotFound
from casework.imports import ImportKind
from casework.loyalty import LoyaltyPolicy
from casework.roles import Actor, Role
from db import customers
from db.audit import AuditRow
from db.customers import CustomerRow, InteractionRow, RosterOrder, RosterSearch

FILE = (
    b"id,name,email,os,country\n"
    b"A1,Ann,ann@example.com,iPhone,DE\n"
    b"A2,Bob,,android,FR\n"
    b"A3,Cy_100%,cy@example.com,android,DE\n"
)
HISTORY = (
    b"customer,date,amount,product\n"
    b"A1,2026-07-01,9.99,Gems\n"
    b"A1,2026-07-20,4.99,Hat\n"
    b"A2,2026-01-05,1.00,Gems\n"
    b"A9,2026-01-05,1.00,Gems\n"
    b"A2,2026-02-31,1.00,Gems\n"
)


@pytest.fixture
def stocked(session: Session, owner: Actor, now: datetime) -> Session:
    customers.import_file(session, owner, ImportKind.CUSTOMERS, "c.csv", FILE, now=now)
    customers.import_file(session, owner, ImportKind.INTERACTIONS, "h.csv", HISTORY, now=now)
    return session


@pytest.fixture
def standings(stocked: Session, now: datetime) -> customers.Standings:
    return customers.loyalties(stocked, LoyaltyPolicy(as_of=now))


def names(page: customers.RosterPage) -> list[str]:
    return [entry.customer.name for entry in page.entries]


def test_files_are_taken_over_and_bad_rows_handed_back(
    session: Session, owner: Actor, now: datetime
) -> None:
    first = customers.import_file(session, owner, ImportKind.CUSTOMERS, "c.csv", FILE, now=now)
    assert first.sentence == "3 added, 0 updated, 0 already there, 0 set aside."
    second = customers.import_file(
        session, owner, ImportKind.INTERACTIONS, "h.csv", HISTORY, now=now
    )
    assert (second.imported.added, second.imported.unchanged) == (3, 0)
    assert [(row.line, row.reason) for row in second.set_aside] == [
        (5, "No customer has the id “A9”. Import the customers first."),
        (6, "“2026-02-31” is not a possible date."),
    ]
    at = session.exec(select(InteractionRow.at).order_by(col(InteractionRow.id))).first()
    assert at == datetime(2026, 7, 1, tzinfo=UTC)


def test_importing_again_adds_nothing_twice(stocked: Session, owner: Actor, now: datetime) -> None:
    for kind, content in ((ImportKind.CUSTOMERS, FILE), (ImportKind.INTERACTIONS, HISTORY)):
        again = customers.import_file(stocked, owner, kind, "again.csv", content, now=now)
        assert (again.imported.added, again.imported.updated) == (0, 0)
        assert again.imported.unchanged == 3
    assert customers.count(stocked) == 3
    assert len(stocked.exec(select(InteractionRow)).all()) == 3


def test_an_update_changes_only_what_its_file_tells(
    stocked: Session, owner: Actor, now: datetime
) -> None:
    content = b"id,country\nA1,AT\nA2,FR\n"
    report = customers.import_file(stocked, owner, ImportKind.CUSTOMERS, "u.csv", content, now=now)
    assert (report.imported.updated, report.imported.unchanged) == (1, 1)
    ann = stocked.exec(select(CustomerRow).where(CustomerRow.ref == "A1")).one()
    assert (ann.region, ann.name, ann.email, ann.platform) == (
        "AT",
        "Ann",
        "ann@example.com",
        "ios",
    )


def test_a_corrected_amount_updates_the_purchase_with_its_id(
    stocked: Session, owner: Actor, now: datetime
) -> None:
    for amount, counted in (("5", (1, 0)), ("7", (0, 1))):
        content = f"customer,order id,date,amount\nA1,o-1,2026-07-02,{amount}\n".encode()
        done = customers.import_file(
            stocked, owner, ImportKind.INTERACTIONS, "o.csv", content, now=now
        ).imported
        assert (done.added, done.updated) == counted
    row = stocked.exec(select(InteractionRow).where(InteractionRow.ref == "purchase:o-1")).one()
    assert row.spend_cents == 700


def test_interactions_of_unknown_customers_are_returned(
    stocked: Session, owner: Actor, now: datetime
) -> None:
    lost = Interaction(ref="x", customer_ref="nobody", kind=InteractionKind.SESSION, at=now)
    done = customers.import_interactions(stocked, owner, [lost], now=now)
    assert (done.added, done.unknown) == (0, (lost,))


def test_an_import_leaves_a_trail_without_names(
    stocked: Session, owner: Actor, now: datetime
) -> None:
    trail = stocked.exec(select(AuditRow).order_by(col(AuditRow.id))).all()
    assert [(row.act, row.detail) for row in trail] == [
        ("import customers", "3 added, 0 updated, 0 unchanged"),
        ("import interactions", "3 added, 0 updated, 0 unchanged"),
    ]


def test_a_file_that_is_no_table_stores_nothing(
    session: Session, owner: Actor, now: datetime
) -> None:
    with pytest.raises(Invalid, match="empty"):
        customers.import_file(session, owner, ImportKind.CUSTOMERS, "c.csv", b"", now=now)
    assert customers.count(session) == 0


def test_only_owners_import_and_look(session: Session, now: datetime) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    standings = customers.loyalties(session, LoyaltyPolicy(as_of=now))
    for act in (
        lambda: customers.import_customers(session, student, [], now=now),
        lambda: customers.import_interactions(session, student, [], now=now),
        lambda: customers.read_file(session, student, ImportKind.CUSTOMERS, FILE, now=now),
        lambda: customers.roster(session, student, standings),
        lambda: customers.totals(session, student, standings),
        lambda: customers.groups(session, student, standings, Attribute.REGION),
        lambda: customers.get(session, student, 1),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_loyalty_comes_from_the_history(stocked: Session, standings: customers.Standings) -> None:
    by_ref = {row.ref: row.id or 0 for row in stocked.exec(select(CustomerRow))}
    # n = 3: ranks are 1/6, 1/2, 5/6; Ann leads in all three, Cy has no history.
    assert standings[by_ref["A1"]].score == pytest.approx(5 / 6)
    assert standings[by_ref["A2"]].score == pytest.approx(1 / 2)
    assert standings[by_ref["A3"]].score == pytest.approx(1 / 6)
    assert [standings[by_ref[ref]].loyal for ref in ("A1", "A2", "A3")] == [True, False, False]
    assert "no purchase or session" in standings[by_ref["A3"]].reason
    assert set(standings) == set(by_ref.values())


def test_a_window_leaves_out_what_is_older(stocked: Session, now: datetime) -> None:
    policy = LoyaltyPolicy(as_of=now, window_days=90)
    found = customers.loyalties(stocked, policy).ranked
    assert found.has_history.tolist() == [True, False, False]


def test_the_roster_is_filtered_searched_and_sorted(
    stocked: Session, owner: Actor, standings: customers.Standings
) -> None:
    def found(search: RosterSearch) -> list[str]:
        return names(customers.roster(stocked, owner, standings, search=search))

    assert found(RosterSearch()) == ["Ann", "Bob", "Cy_100%"]
    assert found(RosterSearch(text="EXAMPLE.com")) == ["Ann", "Cy_100%"]
    assert found(RosterSearch(text="a2")) == ["Bob"]
    assert found(RosterSearch(text="%")) == ["Cy_100%"]
    assert found(RosterSearch(text="_")) == ["Cy_100%"]
    assert found(RosterSearch(values={Attribute.PLATFORM: ("android",)})) == ["Bob", "Cy_100%"]
    assert found(
        RosterSearch(values={Attribute.PLATFORM: ("android",), Attribute.REGION: ("DE",)})
    ) == ["Cy_100%"]
    assert found(RosterSearch(loyal_only=True)) == ["Ann"]
    assert found(RosterSearch(reachable_only=True)) == ["Ann", "Cy_100%"]
    assert found(RosterSearch(text="nobody")) == []


def test_pages_of_the_roster_never_run_past_the_end(
    stocked: Session, owner: Actor, standings: customers.Standings
) -> None:
    by_name = RosterSearch(order=RosterOrder.NAME)
    second = customers.roster(stocked, owner, standings, search=by_name, page=2, page_size=2)
    assert (names(second), second.found, second.pages) == (["Cy_100%"], 3, 2)
    beyond = customers.roster(stocked, owner, standings, search=by_name, page=99, page_size=2)
    assert (beyond.page, names(beyond)) == (2, ["Cy_100%"])


def test_totals_and_groups_add_up(
    stocked: Session, owner: Actor, standings: customers.Standings
) -> None:
    totals = customers.totals(stocked, owner, standings)
    assert (totals.customers, totals.with_history) == (3, 2)
    assert (totals.loyal, totals.reachable_loyal) == (1, 1)
    groups = customers.groups(stocked, owner, standings, Attribute.PLATFORM)
    assert [(group.value, group.customers, group.loyal) for group in groups] == [
        ("android", 2, 0),
        ("ios", 1, 1),
    ]
    assert customers.values_of(stocked, Attribute.REGION) == ("DE", "FR")


def test_an_empty_roster_is_no_error(session: Session, owner: Actor, now: datetime) -> None:
    standings = customers.loyalties(session, LoyaltyPolicy(as_of=now))
    page = customers.roster(session, owner, standings)
    assert (page.entries, page.found, page.page, page.pages) == ((), 0, 1, 1)
    with pytest.raises(NotFound):
        customers.get(session, owner, 1)


def test_more_rows_than_one_statement_takes(session: Session, owner: Actor, now: datetime) -> None:
    many = [Customer(ref=f"C{i}", name=f"Name {i}") for i in range(5_001)]
    assert customers.import_customers(session, owner, many, now=now).added == 5_001
    visits = [
        Interaction(
            ref=f"s{i}",
            customer_ref=f"C{i}",
            kind=InteractionKind.SESSION,
            at=now - timedelta(hours=i),
        )
        for i in range(5_001)
    ]
    assert customers.import_interactions(session, owner, visits, now=now).added == 5_001
    assert customers.import_interactions(session, owner, visits, now=now).unchanged == 5_001
