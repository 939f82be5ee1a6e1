"""Who sees which pages."""

from pathlib import Path

import pytest

import db.engine
from casework.errors import NotFound
from casework.roles import Role
from db import accounts, clock, sessions
from pages.who import FOLDER, PLACES
from tests.conftest import Page


def test_a_stranger_sees_the_welcome_page_with_three_doors(page: Page) -> None:
    shown = page(None, "")
    assert [title.value for title in shown.title] == ["Casework"]
    doors = [html.proto.body for html in shown.get("html")]
    for role in ("owner", "customer", "student"):
        assert sum(f'action="/auth/demo/{role}"' in body for body in doors) == 1


def test_without_demo_mode_the_welcome_page_offers_the_sign_in_form_and_no_door(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    bodies = [html.proto.body for html in page(None, "").get("html")]
    assert sum('href="/auth/sign-in"' in body for body in bodies) == 2
    assert not any("/auth/demo/" in body for body in bodies)


def test_a_stranger_cannot_open_an_owners_page(page: Page) -> None:
    with pytest.raises(ValueError, match="owner/home"):
        page(None, "owner/home.py")
