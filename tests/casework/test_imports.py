"""A studio's files become customers and interactions; every row that cannot says why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.customers import Customer, Interaction, InteractionKind
from casework.errors import Invalid
from casework.imports import (
    CustomerField,
    DateOrder,
    ImportKind,
    InteractionField,
    Read,
    fields_of,
    guess_columns,
    read_customers,
    read_interactions,
)
from casework.imports.customers import read_region
from casework.imports.dates import read_moment
from casework.imports.dates import style_of as date_style
from casework.imports.money import read_cents
from casework.imports.money import style_of as money_style
from casework.tabular import read_sheet

NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
F = CustomerField
I = InteractionField  # noqa: E741


def customers(text: str) -> Read[Customer]:
    sheet = read_sheet(text.encode())
    return read_customers(sheet, guess_columns(sheet.header, fields_of(ImportKind.CUSTOMERS)))


def interactions(
    text: str, order: DateOrder = DateOrder.AUTO, known: frozenset[str] | None = None
) -> Read[Interaction]:
    sheet = read_sheet(text.encode())
    columns = guess_columns(sheet.header, fields_of(ImportKind.INTERACTIONS))
    return read_interactions(sheet, columns, now=NOW, order=order, known=known)


def reasons(read: Read[Customer] | Read[Interaction]) -> dict[int, str]:
    return {row.line: row.reason for row in read.set_aside}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["Player ID", "Full name", "E-mail address", "Country", "OS", "Age"],
            {F.REF: 0, F.NAME: 1, F.EMAIL: 2, F.REGION: 3, F.PLATFORM: 4, F.AGE_BAND: 5},
        ),
        (["id", "name", "mail"], {F.REF: 0, F.NAME: 1, F.EMAIL: 2}),
        (["Name", "customerRef", "id"], {F.REF: 1, F.NAME: 0}),
        (["user_id", "cost", "opt-out"], {F.REF: 0, F.DO_NOT_CONTACT: 2}),
    ],
)
def test_columns_of_customers_are_guessed(
    header: list[str], expected: dict[CustomerField, int]
) -> None:
    found = guess_columns(header, fields_of(ImportKind.CUSTOMERS))
    assert found == {field: header[place] for field, place in expected.items()}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["customer_id", "id", "purchased_at", "price", "type", "sku"],
            {I.CUSTOMER_REF: 0, I.REF: 1, I.AT: 2, I.AMOUNT: 3, I.KIND: 4, I.PRODUCT: 5},
        ),
        (["id", "date"], {I.CUSTOMER_REF: 0, I.AT: 1}),
        (
            ["Date of purchase", "Customer", "Revenue (EUR)"],
            {I.AT: 0, I.CUSTOMER_REF: 1, I.AMOUNT: 2},
        ),
        (["player", "timestamp", "amount_cents"], {I.CUSTOMER_REF: 0, I.AT: 1, I.CENTS: 2}),
    ],
)
def test_columns_of_interactions_are_guessed(
    header: list[str], expected: dict[InteractionField, int]
) -> None:
    found = guess_columns(header, fields_of(ImportKind.INTERACTIONS))
    assert found == {field: header[place] for field, place in expected.items()}


def test_a_customer_is_read_in_the_words_of_the_business() -> None:
    read = customers(
        "id,name,email,country,os,age,segment,may contact\n"
        "A1,Ann,ANN@Example.com,DE,iPhone,28,whale,yes\n"
        "A2,,,,,,n/a,no\n"
    )
    ann, other = read.accepted
    assert ann == Customer(
        ref="A1",
        name="Ann",
        email="ann@example.com",
        region="DE",
        platform="ios",
        age_band="25–34",
        segment="whale",
    )
    assert (other.name, other.email, other.segment) == ("A2", None, "unknown")
    assert (other.platform, other.region, other.may_contact) == ("unknown", "unknown", False)
    assert read.lines == (2, 3)


def test_a_column_the_file_lacks_is_not_told() -> None:
    (ann,) = customers("id,name\nA1,Ann\n").accepted
    assert ann.model_fields_set == {"ref", "name"}


@pytest.mark.parametrize(
    ("typed", "read"), [("NA", "NA"), ("n/a", "unknown"), ("na", "unknown"), ("", "unknown")]
)
def test_a_region_named_na_is_north_america_and_not_a_gap(typed: str, read: str) -> None:
    assert read_region(typed) == read


def test_an_opt_out_wins_over_an_opt_in() -> None:
    read = customers("id,consent,unsubscribed\n1,yes,no\n2,yes,yes\n3,no,no\n4,,\n")
    assert [row.may_contact for row in read.accepted] == [True, False, False, True]


def test_bad_rows_of_customers_are_set_aside_with_line_and_reason() -> None:
    read = customers(
        "id,name,email,age,consent\n"
        "A1,Ann,ann@example.com,30,yes\n"
        ",Bob,,,\n"
        "A3,Cy,not an address,,\n"
        "A1,Ann again,,,\n"
        "A5,Di,,400,\n"
        "A6,Ed,,,perhaps\n"
        f"A7,{'x' * 201},,,\n"
        "A8,Fay,,,,surplus\n"
        "A9,=1+1,,,\n"
    )
    assert reasons(read) == {
        3: "The customer id is empty.",
        4: "“not an address” is not an e-mail address.",
        5: "The id “A1” stands on line 2 already.",
        6: "An age of 400 years is not possible.",
        7: "“perhaps” does not say yes or no to being contacted.",
        8: "The name is longer than 200 characters.",
        9: "The row has more cells than there are columns; is a separator unquoted?",
    }
    assert [row.ref for row in read.accepted] == ["A1", "A9"]
    assert read.accepted[1].name == "=1+1"
    assert read.set_aside[1].content == ("A3", "Cy", "not an address", "", "")


def test_rows_set_aside_leave_as_a_file_without_formulas() -> None:
    read = customers("id,email\nA1,=cmd()\n")
    lines = read.set_aside_csv.decode("utf-8-sig").splitlines()
    assert lines[0] == "Line,Reason,id,email"
    assert lines[1] == "2,“=cmd()” is not an e-mail address.,A1,'=cmd()"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
        ("2026-03-04 05:06:07", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2026-03-04T05:06:07Z", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2026-03-04 05:06:07 +0200", datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)),
        ("2026-03-04 05:06 UTC", datetime(2026, 3, 4, 5, 6, tzinfo=UTC)),
        ("2026/3/4", datetime(2026, 3, 4, tzinfo=UTC)),
        ("20260304", datetime(2026, 3, 4, tzinfo=UTC)),
        ("1772600767", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1772600767000", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("4.3.2026", datetime(2026, 3, 4, tzinfo=UTC)),
        ("04.03.26 05:06", datetime(2026, 3, 4, 5, 6, tzinfo=UTC)),
        ("4 Mar 2026", datetime(2026, 3, 4, tzinfo=UTC)),
        ("March 4, 2026", datetime(2026, 3, 4, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(text: str, expected: datetime) -> None:
    assert read_moment(text, date_style([text]), NOW) == expected


@pytest.mark.parametrize(
    ("column", "third_of_april"),
    [
        (["03/04/2026", "25/12/2025"], True),
        (["03/04/2026", "12/25/2025"], False),
        (["03/04/2026", "01/02/2026"], True),
        (["03/04/2026", "12/25/2025", "12/26/2025", "31/12/2025"], False),
        (["03/04/2026", "24.12.2025"], True),
    ],
)
def test_the_column_decides_whether_days_or_months_come_first(
    column: list[str],
    third_of_april: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    style = date_style(column)
    shown = read_moment("03/04/2026 1:30 pm", style, NOW)
    expected = (4, 3) if third_of_april else (3, 4)
    assert (shown.month, shown.day, shown.hour, shown.minute) == (*expected, 13, 30)
    assert ("3 April" in style.note) is third_of_april


def test_an_ambiguous_column_says_so_and_obeys_the_owner() -> None:
    column = ["03/04/2026"]
    assert date_style(column).ambiguous
    assert "assumed" in date_style(column).note
    chosen = date_style(column, DateOrder.MONTH_FIRST)
    assert not chosen.ambiguous
    assert read_moment("03/04/2026", chosen, NOW).month == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("31/02/2026", "not a possible date"),
        ("2026-13-01", "not a possible date"),
        ("soon", "not a possible date"),
        ("2026-08-03T09:00:01Z", "in the future"),
        ("2027-01-01", "in the future"),
        ("1979-12-31", "before 1980"),
        ("0001-01-01T00:00:00+14:00", "calendar"),
    ],
)
def test_impossible_dates_are_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_moment(text, date_style([text]), NOW)


def test_a_time_without_a_zone_may_be_ahead_by_the_farthest_zone_only() -> None:
    assert read_moment("2026-08-03 22:59", date_style([]), NOW) > NOW
    with pytest.raises(Invalid, match="future"):
        read_moment("2026-08-03 23:01", date_style([]), NOW)


@pytest.mark.parametrize(
    ("text", "column", "cents"),
    [
        ("12", [], 1_200),
        ("12.5", [], 1_250),
        ("1,234.56", [], 123_456),
        ("€ 0.99", [], 99),
        ("USD 5", [], 500),
        ("1.005", [], 101),
        ("12,50", ["12,50", "3,00"], 1_250),
        ("1.234,56", ["1.234,56"], 123_456),
        ("1 234,56 €", ["1 234,56 €"], 123_456),
        ("1.234", ["12,50"], 123_400),
        ("-0.00", [], 0),
    ],
)
def test_amounts_become_cents(text: str, column: list[str], cents: int) -> None:
    assert read_cents(text, money_style(column)) == cents


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("-3", "negative"),
        ("(3.00)", "negative"),
        ("free", "not an amount"),
        ("1,23,4", "not an amount"),
        ("=1+1", "not an amount"),
        ("1000000.01", "larger than 1,000,000"),
        ("٣", "not an amount"),
    ],
)
def test_impossible_amounts_are_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_cents(text, money_style([]))


def test_bad_rows_of_interactions_are_set_aside_with_line_and_reason() -> None:
    read = interactions(
        "order id,customer,date,amount,kind\n"
        "1,A1,2026-01-01,5,purchase\n"
        "2,,2026-01-01,5,purchase\n"
        "3,A1,2026-02-30,5,purchase\n"
        "4,A1,2027-01-01,5,purchase\n"
        "5,A1,2026-01-01,-5,purchase\n"
        "6,A1,2026-01-01,5,gift\n"
        "1,A1,2026-01-09,5,purchase\n"
        "8,A9,2026-01-01,5,purchase\n"
        "9,A1,2026-01-01,,purchase\n"
        "1,A1,2026-01-01,,session\n",
        known=frozenset({"A1"}),
    )
    assert reasons(read) == {
        3: "The customer id is empty.",
        4: "“2026-02-30” is not a possible date.",
        5: "The date “2027-01-01” is in the future.",
        6: "The amount “-5” is negative; refunds are not counted.",
        7: "“gift” is neither a purchase nor a session.",
        8: "The id “1” stands on line 2 already.",
        9: "No customer has the id “A9”. Import the customers first.",
        10: "The amount is empty.",
    }
    assert [row.ref for row in read.accepted] == ["purchase:1", "session:1"]


def test_without_kinds_an_amount_makes_a_purchase_and_the_preview_says_so() -> None:
    read = interactions("customer,date,amount\nA1,2026-01-01,5\nA1,2026-01-02,\n")
    kinds = [(row.kind, row.spend_cents) for row in read.accepted]
    assert kinds == [(InteractionKind.PURCHASE, 500), (InteractionKind.SESSION, 0)]
    assert "Rows with an amount are purchases, others sessions." in read.notes


def test_rows_without_an_id_get_the_same_ref_every_time_and_twins_differ() -> None:
    row = "A1,2026-01-01,5,Gems\n"
    once = interactions(f"customer,date,amount,product\n{row}{row}")
    again = interactions(f"product,amount,date,customer\n{_turned(row)}{_turned(row)}")
    refs = [read.ref for read in once.accepted]
    assert len(set(refs)) == 2
    assert [read.ref for read in again.accepted] == refs
    longer = interactions(f"customer,date,amount,product\n{row}{row}{row}")
    assert [read.ref for read in longer.accepted][:2] == refs


def _turned(row: str) -> str:
    return ",".join(reversed(row.strip().split(","))) + "\n"


def test_cents_are_taken_as_they_are() -> None:
    (row,) = interactions("customer,date,spend_cents\nA1,2026-01-01,499\n").accepted
    assert row.spend_cents == 499


def test_wrong_columns_are_named_with_those_there_are() -> None:
    with pytest.raises(Invalid, match=r"“Date or time”.*“customer”, “colour”"):
        interactions("customer,colour\nA1,red\n")
    sheet = read_sheet(b"id,name\n1,Ann\n")
    with pytest.raises(Invalid, match="no column “ref”"):
        read_customers(sheet, {F.REF: "ref"})


@given(st.text(max_size=40))
def test_no_text_crashes_dates_or_amounts(text: str) -> None:
    for read in (
        lambda: read_moment(text, date_style([text]), NOW),
        lambda: read_cents(text, money_style([text])),
    ):
        try:
            value = read()
        except Invalid:
            continue
        assert value is not None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 8, 1)))  # noqa: DTZ001 - zone added below
def test_every_moment_is_read_back_from_each_style(moment: datetime) -> None:
    at = moment.replace(microsecond=0, tzinfo=UTC)
    dotted, iso = f"{at:%d.%m.%Y %H:%M:%S}", at.isoformat()
    elsewhere = (at + timedelta(hours=5)).replace(tzinfo=None).isoformat() + "+05:00"
    assert {read_moment(text, date_style([text]), NOW) for text in (dotted, iso, elsewhere)} == {at}


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_taken_and_rows_set_aside(content: bytes) -> None:
    try:
        sheet = read_sheet(b"id,name,date,amount\n" + content)
        columns = guess_columns(sheet.header, fields_of(ImportKind.CUSTOMERS))
        read = read_customers(sheet, columns)
        others = read_interactions(
            sheet, {I.CUSTOMER_REF: "id", I.AT: "date", I.AMOUNT: "amount"}, now=NOW
        )
    except Invalid:
        return
    rows = sum(1 for _ in sheet.rows())
    assert len(read.accepted) + len(read.set_aside) == rows
    assert len(others.accepted) + len(others.set_aside) == rows
