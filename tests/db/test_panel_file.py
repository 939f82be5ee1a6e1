"""Facts about taking over a panel file: nobody twice, nobody written to without a recorded yes."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from casework.errors import NotAllowed
from casework.imports import ImportKind
from casework.panel import CameBy
from casework.roles import Actor, Role
from db import customers, opt_outs, panelists
from db.customers import CustomerRow
from db.table import change
from tests.betas import NOW, OWNER
from tests.recruits import some_customers


def take(session: Session, text: str) -> tuple[int, int, int]:
    report = customers.import_file(
        session, OWNER, ImportKind.PANEL, "panel.csv", text.encode(), now=NOW
    )
    done = report.imported
    return done.added, done.updated, done.unchanged


def standing(session: Session) -> dict[str, bool]:
    return {one.email or "": one.reachable for one in session.exec(select(CustomerRow))}


def test_new_people_are_contactable_only_by_a_recorded_consent(session: Session) -> None:
    text = (
        "email,name,consent,consent date,interests\n"
        "a@example.com,Ann,yes,2026-05-02,Puzzles\n"
        "b@example.com,Ben,yes,,\n"
        "c@example.com,Cleo,no,2026-05-02,\n"
    )
    assert take(session, text) == (3, 0, 0)
    assert standing(session) == {
        "a@example.com": True,
        "b@example.com": False,
        "c@example.com": False,
    }
    ann = session.exec(select(CustomerRow).where(CustomerRow.name == "Ann")).one()
    kept = panelists.of_customer(session, ann.id or 0)
    assert (kept.came_by, kept.interests) == (CameBy.FILE, ("puzzles",))
    assert kept.consented_at == datetime(2026, 5, 2, tzinfo=UTC)
    assert kept.consent == "Agreed to be contacted on 2 May 2026: the panel file."


def test_a_file_without_consent_makes_nobody_contactable_and_keeps_whom_we_may_write_to(
    session: Session,
) -> None:
    some_customers(session, 1)
    assert take(session, "email\nperson0@example.com\nnew@example.com\n") == (1, 1, 0)
    assert standing(session) == {"person0@example.com": True, "new@example.com": False}


def test_the_same_file_again_changes_nothing_and_a_later_consent_counts(session: Session) -> None:
    text = "email,notes,interests\nNew@Example.com,met at the fair,story\n"
    assert take(session, text) == (1, 0, 0)
    assert take(session, text.lower()) == (0, 0, 1)
    assert take(session, "email,consent date\nNEW@example.com,2026-07-01\n") == (0, 1, 0)
    assert standing(session) == {"new@example.com": True}


def test_known_people_are_found_by_id_or_address_and_keep_what_the_owner_wrote(
    session: Session,
) -> None:
    first, second = some_customers(session, 2)
    panelists.describe(session, OWNER, first.id or 0, interests="co-op", note="Kind.", now=NOW)
    text = (
        "email,customer id,notes,interests,region\n"
        "PERSON0@example.com,,Met at the fair.,story,US\n"
        "other@example.com,C1,,,\n"
    )
    assert take(session, text) == (0, 2, 0)
    kept = panelists.of_customer(session, first.id or 0)
    assert kept.note == "Kind.\n\nMet at the fair."
    assert kept.interests == ("co-op", "story")
    assert (first.region, second.email) == ("US", "person1@example.com")


def test_no_file_takes_back_the_wish_to_be_left_alone(session: Session) -> None:
    (customer,) = some_customers(session, 1)
    opt_outs.opt_out(session, opt_outs.BY_LINK, customer, now=NOW)
    take(session, "email,consent,consent date\nperson0@example.com,yes,2026-08-01\n")
    assert customer.left_alone


def test_a_no_in_the_file_ends_letters(session: Session) -> None:
    (customer,) = some_customers(session, 1)
    take(session, "email,consent\nperson0@example.com,no\n")
    assert customer.left_alone


def test_an_address_kept_in_capitals_is_the_same_person(session: Session) -> None:
    (customer,) = some_customers(session, 1)
    change(customer, email="Person0@EXAMPLE.com")
    session.add(customer)
    session.flush()
    assert take(session, "email,region\nperson0@example.com,US\n") == (0, 1, 0)


def test_only_owners_import_a_panel(session: Session) -> None:
    guest = Actor(role=Role.CUSTOMER, name="Guest")
    with pytest.raises(NotAllowed):
        customers.import_file(
            session, guest, ImportKind.PANEL, "p.csv", b"email\na@example.com\n", now=NOW
        )
