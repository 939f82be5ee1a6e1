"""Facts about joining the waiting list by two steps, and leaving it by one."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casework.errors import Closed, Invalid, NotAllowed, NotEnough, NotFound
from casework.messages import PostState
from casework.panel import CameBy
from casework.waiting_list import (
    CONFIRM,
    LEAVE,
    LETTERS_PER_ADDRESS,
    REQUESTS_PER_PLACE,
    WaitingList,
    request_from,
)
from db import opt_outs, panelists, waiting_list, waiting_requests
from db.customers import CustomerRow
from db.outbox import OutboxRow
from db.table import change
from db.waiting_list import WaitingKnockRow, WaitingListRow, WaitingRequestRow
from db.waiting_requests import BY_LINK
from tests.betas import NOW, OWNER, a_study
from tests.recruits import some_customers

SECRET = "a secret for tests, 32 characters or more"
BASE = "https://studio.example"
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def page(session: Session) -> WaitingListRow:
    """The workspace's list, switched on."""
    return waiting_list.set_list(session, OWNER, WaitingList(open=True), now=NOW)


def ask(
    session: Session,
    page: WaitingListRow,
    email: str = "pia@example.com",
    *,
    name: str = "Pia",
    interests: str = "Puzzles, co-op",
    place: str = "203.0.113.7",
    at_minute: int = 0,
) -> None:
    now = NOW + timedelta(minutes=at_minute)
    wanted = request_from(name, email, interests, consents=True, now=now)
    waiting_requests.ask(session, BY_LINK, page.code, wanted, place=place, secret=SECRET, now=now)


def letters(session: Session) -> list[OutboxRow]:
    return list(session.exec(select(OutboxRow)))


def tokens(session: Session) -> tuple[str, str]:
    """The last part of both links in the latest letter."""
    links = waiting_requests.links_of(session, letters(session)[-1], secret=SECRET, base_url=BASE)
    confirming, leaving = (links[mark].rpartition("/")[2] for mark in (CONFIRM, LEAVE))
    return confirming, leaving


def confirm(session: Session, token: str, now: datetime = SOON) -> None:
    row = waiting_requests.to_confirm(session, token, secret=SECRET, now=now)
    waiting_requests.confirm(session, BY_LINK, row, now=now)


def leave(session: Session, token: str) -> None:
    row = waiting_requests.to_leave(session, token, secret=SECRET)
    waiting_requests.leave(session, BY_LINK, row, now=SOON)


def customers(session: Session) -> list[CustomerRow]:
    return list(session.exec(select(CustomerRow)))


