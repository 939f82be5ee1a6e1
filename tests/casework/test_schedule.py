"""The last days of a study, worked out by hand on a calendar."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.schedule import (
    Milestone,
    days_before_release,
    in_days,
    plain_day,
    plan,
)
from casework.studies import Study


def study(release: date, *, fix_weeks: float = 2, review: int = 7) -> Study:
    return Study(
        slug="santa-run",
        title="Santa Run",
        product="Santa Run",
        owner_name="Nate",
        release_on=release,
        fix_weeks=fix_weeks,
        store_review_days=review,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )


def test_santa_run_released_on_1_december_with_two_weeks_to_fix_and_a_week_of_review() -> None:
    seen = plan(study(date(2026, 12, 1)), date(2026, 10, 1))
    assert seen.decide_by == date(2026, 11, 10)  # 21 days before 1 December
    assert seen.close_by == date(2026, 11, 8)
    assert seen.invite_by == date(2026, 10, 25)
    assert seen.feasible
    assert seen.nearest_release == date(2026, 12, 1)


def test_inviting_on_the_very_last_day_is_still_in_time() -> None:
    assert plan(study(date(2026, 12, 1)), date(2026, 10, 25)).feasible


def test_one_day_later_names_the_missed_day_and_the_nearest_release() -> None:
    seen = plan(study(date(2026, 12, 1)), date(2026, 10, 26))
    assert seen.problems == (
        "Inviting would have had to begin on 25 Oct 2026; "
        "the nearest feasible release is 2 Dec 2026.",
    )
    assert seen.nearest_release == date(2026, 12, 2)


def test_a_release_over_new_year_crosses_the_year_in_words() -> None:
    seen = plan(study(date(2026, 12, 10)), date(2026, 12, 8))
    assert seen.problems == (
        "Inviting would have had to begin on 3 Nov 2026; "
        "the nearest feasible release is 14 Jan 2027.",
    )


def test_half_a_week_of_fixing_is_four_whole_days() -> None:
    seen = plan(study(date(2026, 12, 1), fix_weeks=0.5, review=0), date(2026, 10, 1))
    assert seen.decide_by == date(2026, 11, 27)


def test_a_study_that_has_invited_cannot_invite_too_late_any_more() -> None:
    late_for_inviting = date(2026, 11, 5)
    assert not plan(study(date(2026, 12, 1)), late_for_inviting).feasible
    assert plan(study(date(2026, 12, 1)), late_for_inviting, ahead=Milestone.CLOSE).feasible


def test_a_late_decision_moves_the_release_by_the_fix_and_the_review_only() -> None:
    seen = plan(study(date(2026, 12, 1)), date(2026, 11, 12), ahead=Milestone.DECIDE)
    assert seen.problems[0].startswith("The decision would have been due on 10 Nov 2026;")
    assert seen.nearest_release == date(2026, 12, 3)


def test_a_release_date_in_the_past_is_said_to_have_passed() -> None:
    seen = plan(study(date(2026, 12, 1)), date(2026, 12, 2), ahead=Milestone.RELEASE)
    assert seen.problems == (
        "The release date, 1 Dec 2026, has passed; the nearest feasible release is 2 Dec 2026.",
    )


def test_a_finished_study_has_no_problem_with_its_dates() -> None:
    assert plan(study(date(2026, 12, 1)), date(2027, 3, 1), ahead=None).feasible


def test_the_calendar_runs_from_inviting_to_release_and_marks_what_is_behind_us() -> None:
    days = plan(study(date(2026, 12, 1)), date(2026, 11, 9)).calendar
    assert [day.milestone.label for day in days] == [
        "Invite by",
        "Close answers by",
        "Decide by",
        "Release",
    ]
    assert [day.past for day in days] == [True, True, False, False]
    assert days[2].because == "A fix takes 14 days, the store review 7 days."


def test_the_phases_fill_the_time_from_inviting_to_release_without_a_gap() -> None:
    phases = plan(study(date(2026, 12, 1)), date(2026, 10, 1)).phases
    assert [phase.name for phase in phases] == [
        "Invite and test",
        "Read and decide",
        "Fix and store review",
    ]
    assert (phases[0].begins, phases[-1].ends) == (date(2026, 10, 25), date(2026, 12, 1))
    assert [phase.ends for phase in phases[:-1]] == [phase.begins for phase in phases[1:]]


def test_days_are_written_as_people_write_them() -> None:
    assert plain_day(date(2026, 11, 3)) == "3 Nov 2026"
    assert [in_days(1), in_days(0), in_days(1200)] == ["1 day", "0 days", "1,200 days"]


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STUDIES = st.builds(
    study,
    DAYS,
    fix_weeks=st.floats(0, 52),
    review=st.integers(0, 60),
)
AHEAD = st.sampled_from([*Milestone, None])


@given(STUDIES, DAYS, AHEAD)
def test_the_nearest_release_is_feasible_and_nearest(
    one: Study, today: date, ahead: Milestone | None
) -> None:
    seen = plan(one, today, ahead=ahead)
    moved = one.model_copy(update={"release_on": seen.nearest_release})
    assert plan(moved, today, ahead=ahead).feasible
    if seen.feasible:
        assert seen.nearest_release == one.release_on
    else:
        day_before = one.model_copy(update={"release_on": seen.nearest_release - timedelta(days=1)})
        assert not plan(day_before, today, ahead=ahead).feasible


@given(STUDIES, DAYS)
def test_the_last_days_always_come_in_their_order(one: Study, today: date) -> None:
    seen = plan(one, today)
    assert seen.invite_by < seen.close_by < seen.decide_by <= seen.release
    assert days_before_release(one, Milestone.INVITE) == (seen.release - seen.invite_by).days
