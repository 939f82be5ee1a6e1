"""The first page of an owner: how to begin, and the tour where there is a demonstration."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from casework.roles import Role
from casework.tour import TOUR
from tests.conftest import Page

HOME = "owner/home.py"
HEADING = "A tour in six stops: what BoomerGames should have done"


def press(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def headings(page: AppTest) -> list[str]:
    return [one.value for one in page.subheader]


def test_an_empty_installation_says_how_to_begin_and_offers_no_tour(page: Page) -> None:
    home = page(Role.OWNER, HOME)
    assert not home.exception
    assert "Say what it is" in home.info[0].value
    assert "Start the study" in labels(home)
    assert HEADING not in headings(home)
    assert "Show the tour again" not in labels(home)


def test_with_the_demonstration_all_six_stops_are_told_on_the_first_page(
    seeded: Path, page: Page
) -> None:
    home = page(Role.OWNER, HOME)
    assert HEADING in headings(home)
    told = "\n".join(str(one.value) for one in home.markdown)
    assert all(f"**{number}. {stop.title}.**" in told for number, stop in enumerate(TOUR, 1))


def test_a_dismissed_tour_stays_dismissed_until_it_is_asked_for(seeded: Path, page: Page) -> None:
    home = page(Role.OWNER, HOME)
    press(home, "No tour, thanks")
    assert HEADING not in headings(home)

    later = page(Role.OWNER, HOME)
    assert HEADING not in headings(later)
    press(later, "Show the tour again")
    assert HEADING in headings(later)
    assert HEADING in headings(page(Role.OWNER, HOME))


def test_a_stop_leads_to_its_page_and_can_be_left(seeded: Path, page: Page) -> None:
    home = page(Role.OWNER, HOME)
    press(home, "Begin the tour")
    assert [one.value for one in home.title] == ["Customers"]
    assert "Tour, stop 1 of 6" in [one.value for one in home.sidebar.caption]
    press(home, "Leave")
    assert "Tour, stop 1 of 6" not in [one.value for one in home.sidebar.caption]
