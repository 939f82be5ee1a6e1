"""Facts about questions before joining: what fits, what is never asked, what rules nobody out."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from casework.customers import Attribute
from casework.errors import Invalid
from casework.funnel import ActivityKind
from casework.screener import (
    RATHER_NOT,
    AnswerKind,
    Fit,
    Given,
    Option,
    Question,
    drafted,
    learned,
    screen,
)
from casework.screener_lines import lines_of, options_from, question_from
from casework.screener_templates import TEMPLATES

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOTHING: dict[Attribute, str] = {}
TIMES = Question(
    text="When?",
    kind=AnswerKind.MULTIPLE,
    options=(
        Option(text="Evenings", fit=Fit.QUALIFIES),
        Option(text="Mornings"),
        Option(text="Never", fit=Fit.RULES_OUT),
    ),
)
HOURS = Question(text="How many hours?", kind=AnswerKind.NUMBER, least=1, most=5)
PLATFORM = Question(
    text="On what?",
    options=(Option(text="android"), Option(text="ios")),
    attribute=Attribute.PLATFORM,
)
AGE = Question(
    text="How old are you?",
    options=(
        Option(text="Under 40", fit=Fit.RULES_OUT),
        Option(text="40 or more", fit=Fit.QUALIFIES),
    ),
    purpose="The game is made for people who grew up with arcades.",
)


@pytest.mark.parametrize(
    ("question", "given", "fit"),
    [
        (TIMES, ("Evenings", "Mornings"), Fit.QUALIFIES),
        (TIMES, ("Mornings",), Fit.RULES_OUT),
        (TIMES, ("Evenings", "Never"), Fit.RULES_OUT),
        (HOURS, 1.0, Fit.QUALIFIES),
        (HOURS, 5.0, Fit.QUALIFIES),
        (HOURS, 0.0, Fit.RULES_OUT),
        (HOURS, 5.5, Fit.RULES_OUT),
        (PLATFORM, "ios", Fit.NEUTRAL),
        (AGE, "Under 40", Fit.RULES_OUT),
        (AGE, RATHER_NOT, Fit.NEUTRAL),
        (AGE, None, Fit.NEUTRAL),
    ],
)
def test_what_an_answer_means(question: Question, given: Given | None, fit: Fit) -> None:
    assert question.fit_of(given) is fit


def test_one_answer_that_rules_out_is_enough_and_is_named() -> None:
    screener = drafted(3, [TIMES, HOURS])
    found = screen(screener, NOTHING, {"When?": ("Evenings",), "How many hours?": 9.0}, now=NOW)
    assert (found.version, found.fits, found.reason) == (3, False, "Screener: How many hours?")
    good = screen(screener, NOTHING, {"When?": ("Evenings",), "How many hours?": 2.0}, now=NOW)
    assert (good.fits, good.reason) == (True, "")


def test_nothing_is_asked_that_the_roster_knows() -> None:
    screener = drafted(1, [PLATFORM, TIMES])
    assert screener.asked_of({Attribute.PLATFORM: "android"}) == (TIMES,)
    assert screener.asked_of({Attribute.PLATFORM: "unknown"}) == (PLATFORM, TIMES)


def test_what_was_told_is_learned_and_a_refusal_to_say_is_not() -> None:
    screener = drafted(1, [PLATFORM])
    found = screen(screener, NOTHING, {"On what?": "ios"}, now=NOW)
    assert learned(screener, found) == {Attribute.PLATFORM: "ios"}


def test_a_personal_question_needs_a_purpose_and_offers_not_to_say() -> None:
    assert AGE.offered == ("Under 40", "40 or more", RATHER_NOT)
    with pytest.raises(ValidationError, match="touches something personal"):
        Question(text="Which religion?", options=AGE.options)
    with pytest.raises(ValidationError, match="touches something personal"):
        Question(
            text="Band?",
            options=(Option(text="a"), Option(text="b")),
            attribute=Attribute.AGE_BAND,
        )


def test_a_personal_question_may_stay_open_a_required_other_may_not() -> None:
    assert screen(drafted(1, [AGE]), NOTHING, {}, now=NOW).fits
    with pytest.raises(Invalid, match=r"Please answer: When\?"):
        screen(drafted(1, [TIMES]), NOTHING, {}, now=NOW)


@pytest.mark.parametrize(
    ("question", "given", "says"),
    [
        (TIMES, ("Noon",), "“Noon” is not among the answers"),
        (HOURS, "many", "answer with a number"),
        (Question(text="Say", kind=AnswerKind.TEXT), "x" * 501, "below 500"),
    ],
)
def test_an_answer_nobody_offered_is_refused(question: Question, given: Given, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        screen(drafted(1, [question]), NOTHING, {question.text: given}, now=NOW)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"lines": "Yes"}, "needs two answers"),
        ({"lines": "Yes\nyes"}, "the same answer twice"),
        ({"text": " "}, "needs a line of text"),
        ({"lines": "\n".join(str(n) for n in range(13))}, "12 answers at most"),
        ({"kind": AnswerKind.NUMBER, "least": 3.0, "most": 1.0}, "least above its most"),
    ],
)
def test_a_question_that_cannot_be_says_what_to_mend(typed: dict[str, object], says: str) -> None:
    usual: dict[str, object] = {
        "text": "Do you?",
        "kind": AnswerKind.SINGLE,
        "lines": "+ Yes\n- No",
        "least": None,
        "most": None,
        "attribute": None,
        "purpose": "",
        "required": True,
    }
    with pytest.raises(Invalid, match=says):
        question_from(**(usual | typed))  # type: ignore[arg-type]  # one wrong value at a time


def test_a_question_is_asked_once_and_there_are_eight_at_most() -> None:
    with pytest.raises(Invalid, match="asked twice"):
        drafted(1, [TIMES, TIMES])
    many = [HOURS.model_copy(update={"text": f"Question {n}"}) for n in range(9)]
    with pytest.raises(Invalid, match="8 questions at most"):
        drafted(1, many)


def test_answers_are_typed_one_per_line_with_a_sign_for_what_they_mean() -> None:
    options = options_from("+ Yes\n\n- No\nPerhaps - who knows")
    assert [(one.text, one.fit) for one in options] == [
        ("Yes", Fit.QUALIFIES),
        ("No", Fit.RULES_OUT),
        ("Perhaps - who knows", Fit.NEUTRAL),
    ]
    assert options_from(lines_of(options)) == options


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_the_templates_ask_nothing_personal_and_somebody_can_pass_them(kind: ActivityKind) -> None:
    questions = TEMPLATES[kind]
    assert not any(one.personal for one in questions)
    screener = drafted(1, questions)
    best: dict[str, Given | None] = {}
    for one in questions:
        fitting = [option.text for option in one.options if option.fit is Fit.QUALIFIES]
        told = fitting or [option.text for option in one.options]
        if one.kind is AnswerKind.MULTIPLE:
            best[one.text] = tuple(told)
        elif one.kind is AnswerKind.NUMBER:
            best[one.text] = one.least
        else:
            best[one.text] = told[0] if told else "Some"
    assert screen(screener, NOTHING, best, now=NOW).fits
