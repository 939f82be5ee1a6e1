"""Questions before joining: whether an activity suits somebody, and what we do not know yet."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import Field, ValidationError, model_validator

from casework.customers import UNKNOWN, Attribute
from casework.errors import Invalid
from casework.record import Line, Moment, Record

RATHER_NOT = "I would rather not say"
"""Always offered where a question touches something personal; it never rules anybody out."""

MOST_QUESTIONS, LEAST_OPTIONS, MOST_OPTIONS = 8, 2, 12
LONGEST_ANSWER = 500

_PROTECTED = re.compile(
    r"\b(age|old|born|birth\w*|gender|sex\w*|pregnan\w*|religio\w*|faith|church|ethnic\w*|rac(?:e|ial)"
    r"|skin|national\w*|citizen\w*|disab\w*|illness\w*|health|medic\w*|diagnos\w*|politic\w*|party"
    r"|vot(?:e|ed|ing)|union|married|marital|orientation|income|salary)\b",
    re.IGNORECASE,
)
"""Words of what people must not be chosen by without a reason. Source: the special categories of
GDPR Art. 9, with age, sex, origin, family and money. A hint for the author, no proof."""

Given = str | float | tuple[str, ...]


class AnswerKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"single": "One of these", "multiple": "Any of these"}.get(
            self.value, self.value.capitalize()
        )


class Fit(StrEnum):
    """What an answer means for taking part."""

    QUALIFIES = "qualifies"
    NEUTRAL = "neutral"
    RULES_OUT = "rules_out"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.replace("_", " ").capitalize()


class Option(Record):
    """One answer to choose, and what it means."""

    text: Line
    fit: Fit = Fit.NEUTRAL


class Question(Record):
    """One question. Where some of its `options` qualify, one of those must be chosen.

    A number fits from `least` to `most`. `attribute` is what the answer tells about a customer, for
    quotas and builds: whoever's is known is not asked. `purpose` is shown with the question.
    """

    text: Line
    kind: AnswerKind = AnswerKind.SINGLE
    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)
    least: float | None = None
    most: float | None = None
    attribute: Attribute | None = None
    purpose: str = Field(default="", max_length=200)
    required: bool = True

    @model_validator(mode="after")
    def _check(self) -> "Question":
        choosing = self.kind in (AnswerKind.SINGLE, AnswerKind.MULTIPLE)
        texts = [option.text.casefold() for option in self.options]
        wrong = {
            "has answers to choose from, but takes none": bool(texts) and not choosing,
            "needs two answers to choose from": choosing and len(texts) < LEAST_OPTIONS,
            "has the same answer twice": len(set(texts)) < len(texts),
            "has a least above its most": None not in (self.least, self.most)
            and (self.least or 0) > (self.most or 0),
            "can tell an attribute only by one of its answers": self.attribute is not None
            and self.kind is not AnswerKind.SINGLE,
            "touches something personal: say what for, in “Why we ask”": self.personal
            and not self.purpose.strip(),
        }
        for what, holds in wrong.items():
            if holds:
                raise ValueError(f"“{self.text}” {what}.")
        return self

    @property
    def personal(self) -> bool:
        """Whether it touches what people must not be chosen by without a reason."""
        told = " ".join([self.text, *(option.text for option in self.options)])
        return self.attribute is Attribute.AGE_BAND or bool(_PROTECTED.search(told))

    @property
    def offered(self) -> tuple[str, ...]:
        """The answers to choose from, with the way not to say where it is personal."""
        texts = tuple(option.text for option in self.options)
        return (*texts, RATHER_NOT) if texts and self.personal else texts

    def fit_of(self, given: Given | None) -> Fit:
        """What one answer means. Nothing said and “rather not” are neutral."""
        if given is None or given in ("", ()) or RATHER_NOT in _chosen(given):
            return Fit.NEUTRAL
        if self.kind is AnswerKind.NUMBER:
            return self._fit_of_number(float(given) if isinstance(given, float | int) else 0.0)
        chosen = [option.fit for option in self.options if option.text in _chosen(given)]
        for decisive in (Fit.RULES_OUT, Fit.QUALIFIES):
            if decisive in chosen:
                return decisive
        must = any(option.fit is Fit.QUALIFIES for option in self.options)
        return Fit.RULES_OUT if must else Fit.NEUTRAL

    def _fit_of_number(self, number: float) -> Fit:
        if self.least is None and self.most is None:
            return Fit.NEUTRAL
        low = self.least is None or number >= self.least
        high = self.most is None or number <= self.most
        return Fit.QUALIFIES if low and high else Fit.RULES_OUT


def _chosen(given: Given) -> tuple[str, ...]:
    return given if isinstance(given, tuple) else (given,) if isinstance(given, str) else ()


class Screener(Record):
    """One version of an activity's questions; an empty one asks nothing."""

    version: int = Field(ge=1)
    questions: tuple[Question, ...] = Field(default=(), max_length=MOST_QUESTIONS)

    @model_validator(mode="after")
    def _check(self) -> "Screener":
        texts = [question.text.casefold() for question in self.questions]
        twice = next((text for text in texts if texts.count(text) > 1), None)
        if twice is not None:
            raise ValueError(f"“{twice}” is asked twice.")
        return self

    def asked_of(self, known: Mapping[Attribute, str]) -> tuple[Question, ...]:
        """The questions for somebody, without those whose answer is in the roster already."""
        return tuple(
            question
            for question in self.questions
            if question.attribute is None or known.get(question.attribute, UNKNOWN) == UNKNOWN
        )


