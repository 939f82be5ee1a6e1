"""Who sees which pages."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

import db.engine
import db.settings
from casework.roles import Role
from db import clock
from db.sessions import LoginSessionRow
from db.table import change
from pages.who import FOLDER, PLACES, places_of
from tests.conftest import Page


def markup(shown: AppTest) -> str:
    return " ".join(html.proto.body for html in shown.get("html"))


def test_a_stranger_sees_the_welcome_page_with_three_doors(page: Page) -> None:
    shown = page(None, "")
    assert [title.value for title in shown.title] == ["Casework"]
    doors = re.findall(r'action="/auth/demo/(\w+)"', markup(shown))
    assert doors == ["owner", "customer", "student"]


def test_without_demo_mode_the_welcome_page_leads_to_the_sign_in_form(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    db.settings.settings.cache_clear()
    shown = markup(page(None, ""))
    assert shown.count('href="/auth/sign-in"') == 2
    assert "/auth/demo/" not in shown
    assert "personal link" in shown


@pytest.mark.parametrize(
    ("who", "file"),
    [
        (None, "owner/home.py"),
        (Role.STUDENT, "owner/import_data.py"),
        (Role.STUDENT, "customer/my_test.py"),
        (Role.OWNER, "student/read_case.py"),
    ],
)
def test_a_page_of_another_role_is_not_there(page: Page, who: Role | None, file: str) -> None:
    with pytest.raises(ValueError, match=re.escape(file)):
        page(who, file)


def test_staff_can_sign_out_from_every_page(page: Page) -> None:
    assert markup(page(Role.STUDENT, "")).count('action="/auth/sign-out"') == 1


def test_every_page_in_the_menu_exists_and_has_an_address_of_its_own() -> None:
    for role in Role:
        listed = [place for places in PLACES[role].values() for place in places]
        assert [place.file for place in listed if not (FOLDER / place.file).exists()] == []
        assert len({place.address for place in listed}) == len(listed)
        assert sum(map(len, places_of(role).values())) == len(listed)


def test_a_visit_that_ended_meanwhile_shows_the_welcome_page_at_the_next_click(page: Page) -> None:
    shown = page(Role.STUDENT, "")
    assert "/auth/sign-out" in markup(shown)
    with db.engine.transaction() as session:
        (visit,) = session.exec(select(LoginSessionRow)).all()
        change(visit, revoked_at=clock.now())
        session.add(visit)
    shown.run()
    assert "/auth/demo/owner" in markup(shown)


def test_looking_at_a_page_keeps_the_visit_alive(page: Page) -> None:
    shown = page(Role.STUDENT, "")
    an_hour_ago = clock.now() - timedelta(hours=1)
    with db.engine.transaction() as session:
        (visit,) = session.exec(select(LoginSessionRow)).all()
        change(visit, seen_at=an_hour_ago)
        session.add(visit)
    shown.run()
    with db.engine.reading() as session:
        (visit,) = session.exec(select(LoginSessionRow)).all()
    assert visit.seen_at > an_hour_ago + timedelta(minutes=59)
