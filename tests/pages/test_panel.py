"""The panel on the owner's pages: rest, notes, segments, the waiting list, a panel file."""

from sqlmodel import select

from casework.imports import ImportKind
from casework.imports.examples import example_csv
from casework.panel import CameBy
from casework.roles import Role
from casework.segments import Segment
from db import contact_rules, draw_pools, panelists, segments, waiting_list
from db.clock import now
from db.customers import CustomerRow
from db.engine import reading, transaction
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.reading import press, words
from tests.pages.recruit.stage import PAGE, drawn_for, loyal_customers, planned, type_into
from tests.pages.test_customers import CUSTOMERS, IMPORT, metrics, stock, upload
from tests.pages.test_study import a_study


def test_a_note_and_interests_are_kept_and_shown_as_text(page: Page) -> None:
    stock(3)
    roster = page(Role.OWNER, CUSTOMERS)
    roster.query_params["customer"] = "1"
    roster.run()
    assert "No invitation to them has come to an end yet." in words(roster)
    next(one for one in roster.text_input if one.label == "Interests").set_value("Puzzles, *story*")
    roster.text_area[0].set_value("=1+1 <b>x</b>")
    press(roster, "Keep")
    assert r"Interested in \*story\*, puzzles." in words(roster)
    with reading() as session:
        assert panelists.of_customer(session, 1).note == "=1+1 <b>x</b>"


def test_the_rule_of_contact_is_changed_on_the_page(page: Page) -> None:
    stock(3)
    roster = page(Role.OWNER, CUSTOMERS)
    label = "Days of rest before a focus group"
    next(one for one in roster.number_input if one.label == label).set_value(90)
    press(roster, "Let this rule count from now on")
    assert "invited within the last 90 days" in words(roster)
    with reading() as session:
        assert contact_rules.current(session).group_days == 90


def test_a_segment_is_counted_while_it_is_made_and_saved_once(page: Page) -> None:
    stock(5)
    shown = page(Role.OWNER, CUSTOMERS)
    shown.segmented_control[0].set_value("Segments").run()
    assert "There is no segment yet." in words(shown)
    assert metrics(shown)["Customers who fit now"] == "5"
    next(one for one in shown.multiselect if one.label == "Platform").set_value(["ios"]).run()
    assert metrics(shown)["Customers who fit now"] == "2"
    press(shown, "Save segment")
    assert "Give the segment a name." in words(shown)
    for said in ("Customers now", "already"):
        type_into(shown, "Name", "On iOS")
        press(shown, "Save segment")
        assert said in words(shown) + " ".join(shown.dataframe[0].value.columns)
    assert list(shown.dataframe[0].value["Customers now"]) == [2]


def test_a_segment_that_nobody_fits_says_so(page: Page) -> None:
    stock(3)
    shown = page(Role.OWNER, CUSTOMERS)
    shown.segmented_control[0].set_value("Segments").run()
    next(one for one in shown.multiselect if one.label == "Came").set_value([CameBy.FILE]).run()
    assert metrics(shown)["Customers who fit now"] == "0"
    assert "Nobody fits." in words(shown)


def saved(name: str, **wanted: object) -> int:
    with transaction() as session:
        segment = Segment.model_validate({"name": name, **wanted})
        return segments.save(session, OWNER, segment, now=now()).id or 0


def test_a_draw_among_a_segment_takes_only_who_fits_and_keeps_it(page: Page) -> None:
    rows = loyal_customers()
    group = planned(a_study())
    with transaction() as session:
        for row in rows[:10]:
            panelists.put(session, row.id or 0, {"interests": ("story",)})
    number = saved("Story", interests=("story",))
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.selectbox if one.label == "Among").set_value(number).run()
    assert "8 of 10 people can be drawn." in words(shown)
    press(shown, "Dry run")
    (drawn,) = drawn_for(group)
    assert set(drawn.seats) <= {row.id for row in rows[:10]}
    assert drawn.among == "segment “Story” (interested in story)"
    with reading() as session:
        kept = draw_pools.of_draw(session, drawn)
    assert kept is not None
    assert kept.segment == Segment(name="Story", interests=("story",))
    type_into(shown, "Why was somebody (not) drawn?", rows[11].email or "")
    assert "the draw was among others: segment “Story”" in words(shown)
    type_into(shown, "Why was somebody (not) drawn?", rows[-1].email or "")
    assert "Not loyal by the policy." in words(shown)


def test_recruiting_among_a_segment_that_nobody_fits_says_so_and_draws_nobody(page: Page) -> None:
    loyal_customers()
    planned(a_study())
    number = saved("Nobody", interests=("nothing at all",))
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.selectbox if one.label == "Among").set_value(number).run()
    assert "Nobody fits this segment now." in words(shown)
    assert not any(one.label.startswith("Draw and seat") for one in shown.button)


def test_the_waiting_list_is_switched_on_with_its_link_and_off_again(page: Page) -> None:
    stock(3)
    shown = page(Role.OWNER, CUSTOMERS)
    shown.segmented_control[0].set_value("Waiting list").run()
    assert shown.code == []
    toggle = next(one for one in shown.toggle if one.label == "Switched on")
    toggle.set_value(True)
    press(shown, "Save the list")
    with reading() as session:
        row = waiting_list.find(session)
    assert row is not None
    assert row.open
    assert shown.code[0].value.endswith(f"/w/{row.code}")
    assert metrics(shown)["On the list"] == "0"
    next(one for one in shown.toggle if one.label == "Switched on").set_value(False)
    press(shown, "Save the list")
    assert "The list is switched off" in words(shown)
    assert shown.code == []


def test_a_waiting_list_needs_a_heading(page: Page) -> None:
    stock(3)
    shown = page(Role.OWNER, CUSTOMERS)
    shown.segmented_control[0].set_value("Waiting list").run()
    next(one for one in shown.text_input if one.label == "Heading").set_value(" ")
    press(shown, "Save the list")
    assert "Give the page a heading" in words(shown)


def test_a_panel_file_is_previewed_then_taken_over(page: Page) -> None:
    importing = page(Role.OWNER, IMPORT)
    importing.segmented_control[0].set_value(ImportKind.PANEL).run()
    upload(importing, "panel.csv", example_csv(ImportKind.PANEL))
    assert metrics(importing)["Rows to import"] == "3"
    assert "For 1 of 3 people no consent with a date is recorded" in words(importing)
    press(importing, "Import 3 rows")
    assert "3 added, 0 updated" in words(importing)
    with reading() as session:
        reachable = {one.name: one.reachable for one in session.exec(select(CustomerRow))}
    assert reachable == {"Ada Park": True, "Dan Lee": True, "Eva Roth": False}
