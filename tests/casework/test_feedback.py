"""Facts about one tester's answer."""

import pytest
from pydantic import ValidationError

from casework.feedback import Answer, Feedback, ProblemKind, Severity, disagrees
from tests.betas import NOW


@pytest.mark.parametrize(
    "answer",
    [
        Answer(csat=1),
        Answer(change_first="😀"),
        Answer(crashed=False),
        Answer(offended=False),
        Answer(recommend=0),
        Answer(effort=1),
        Answer(keep_playing=False),
        Answer(problem_kind=ProblemKind.OTHER),
        Answer(problem_severity=Severity.CRITICAL),
    ],
)
def test_one_answered_question_is_an_answer_also_a_no_or_a_zero(answer: Answer) -> None:
    assert not answer.is_empty


def test_a_device_alone_is_no_answer() -> None:
    assert Answer(device="Pixel 8", os="Android 15", change_first=" \n ").is_empty


def test_both_texts_are_read_as_one() -> None:
    assert Answer(change_first="A", offended_by="B").text == "A\nB"
    assert Answer(offended_by="B").text == "B"


def test_only_a_critical_problem_is_critical() -> None:
    assert Answer(problem_severity=Severity.CRITICAL).is_critical
    assert not Answer(problem_severity=Severity.MAJOR).is_critical
    assert not Answer().is_critical


@pytest.mark.parametrize(("valid", "reason"), [(True, "because"), (False, ""), (False, "  ")])
def test_an_answer_is_valid_or_says_why_not(*, valid: bool, reason: str) -> None:
    with pytest.raises(ValidationError, match="either valid, or invalid with a reason"):
        Feedback(version=1, received_at=NOW, valid=valid, invalid_reason=reason)


@pytest.mark.parametrize(
    ("csat", "polarity", "differ"),
    [
        (1, 0.21, True),
        (2, 0.2, False),
        (3, 0.9, False),
        (3, -0.9, False),
        (4, -0.21, True),
        (5, -0.2, False),
        (5, 0.9, False),
        (1, -0.9, False),
        (None, -0.9, False),
        (5, None, False),
    ],
)
def test_stars_and_text_disagree_only_where_both_are_clear(
    csat: int | None, polarity: float | None, *, differ: bool
) -> None:
    assert disagrees(csat, polarity) is differ


def test_signs_that_would_turn_the_words_around_them_round_are_not_kept() -> None:
    assert Answer(change_first="a\u202eb\u202dc").change_first == "abc"
    assert Answer(change_first="שלום").change_first == "שלום"
