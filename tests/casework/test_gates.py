"""When a person has to look before anything ships, and what closes that again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.gates import Concern, GateName, GateReview, critical_gate, values_gate

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
WHO = "Nora"


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def concern(
    person: int,
    at: float = 0,
    quote: str = "Santa was caught.",
    *,
    loyal: bool = True,
    quotable: bool = True,
) -> Concern:
    return Concern(person=person, loyal=loyal, quote=quote, raised_at=hour(at), quotable=quotable)


def review(at: float, gate: GateName = GateName.VALUES) -> GateReview:
    return GateReview(gate=gate, reviewer="Ann", reason="He escapes now.", reviewed_at=hour(at))


def test_nothing_raised_is_nothing_to_review() -> None:
    for gate in (values_gate([], [], WHO), critical_gate([], [], WHO)):
        assert (gate.clear, gate.detail) == (True, "Nothing to review.")


def test_one_loyal_voice_does_not_hold_a_launch_but_two_do() -> None:
    assert values_gate([concern(1)], [], WHO).clear
    assert not values_gate([concern(1), concern(2)], [], WHO).clear


def test_one_person_who_says_it_twice_is_one_voice() -> None:
    assert values_gate([concern(1), concern(1, 3, "Again: not Santa.")], [], WHO).clear


def test_voices_that_are_not_loyal_do_not_open_the_values_gate() -> None:
    others = [concern(number, loyal=False) for number in range(2, 9)]
    assert values_gate([concern(1), *others], [], WHO).clear


def test_an_open_gate_names_who_has_to_review_which_words() -> None:
    gate = values_gate([concern(2, 2, "Later."), concern(1, 1, "First.")], [], WHO)
    assert gate.detail == (
        "Do not launch until Nora has reviewed why 2 loyal testers feel hurt in what they value: "
        "“First.”"
    )


def test_a_review_closes_the_gate_with_its_name_and_reason() -> None:
    gate = values_gate([concern(1), concern(2)], [review(1)], WHO)
    assert (gate.clear, gate.detail) == (True, "Reviewed by Ann: He escapes now.")


def test_one_fresh_voice_leaves_a_reviewed_gate_closed_and_two_open_it_again() -> None:
    reviewed = [concern(1), concern(2)]
    assert values_gate([*reviewed, concern(3, 2)], [review(1)], WHO).clear
    again = values_gate([*reviewed, concern(3, 2), concern(4, 3)], [review(1)], WHO)
    assert not again.clear
    assert "2 loyal testers" in again.detail
    assert values_gate([*reviewed, concern(3, 2), concern(4, 3)], [review(1), review(4)], WHO).clear


def test_a_review_of_another_gate_closes_nothing() -> None:
    raised = [concern(1), concern(2)]
    assert not values_gate(raised, [review(1, GateName.CRITICAL)], WHO).clear


def test_one_critical_problem_of_anybody_opens_its_gate() -> None:
    gate = critical_gate([concern(1, quote="My phone froze.", loyal=False)], [], WHO)
    assert not gate.clear
    assert "why 1 tester met a critical problem: “My phone froze.”" in gate.detail


def test_words_that_may_not_be_quoted_are_not_in_the_detail_but_open_the_gate() -> None:
    raised = [concern(1, quote="My secret.", quotable=False), concern(2, 1, "May be told.")]
    gate = values_gate(raised, [], WHO)
    assert "My secret" not in gate.detail
    assert "“May be told.”" in gate.detail
    silent = values_gate([raised[0], concern(3, quotable=False)], [], WHO)
    assert not silent.clear
    assert silent.detail.endswith("their words may not be quoted here.")


def test_a_concern_without_words_quotes_nothing() -> None:
    gate = values_gate([concern(1, quote=""), concern(2, quote="")], [], WHO)
    assert not gate.clear
    assert "“" not in gate.detail


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9), st.booleans()), max_size=8))
def test_a_gate_is_open_exactly_while_two_loyal_people_spoke_after_the_review(
    said: list[tuple[int, int, bool]],
) -> None:
    raised = [concern(person, at, loyal=loyal) for person, at, loyal in said]
    fresh = {person for person, at, loyal in said if loyal and at > 5}
    assert values_gate(raised, [review(5)], WHO).clear is (len(fresh) < 2)
