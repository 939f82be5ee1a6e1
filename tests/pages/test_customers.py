"""The customers' pages, from an empty roster over a checked import to one customer's story."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from casework.imports import ImportKind
from casework.imports.examples import example_csv
from casework.roles import Actor, Role
from db import customers, loyalty_policies
from db.clock import now
from db.customers import CustomerRow, InteractionRow
from db.engine import reading, transaction
from tests.conftest import Page

OWNER = Actor(role=Role.OWNER, name="Olive Owner")
CUSTOMERS = "owner/customers.py"
IMPORT = "owner/import_data.py"


def stock(rows: int = 3) -> None:
    """Customers named Person 000 on, the first of whom bought last, most often and for most."""
    people = "id,name,email,os\n" + "".join(
        f"C{i},Person {i:03},p{i}@example.com,{'ios' if i % 2 else 'android'}\n"
        for i in range(rows)
    )
    bought = "customer,date,amount\n" + "".join(
        f"C{i},{now() - timedelta(days=1 + i):%Y-%m-%d},{rows - i}.50\n" for i in range(rows)
    )
    with transaction() as session:
        for kind, text in ((ImportKind.CUSTOMERS, people), (ImportKind.INTERACTIONS, bought)):
            customers.import_file(session, OWNER, kind, "x.csv", text.encode(), now=now())


def upload(page: AppTest, name: str, content: bytes) -> AppTest:
    return page.file_uploader[0].upload(name, content, "text/csv").run()


def texts(page: AppTest) -> str:
    shown = [*page.markdown, *page.caption, *page.info, *page.warning, *page.error, *page.success]
    return "\n".join(str(one.value) for one in shown)


def metrics(page: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in page.metric}


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def test_an_empty_roster_leads_to_the_import(page: Page) -> None:
    roster = page(Role.OWNER, CUSTOMERS)
    assert not roster.exception
    assert "Import the list of your customers" in texts(roster)
    there = press(roster, "Import customers")
    assert there.title[0].value == "Import data"


def test_before_a_file_is_chosen_the_page_shows_what_is_expected(page: Page) -> None:
    opened = page(Role.OWNER, IMPORT)
    assert not opened.exception
    assert "Only the id is required" in texts(opened)
    assert list(opened.dataframe[0].value["customer_id"]) == ["P-1001", "P-1002", "P-1003"]
    opened.segmented_control(key="import_kind").select(ImportKind.INTERACTIONS).run()
    assert "One row per purchase or session" in texts(opened)


def test_customers_are_previewed_confirmed_and_stored(page: Page) -> None:
    opened = page(Role.OWNER, IMPORT)
    content = b"Player ID;Full name;E-mail;OS\n1;Ann;ann@example.com;iOS\n2;Bob;nowhere;iOS\n"
    upload(opened, "players.csv", content)
    assert not opened.exception
    chosen = {box.label: box.value for box in opened.selectbox}
    assert chosen["Customer id (required)"] == "Player ID"
    assert (chosen["Name"], chosen["Platform"], chosen["Region"]) == ("Full name", "OS", None)
    assert metrics(opened) == {"Rows to import": "1", "Rows set aside": "1"}
    first, aside = (table.value for table in opened.dataframe)
    assert (first["Name"][0], first["Platform"][0]) == ("Ann", "ios")
    assert (aside["Line"][0], aside["Reason"][0]) == (3, "“nowhere” is not an e-mail address.")
    with reading() as session:
        assert customers.count(session) == 0
    press(opened, "Import 1 row")
    assert not opened.exception
    assert "1 added, 0 updated, 0 already there, 1 set aside." in texts(opened)
    assert "Next: what they bought and when they played." in texts(opened)
    assert opened.segmented_control(key="import_kind").value == ImportKind.INTERACTIONS
    with reading() as session:
        assert session.exec(select(CustomerRow.name)).all() == ["Ann"]
    upload(opened, "more.csv", b"customer,date\n1,2026-01-02\n2,2026-01-02\n")
    assert not opened.exception
    assert len(opened.get("download_button")) == 2  # of this file and of the one before


def test_a_wrong_guess_is_corrected_before_anything_is_stored(page: Page) -> None:
    opened = upload(page(Role.OWNER, IMPORT), "c.csv", b"id,name,alias\n1,x17,Ann\n")
    next(box for box in opened.selectbox if box.label == "Name").select("alias").run()
    assert opened.dataframe[0].value["Name"][0] == "Ann"
    press(opened, "Import 1 row")
    with reading() as session:
        assert session.exec(select(CustomerRow.name)).all() == ["Ann"]


def test_a_history_is_read_as_the_owner_says_and_unknown_customers_set_aside(page: Page) -> None:
    stock(1)
    opened = page(Role.OWNER, IMPORT)
    opened.segmented_control(key="import_kind").select(ImportKind.INTERACTIONS).run()
    upload(opened, "h.csv", b"customer,date,amount\nC0,03/04/2026,5\nC9,03/04/2026,5\n")
    assert "03/04/2026 is read as 3 April 2026, assumed, as no row settles it." in texts(opened)
    assert opened.dataframe[0].value["When (UTC)"][0] == "2026-04-03 00:00"
    order = next(one for one in opened.segmented_control if one.label.startswith("How is 03/04"))
    order.select(order.options[2]).run()
    assert not opened.exception
    assert opened.dataframe[0].value["When (UTC)"][0] == "2026-03-04 00:00"
    assert "C9" in opened.dataframe[1].value["Reason"][0]
    press(opened, "Import 1 row")
    with reading() as session:
        found = session.exec(select(InteractionRow).where(InteractionRow.spend_cents == 500)).one()
    assert (found.at.month, found.at.day) == (3, 4)


def test_importing_the_same_file_again_says_that_nothing_was_added(page: Page) -> None:
    stock(1)
    opened = upload(page(Role.OWNER, IMPORT), "c.csv", b"id,name\nC0,Person 000\n")
    press(opened, "Import 1 row")
    assert "0 added, 0 updated, 1 already there, 0 set aside." in texts(opened)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "no text"),
        (b"id,id\n1,2\n", "Two columns"),
        (b"colour,size\nred,4\n", "No column was found for “Customer id”"),
        (b"id,e-mail\n1,nowhere\n", "No row of this file can be imported"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(
    page: Page, content: bytes, said: str
) -> None:
    opened = upload(page(Role.OWNER, IMPORT), "bad.csv", content)
    assert not opened.exception
    assert said in opened.error[0].value
    assert not any(button.label.startswith("Import ") for button in opened.button)


@pytest.mark.parametrize("kind", [ImportKind.CUSTOMERS, ImportKind.INTERACTIONS])
def test_the_example_imports_without_a_row_set_aside(page: Page, kind: ImportKind) -> None:
    with transaction() as session:
        for each in (ImportKind.CUSTOMERS, kind):
            report = customers.import_file(
                session, OWNER, each, "example.csv", example_csv(each), now=now()
            )
            assert report.set_aside == ()


def test_the_roster_shows_the_most_loyal_first_in_plain_words(page: Page) -> None:
    stock(10)
    roster = page(Role.OWNER, CUSTOMERS)
    assert not roster.exception
    assert metrics(roster) == {
        "Customers": "10",
        "With a history": "10",
        "Loyal": "3",
        "Loyal and reachable": "3",
    }
    assert "top 30% of all customers" in texts(roster)
    table = roster.dataframe[0].value
    assert list(table["Name"])[:3] == ["Person 000", "Person 001", "Person 002"]
    assert list(table["Loyal"]) == ["Loyal"] * 3 + [""] * 7
    # Ten ranks are 5 … 95 %; everybody bought once, so frequency is the middle for all.
    assert table["Recency"][0] == pytest.approx(95)
    assert table["Frequency"][0] == pytest.approx(50)


def test_search_filters_and_order_narrow_the_roster(page: Page) -> None:
    stock(10)
    roster = page(Role.OWNER, CUSTOMERS)
    roster.text_input(key="search").input("person 00").run()
    roster.multiselect(key="platform").select("ios").run()
    assert list(roster.dataframe[0].value["Id"]) == ["C1", "C3", "C5", "C7", "C9"]
    roster.toggle(key="loyal_only").set_value(True).run()
    assert list(roster.dataframe[0].value["Id"]) == ["C1"]
    roster.text_input(key="search").input("nobody").run()
    assert "Nobody matches" in texts(roster)
    assert not roster.exception


def test_a_long_roster_comes_in_pages(page: Page) -> None:
    stock(60)
    roster = page(Role.OWNER, CUSTOMERS)
    assert len(roster.dataframe[0].value) == 25
    assert "1–25 of 60 customers" in texts(roster)


def test_one_customers_story_says_why_they_are_loyal(page: Page) -> None:
    stock(10)
    roster = page(Role.OWNER, CUSTOMERS)
    with reading() as session:
        first = session.exec(select(CustomerRow.id).where(CustomerRow.ref == "C0")).one()
    roster.query_params["customer"] = str(first)
    roster.run()
    assert not roster.exception
    assert roster.header[0].value == "Person 000"
    assert "is in the top 30%" in texts(roster)
    story = roster.dataframe[1].value
    assert (story["What"][0], story["Details"][0]) == ("Purchase", "Bought for 10.50")
    roster.query_params["customer"] = "99999"
    roster.run()
    assert "There is no such customer." in texts(roster)


def test_customer_text_stays_text(page: Page) -> None:
    with transaction() as session:
        text = b'id,name\n1,"# **Loud** <b>x</b>"\n'
        customers.import_file(session, OWNER, ImportKind.CUSTOMERS, "x", text, now=now())
    roster = page(Role.OWNER, CUSTOMERS)
    with reading() as session:
        roster.query_params["customer"] = str(session.exec(select(CustomerRow.id)).one())
    roster.run()
    assert not roster.exception
    assert "**Loud**" not in roster.header[0].value
    assert "Nobody has a history yet" in texts(roster)


def test_the_page_is_for_owners_only(page: Page) -> None:
    with pytest.raises(ValueError, match="customers"):
        page(Role.STUDENT, CUSTOMERS)


def test_the_policy_is_changed_on_the_page_and_counts_at_once(page: Page) -> None:
    stock(10)
    roster = page(Role.OWNER, CUSTOMERS)
    assert metrics(roster)["Loyal"] == "3"
    roster.slider[0].set_value(50)
    press(roster, "Let this count from now on")
    assert not roster.exception
    assert metrics(roster)["Loyal"] == "5"
    assert "top 50% of all customers" in texts(roster)
    with reading() as session:
        assert loyalty_policies.current(session, now=now()).cut == 0.5


def test_weights_that_make_no_sense_are_refused(page: Page) -> None:
    stock(10)
    roster = page(Role.OWNER, CUSTOMERS)
    for weight in roster.number_input:
        if weight.label.startswith("Weight"):
            weight.set_value(0.0)
    press(roster, "Let this count from now on")
    assert "at least one counts" in texts(roster)