def test_asking_writes_one_letter_and_nothing_else_until_it_is_confirmed(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    (letter,) = letters(session)
    assert (letter.email, letter.state) == ("pia@example.com", PostState.QUEUED)
    assert CONFIRM in letter.body
    assert customers(session) == []


def test_who_confirms_is_in_the_panel_with_interests_consent_and_where_it_came_from(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    confirm(session, tokens(session)[0])
    (customer,) = customers(session)
    assert (customer.name, customer.email, customer.reachable) == ("Pia", "pia@example.com", True)
    kept = panelists.of_customer(session, customer.id or 0)
    assert kept.interests == ("co-op", "puzzles")
    assert (kept.came_by, kept.consented_at) == (CameBy.WAITING_LIST, SOON)
    assert "confirmed by letter" in kept.consent_source


def test_a_confirmation_pressed_twice_changes_nothing(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    token, _ = tokens(session)
    confirm(session, token)
    confirm(session, token, NOW + timedelta(days=300))
    (customer,) = customers(session)
    assert panelists.of_customer(session, customer.id or 0).consented_at == SOON


def test_an_expired_link_confirms_nothing(session: Session, page: WaitingListRow) -> None:
    ask(session, page)
    token, _ = tokens(session)
    with pytest.raises(Closed, match="worked for 7 days"):
        confirm(session, token, NOW + timedelta(days=7))
    assert customers(session) == []


def test_a_link_used_before_leaving_brings_nobody_back(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    token, way_out = tokens(session)
    confirm(session, token)
    leave(session, way_out)
    with pytest.raises(Closed, match="have left"):
        confirm(session, token)


@pytest.mark.parametrize("token", ["x", "WzEsMV0.x", "A" * 400, ""])
def test_a_made_up_link_neither_confirms_nor_leaves(
    session: Session, page: WaitingListRow, token: str
) -> None:
    ask(session, page)
    with pytest.raises(NotFound):
        confirm(session, token)
    with pytest.raises(NotFound):
        leave(session, token)


def test_the_link_that_leaves_cannot_confirm(session: Session, page: WaitingListRow) -> None:
    ask(session, page)
    with pytest.raises(NotFound):
        confirm(session, tokens(session)[1])


def test_the_same_address_in_other_capitals_is_one_customer(
    session: Session, page: WaitingListRow
) -> None:
    for minute, email in enumerate(("Pia@Example.com", "pia@example.COM")):
        ask(session, page, email, at_minute=minute)
        confirm(session, tokens(session)[0])
    assert [one.email for one in customers(session)] == ["pia@example.com"]


def test_a_known_customer_keeps_their_name_and_history_and_gets_no_double(
    session: Session, page: WaitingListRow
) -> None:
    (known,) = some_customers(session, 1)
    change(known, email="Person0@Example.com")
    session.add(known)
    ask(session, page, "person0@example.com", name="Somebody else")
    confirm(session, tokens(session)[0])
    (customer,) = customers(session)
    assert (customer.id, customer.name) == (known.id, "Person 0")


def test_leaving_ends_letters_to_those_known_by_the_list_only(
    session: Session, page: WaitingListRow
) -> None:
    some_customers(session, 1)
    for minute, email in enumerate(("person0@example.com", "pia@example.com")):
        ask(session, page, email, at_minute=minute)
        token, way_out = tokens(session)
        confirm(session, token)
        leave(session, way_out)
        leave(session, way_out)
    standing = {one.email: one.left_alone for one in customers(session)}
    assert standing == {"person0@example.com": False, "pia@example.com": True}
    for one in customers(session):
        assert panelists.of_customer(session, one.id or 0).consented_at is None


def test_an_earlier_wish_to_be_left_alone_is_lifted_by_their_own_word_and_comes_back_on_leaving(
    session: Session, page: WaitingListRow
) -> None:
    (known,) = some_customers(session, 1)
    opt_outs.opt_out(session, opt_outs.BY_LINK, known, now=NOW)
    ask(session, page, "person0@example.com")
    token, way_out = tokens(session)
    assert known.left_alone
    confirm(session, token)
    assert known.reachable
    leave(session, way_out)
    assert known.left_alone


def test_who_was_put_on_by_somebody_else_and_leaves_is_forgotten_with_the_letter(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    _, way_out = tokens(session)
    leave(session, way_out)
    assert session.exec(select(WaitingRequestRow)).all() == []
    assert letters(session) == []
    leave(session, way_out)


def test_what_nobody_confirms_is_deleted_after_a_week(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    assert waiting_requests.forget_unconfirmed(session, now=NOW + timedelta(days=6)) == 0
    assert waiting_requests.forget_unconfirmed(session, now=NOW + timedelta(days=7)) == 1
    assert letters(session) == []


def test_an_address_gets_few_letters_a_day_and_whoever_asks_learns_nothing(
    session: Session, page: WaitingListRow
) -> None:
    for minute in range(LETTERS_PER_ADDRESS + 2):
        ask(session, page, place=f"203.0.113.{minute}", at_minute=minute)
    assert len(letters(session)) == LETTERS_PER_ADDRESS
    ask(session, page, place="203.0.113.99", at_minute=60 * 24)
    assert len(letters(session)) == LETTERS_PER_ADDRESS + 1


def test_a_network_address_asks_ten_times_an_hour_whatever_the_list_knows(
    session: Session, page: WaitingListRow
) -> None:
    for place in range(REQUESTS_PER_PLACE):
        ask(session, page, f"one{place}@example.com")
    with pytest.raises(NotEnough, match="in an hour"):
        ask(session, page, "last@example.com")
    ask(session, page, "elsewhere@example.com", place="198.51.100.1")
    ask(session, page, "later@example.com", at_minute=60)


def test_a_household_of_ipv6_addresses_counts_as_one_place_and_is_kept_as_a_digest(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page, place="2001:db8:1:2::1")
    ask(session, page, "b@example.com", place="2001:db8:1:2:ffff::9")
    ask(session, page, "c@example.com", place="2001:db8:1:3::1")
    subjects = [one.subject for one in session.exec(select(WaitingKnockRow))]
    assert len(set(subjects)) == 2
    assert not any("2001" in one for one in subjects)


def test_a_list_that_is_switched_off_takes_nobody_also_by_links_sent_before(
    session: Session, page: WaitingListRow
) -> None:
    ask(session, page)
    token, _ = tokens(session)
    off = waiting_list.set_list(session, OWNER, WaitingList(open=False), now=SOON)
    assert off.code == page.code
    with pytest.raises(Closed, match="closed at the moment"):
        ask(session, page, "late@example.com", at_minute=1)
    with pytest.raises(Closed, match="closed at the moment"):
        confirm(session, token)


def test_a_study_has_a_list_of_its_own_beside_the_workspaces(
    session: Session, page: WaitingListRow
) -> None:
    study = a_study(session)
    own = waiting_list.set_list(session, OWNER, WaitingList(open=True), study=study, now=NOW)
    assert own.code != page.code
    assert waiting_list.find(session, study) == own
    assert waiting_list.find(session) == page
    ask(session, own)
    assert letters(session)[-1].study_id == study.id
    confirm(session, tokens(session)[0])
    ask(session, own, "b@example.com")
    assert waiting_list.counts(session, own) == (1, 1, 0)
    assert waiting_list.counts(session, page) == (0, 0, 0)


def test_only_owners_switch_a_list_and_only_customers_join(
    session: Session, page: WaitingListRow
) -> None:
    with pytest.raises(NotAllowed):
        waiting_list.set_list(session, BY_LINK, WaitingList(), now=NOW)
    wanted = request_from("Pia", "pia@example.com", "", consents=True, now=NOW)
    with pytest.raises(NotAllowed):
        waiting_requests.ask(session, OWNER, page.code, wanted, place="x", secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    ("name", "email", "interests", "consents", "said"),
    [
        ("Pia", "pia", "", True, "not an e-mail address"),
        ("Pia", "pia@example", "", True, "not an e-mail address"),
        ("Pia", "=pia()@exa mple.com", "", True, "not an e-mail address"),
        ("Pia", "pia@example.com\nBcc: x@example.com", "", True, "not an e-mail address"),
        (" ", "pia@example.com", "", True, "Give a name"),
        ("P" * 201, "pia@example.com", "", True, "Give a name"),
        ("Pia", "pia@example.com", "x" * 41, True, "up to 40 characters"),
        ("Pia", "pia@example.com", ",".join(map(str, range(21))), True, "up to 20 interests"),
        ("Pia", "pia@example.com", "", False, "Tick"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    name: str, email: str, interests: str, *, consents: bool, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        request_from(name, email, interests, consents=consents, now=NOW)
