"""The studies' list and the page of one study, as an owner reads them."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from casework.activities import Activity
from casework.funnel import ActivityKind
from casework.roles import Actor, Role
from casework.studies import drafted
from casework.text import escape_markdown
from db import activities, studies
from db.clock import now
from db.engine import transaction
from db.studies import StudyRow
from tests.conftest import Page

OWNER = Actor(role=Role.OWNER, name="Olive Owner")


def a_study(title: str = "Santa Run", *, weeks_ahead: int = 12) -> StudyRow:
    with transaction() as session:
        plan = drafted(
            slug=studies.free_slug(session, title),
            title=title,
            product="Santa Run",
            hypothesis="Nothing in it hurts.",
            owner_name="Nora",
            release_on=now().date() + timedelta(weeks=weeks_ahead),
            fix_weeks=2,
            store_review_days=7,
            players=100_000,
            created_at=now(),
        )
        return studies.start(session, OWNER, plan, now=now())


def button(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()


def texts(page: AppTest) -> str:
    shown = [*page.markdown, *page.caption, *page.info, *page.warning, *page.error, *page.text]
    return "\n".join(str(one.value) for one in shown)


def test_without_any_study_the_owner_is_welcomed_to_start_one(page: Page) -> None:
    home = page(Role.OWNER, "owner/home.py")
    assert not home.exception
    assert "Say what it is and when it should be released" in home.info[0].value
    assert home.text_input[0].label == "Title"


def test_starting_a_study_leads_to_its_page_with_the_first_step(page: Page) -> None:
    home = page(Role.OWNER, "owner/home.py")
    home.text_input[0].input("Santa Run before Christmas")
    next(one for one in home.text_input if one.label == "Product").input("Santa Run")
    button(home, "Start the study")
    assert not home.exception
    assert home.title[0].value == "Santa Run before Christmas"
    assert "Import your customers" in [one.label for one in home.button]
    assert home.query_params["study"] == "santa-run-before-christmas"


def test_a_study_without_a_title_is_not_started_and_says_what_to_mend(page: Page) -> None:
    home = page(Role.OWNER, "owner/home.py")
    button(home, "Start the study")
    assert [one.value for one in home.error] == ["Give the study a title of one line."]
    with transaction() as session:
        assert studies.all_studies(session) == []


def test_a_card_tells_where_each_study_stands(page: Page) -> None:
    a_study("Sleigh Ride")
    home = page(Role.OWNER, "owner/home.py")
    assert [one.value for one in home.subheader] == ["Sleigh Ride"]
    assert "**Next: import your customers.**" in texts(home)


def test_a_typed_title_is_shown_as_text(page: Page) -> None:
    a_study("# Santa **Run** <b>")
    home = page(Role.OWNER, "owner/home.py")
    assert home.subheader[0].value == escape_markdown("# Santa **Run** <b>")
    assert "<b>" not in home.subheader[0].value


def test_impossible_dates_name_the_nearest_feasible_release(page: Page) -> None:
    a_study(weeks_ahead=2)
    seen = page(Role.OWNER, "owner/study.py")
    assert not seen.exception
    assert "Inviting would have had to begin on" in seen.warning[0].value
    nearest = now().date() + timedelta(days=37)
    assert f"the nearest feasible release is {nearest.day} {nearest:%b %Y}" in (
        seen.warning[0].value
    )


def test_an_activity_that_ends_after_the_decision_day_is_a_warning_that_stays(
    page: Page,
) -> None:
    study = a_study()
    with transaction() as session:
        plan = Activity(
            kind=ActivityKind.BETA,
            name="Late beta",
            seats=50,
            starts_at=now(),
            closes_at=now() + timedelta(weeks=11),
        )
        activities.open_activity(session, OWNER, study, plan, now=now())
    seen = page(Role.OWNER, "owner/study.py")
    assert "“Late beta” ends on" in seen.warning[0].value
    assert "“Late beta” ends on" in seen.run().warning[0].value
    assert "Late beta ends" in list(seen.table[0].value["What"])


def test_an_edited_plan_is_kept(page: Page) -> None:
    a_study()
    seen = page(Role.OWNER, "owner/study.py")
    next(one for one in seen.number_input if one.label == "Weeks a fix takes").set_value(4.0)
    button(seen, "Save the plan")
    assert not seen.exception
    with transaction() as session:
        assert studies.by_slug(session, "santa-run").fix_weeks == 4


def test_the_calendar_is_told_as_a_table_too(page: Page) -> None:
    a_study()
    seen = page(Role.OWNER, "owner/study.py")
    assert list(seen.table[0].value["What"]) == [
        "Invite by",
        "Close answers by",
        "Decide by",
        "Release",
    ]


def test_an_unknown_study_in_the_address_falls_back_to_one_there_is(page: Page) -> None:
    a_study()
    seen = page(Role.OWNER, "owner/study.py")
    seen.query_params["study"] = "sleigh"
    seen.run()
    assert "There is no study “sleigh”. There are: santa-run." in seen.warning[0].value
    assert seen.title[0].value == "Santa Run"


def test_the_sidebar_turns_every_page_to_another_study(page: Page) -> None:
    a_study("Santa Run")
    a_study("Easter Hunt")
    seen = page(Role.OWNER, "owner/study.py")
    choice = next(one for one in seen.selectbox if one.label == "Working on")
    choice.select("easter-hunt").run()
    assert seen.title[0].value == "Easter Hunt"
    assert seen.query_params["study"] == "easter-hunt"


def test_without_a_study_its_page_leads_to_the_list(page: Page) -> None:
    seen = page(Role.OWNER, "owner/study.py")
    assert not seen.exception
    button(seen, "Go to the studies")
    assert seen.title[0].value == "Studies"
