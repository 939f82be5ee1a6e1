"""The tour: six stops, each on a page that owners have, ending with the participants."""

import pytest

from casework.roles import Role
from casework.tour import TOUR, Stop
from casework.world import santa_run
from pages.who import places_of


def test_the_tour_has_six_stops_and_ends_with_telling_participants() -> None:
    assert len(TOUR) == 6
    assert TOUR[-1].page == "tell_back"


@pytest.mark.parametrize("stop", TOUR, ids=lambda stop: stop.title)
def test_each_stop_is_on_a_page_of_the_owner(stop: Stop) -> None:
    files = {place.file for places in places_of(Role.OWNER).values() for place in places}
    assert f"owner/{stop.page}.py" in files


def test_the_first_build_is_judged_before_the_second() -> None:
    judged = [stop.build for stop in TOUR if stop.build]
    assert judged == [santa_run.FIRST_BUILD.name, "0.9.1"]
