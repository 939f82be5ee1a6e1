"""The page a student prints holds the whole work and shows each typed word as text."""

import re
from html.parser import HTMLParser

import pytest

from casework.case.checks import check_plan
from casework.case.exercise import Exercise, Prediction
from casework.case.print_page import as_html
from casework.case.story import WHY_IT_FAILED
from casework.case.suggestions import compare
from tests.casework.case.samples import WHOLE


class Shown(HTMLParser):
    """The text a reader sees and the tags around it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def whole() -> Shown:
    seen = compare(WHOLE, share_offended=0.314, share_satisfied=None, outcome="NO-GO")
    page = as_html(
        WHOLE,
        student="Robin",
        answers={4: "The Grinch made my son cry."},
        checks=check_plan(WHOLE.activities),
        comparison=seen,
        reflection="Ask earlier.",
    )
    return Shown(page)


@pytest.mark.parametrize(
    "part",
    [
        "Work by Robin. Handed in.",
        "Activity 1: Focus group",
        "10 weeks before the release",
        "4.5 weeks before the release",
        "My recommendation: Fix it and test again",
        "Answer 4 The Grinch made my son cry.",
        "Answer 7 (left blank)",
        "Offended by something 20 % 31 % 11 points more",
        "Satisfied (4 or 5 of 5) 70 % not known –",
        "Verdict HOLD NO-GO another verdict",
        "Our reading, not a fact of the case.",
        "What I take from it Ask earlier.",
    ],
)
def test_a_whole_exercise_is_printed_with_its_comparison(whole: Shown, part: str) -> None:
    assert part in whole.text


def test_a_draft_gives_no_answers_away() -> None:
    text = Shown(as_html(Exercise(prediction=Prediction()))).text
    assert "A draft, not handed in yet." in text
    assert "Verdict: (left blank)" in text
    assert WHY_IT_FAILED[0].text not in text
    assert "suggested" not in text


def test_typed_tags_are_text_and_nothing_is_fetched_or_run() -> None:
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    group = WHOLE.activities[0].model_copy(update={"who": typed, "learns": typed})
    page = as_html(
        WHOLE.model_copy(update={"activities": (group,)}),
        student=typed,
        answers={4: typed},
        reflection=typed,
    )
    shown = Shown(page)
    assert shown.text.count(typed) == 5
    assert not {"script", "img", "link", "iframe"} & shown.tags
    assert not re.search(r"https?://", page)
