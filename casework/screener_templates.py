"""Questions to start from, in our own words; an owner changes them as they like."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.customers import Attribute
from casework.funnel import ActivityKind
from casework.screener import AnswerKind, Fit, Option, Question

_DEVICE = Question(
    text="What do you play on most?",
    options=(Option(text="android"), Option(text="ios"), Option(text="windows")),
    attribute=Attribute.PLATFORM,
    purpose="So that you get the version that runs on it.",
)
_CONFLICT = Question(
    text="Do you, or somebody in your home, work for a company that makes or reviews games?",
    options=(Option(text="No", fit=Fit.QUALIFIES), Option(text="Yes", fit=Fit.RULES_OUT)),
    purpose="The game is not public yet.",
)

TEMPLATES: Mapping[ActivityKind, tuple[Question, ...]] = MappingProxyType(
    {
        ActivityKind.BETA: (
            _DEVICE,
            Question(
                text="How many evenings could you play during the test?",
                kind=AnswerKind.NUMBER,
                least=1,
                most=60,
                purpose="One is enough.",
            ),
            Question(
                text="Does it bother you when a game crashes or looks unfinished?",
                options=(
                    Option(text="Not at all", fit=Fit.QUALIFIES),
                    Option(text="A little", fit=Fit.QUALIFIES),
                    Option(text="Very much", fit=Fit.RULES_OUT),
                ),
                purpose="A test version will do both.",
            ),
            _CONFLICT,
        ),
        ActivityKind.FOCUS_GROUP: (
            Question(
                text="Which of our games have you played in the last twelve months?",
                kind=AnswerKind.TEXT,
                required=False,
                purpose="So that we know what you have in mind when we talk.",
            ),
            Question(
                text="Which times could you join a call of an hour?",
                kind=AnswerKind.MULTIPLE,
                options=(
                    Option(text="Weekday afternoons", fit=Fit.QUALIFIES),
                    Option(text="Weekday evenings", fit=Fit.QUALIFIES),
                    Option(text="Weekends", fit=Fit.QUALIFIES),
                    Option(text="None of these", fit=Fit.RULES_OUT),
                ),
                purpose="So that we choose a time that suits most.",
            ),
            Question(
                text="How do you feel about saying what you think with others listening?",
                options=(
                    Option(text="Happy to", fit=Fit.QUALIFIES),
                    Option(text="I warm up after a while", fit=Fit.QUALIFIES),
                    Option(text="I would rather write it down", fit=Fit.RULES_OUT),
                ),
                purpose="Who would rather write may like our next test version better.",
            ),
            _CONFLICT,
        ),
    }
)
