"""Which versions of the criteria are attempts, case by case, on a calendar of days."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework import attempts as rule
from casework.attempts import Attempt, Version, false_go_over, windows
from casework.criteria import Registration

START = datetime(2026, 10, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def version(number: int, build: str, registered_on: float) -> Version:
    stored = Registration(version=number, text="{}", digest="0" * 64, at=day(registered_on))
    return Version(build=build, registration=stored)


def attempts(
    versions: Sequence[Version], received: Mapping[str, Sequence[datetime]]
) -> tuple[Attempt, ...]:
    """The attempts where each build's answers came at these moments."""
    first = {build: min(times) for build, times in received.items() if times}
    answers = {
        one.version: sum(
            one.since < at and (one.until is None or at <= one.until)
            for at in received.get(one.build, ())
        )
        for one in windows(versions)
    }
    return rule.attempts(versions, first, answers)


def numbers(found: tuple[Attempt, ...]) -> list[int]:
    return [one.registration.version for one in found]


def test_no_criteria_no_attempt() -> None:
    assert attempts([], {"0.9.0": [day(1)]}) == ()


def test_the_first_version_is_an_attempt_before_any_answer_came() -> None:
    (only,) = attempts([version(1, "0.9.0", 0)], {})
    assert (only.number, only.of, only.answers, only.current, only.late) == (1, 1, 0, True, False)
    assert only.since == day(0)


def test_a_version_replaced_before_any_answer_is_no_attempt() -> None:
    found = attempts([version(1, "0.9.0", 0), version(2, "0.9.0", 1)], {"0.9.0": [day(2)]})
    assert numbers(found) == [2]
    assert (found[0].number, found[0].of, found[0].answers) == (1, 1, 1)


def test_a_version_replaced_after_answers_stays_an_attempt_with_its_own_answers() -> None:
    received = {"0.9.0": [day(1), day(2), day(4)]}
    found = attempts([version(1, "0.9.0", 0), version(2, "0.9.0", 3)], received)
    assert [(one.number, one.of, one.answers) for one in found] == [(1, 2, 2), (2, 2, 1)]
    assert [one.until for one in found] == [day(3), None]
    assert not any(one.late for one in found)


def test_another_build_is_an_attempt_of_its_own_and_replaces_nothing() -> None:
    received = {"0.9.0": [day(1)], "0.9.1": [day(6)]}
    found = attempts([version(1, "0.9.0", 0), version(2, "0.9.1", 5)], received)
    assert [(one.build, one.number, one.of) for one in found] == [("0.9.0", 1, 2), ("0.9.1", 2, 2)]
    assert all(one.current for one in found)


def test_answers_to_the_other_build_do_not_count() -> None:
    found = attempts([version(1, "0.9.1", 0)], {"0.9.0": [day(1)], "0.9.1": [day(2), day(3)]})
    assert found[0].answers == 2
    assert not found[0].late


def test_criteria_that_came_after_the_first_answer_are_late() -> None:
    (only,) = attempts([version(1, "0.9.0", 2)], {"0.9.0": [day(1), day(3)]})
    assert only.late
    assert only.answers == 1


def test_registering_again_does_not_heal_a_late_build() -> None:
    received = {"0.9.0": [day(1), day(5)]}
    found = attempts([version(1, "0.9.0", 2), version(2, "0.9.0", 4)], received)
    assert numbers(found) == [2]
    assert found[0].late


def test_a_new_build_after_a_late_one_is_not_late() -> None:
    received = {"0.9.0": [day(1)], "0.9.1": [day(9)]}
    found = attempts([version(1, "0.9.0", 2), version(2, "0.9.1", 8)], received)
    assert [one.late for one in found] == [True, False]


def test_an_answer_at_the_very_moment_of_registering_came_before_it() -> None:
    (only,) = attempts([version(1, "0.9.0", 1)], {"0.9.0": [day(1)]})
    assert only.late
    assert only.answers == 0


def test_every_attempt_adds_its_chance_of_a_false_go_and_certainty_is_the_most() -> None:
    assert [false_go_over(k) for k in (1, 2, 20, 30)] == [0.05, 0.1, 1.0, 1.0]


def test_an_unreadable_text_was_never_open() -> None:
    (only,) = attempts([version(1, "0.9.0", 3)], {})
    assert only.closes_at == day(3)


MOMENTS = st.lists(st.integers(0, 40).map(day), max_size=12)


@given(st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=6), MOMENTS, MOMENTS)
def test_every_answer_after_the_first_registration_counts_in_exactly_one_attempt(
    builds: list[str], to_a: list[datetime], to_b: list[datetime]
) -> None:
    versions = [version(i + 1, build, 5 * i) for i, build in enumerate(builds)]
    found = attempts(versions, {"a": to_a, "b": to_b})
    for build, received in (("a", to_a), ("b", to_b)):
        first = min((v.registration.at for v in versions if v.build == build), default=None)
        expected = sum(at > first for at in received) if first else 0
        assert sum(one.answers for one in found if one.build == build) == expected
        assert sum(one.current for one in found if one.build == build) == (first is not None)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