class ScreenerAnswer(Record):
    """A question as it was asked, with what was said and what that meant."""

    question: Line
    given: Given | None
    fit: Fit


class Screening(Record):
    """What one participant answered to one version, and whether the activity suits them."""

    version: int
    answers: tuple[ScreenerAnswer, ...]
    fits: bool
    reason: str = Field(default="", max_length=300)
    screened_at: Moment


def drafted(version: int, questions: Sequence[Question]) -> Screener:
    """The next version of a screener. Raises: Invalid, saying what to mend."""
    try:
        return Screener(version=version, questions=tuple(questions))
    except ValidationError as wrong:
        raise Invalid(first_problem(wrong)) from wrong


def first_problem(wrong: ValidationError) -> str:
    """What to mend first, in a sentence."""
    said = wrong.errors()[0]
    if said["type"] == "value_error":
        return said["msg"].removeprefix("Value error, ")
    if said["type"] == "too_long":
        return f"Ask {MOST_QUESTIONS} questions at most, each with {MOST_OPTIONS} answers at most."
    return "Each question and each answer needs a line of text, 200 characters at most."


def screen(
    screener: Screener,
    known: Mapping[Attribute, str],
    given: Mapping[str, Given | None],
    *,
    now: Moment,
) -> Screening:
    """Judge somebody's answers, `given` by question text.

    Raises:
        Invalid: for a required question without an answer, or an answer nobody offered.
    """
    answers = []
    for question in screener.asked_of(known):
        said = given.get(question.text)
        _require_sound(question, said)
        answers.append(
            ScreenerAnswer(question=question.text, given=said, fit=question.fit_of(said))
        )
    ruled_out = [one.question for one in answers if one.fit is Fit.RULES_OUT]
    return Screening(
        version=screener.version,
        answers=tuple(answers),
        fits=not ruled_out,
        reason=("Screener: " + "; ".join(ruled_out))[:300] if ruled_out else "",
        screened_at=now,
    )


def _require_sound(question: Question, said: Given | None) -> None:
    if said is None or said in ("", ()):
        if question.required and not question.personal:
            raise Invalid(f"Please answer: {question.text}")
        return
    strange = [one for one in _chosen(said) if question.offered and one not in question.offered]
    if strange:
        raise Invalid(f"“{strange[0]}” is not among the answers. Please choose again.")
    if question.kind is AnswerKind.NUMBER and not isinstance(said, int | float):
        raise Invalid(f"Please answer with a number: {question.text}")
    if isinstance(said, str) and len(said) > LONGEST_ANSWER:
        raise Invalid(f"Please keep your answer below {LONGEST_ANSWER} characters.")


def learned(screener: Screener, screening: Screening) -> dict[Attribute, str]:
    """What the answers tell about a customer that the roster did not know."""
    attribute_of = {one.text: one.attribute for one in screener.questions}
    found: dict[Attribute, str] = {}
    for answer in screening.answers:
        attribute = attribute_of.get(answer.question)
        if attribute is not None and isinstance(answer.given, str) and answer.given != RATHER_NOT:
            found[attribute] = answer.given
    return found
