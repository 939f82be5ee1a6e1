"""Who may be asked: filters, and choosing by hand."""

from casework.roles import Role
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, loyal_customers, planned, press, said, seated, tick
from tests.pages.test_study import a_study


def test_filters_narrow_the_draw_and_are_kept_with_the_chosen(page: Page) -> None:
    loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    filtering = next(one for one in shown.toggle if one.label == "Filter who may be asked")
    filtering.set_value(True).run()
    next(one for one in shown.multiselect if one.label == "Region").set_value(["LATAM"]).run()
    next(one for one in shown.number_input if one.label == "Seats to fill").set_value(5).run()
    assert "5 of 6 people can be drawn." in said(shown.success)
    press(shown, "Announce the draw")
    press(shown, "Draw and seat 5 people")
    assert all(one.chosen_by.endswith(", among region LATAM") for one in seated(group))
    assert len(seated(group)) == 5


def test_ticked_people_are_seated_by_hand_most_loyal_first(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.button_group if one.label == "How").set_value("By hand").run()
    tick(shown, f"by-hand-{group.id}", 0, 1)
    press(shown, "Seat the 2 ticked")
    assert not shown.exception
    people = seated(group)
    assert [(one.name, one.chosen_by) for one in people] == [
        (rows[0].name, "by hand"),
        (rows[1].name, "by hand"),
    ]
