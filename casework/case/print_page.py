"""The whole exercise as one self-contained page that a browser prints."""

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader

from casework.case.checks import Check
from casework.case.exercise import Exercise
from casework.case.printout import percent, points, when
from casework.case.story import WHY_IT_FAILED, fact
from casework.case.suggestions import Comparison

_PAGES = Environment(
    loader=PackageLoader("casework.case", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters.update(percent=percent, points=points, when=when, fact=fact)


def as_html(
    exercise: Exercise,
    *,
    student: str = "",
    answers: Mapping[int, str] | None = None,
    checks: Sequence[Check] = (),
    comparison: Comparison | None = None,
    reflection: str = "",
) -> str:
    """The exercise as HTML without scripts or anything fetched; typed words are shown as text.

    `answers` holds the words of cited answers by number. `comparison` gives the suggested answers
    away, so it comes only with work that is handed in.
    """
    return _PAGES.get_template("print_page.html").render(
        work=exercise,
        student=student,
        answers=answers or {},
        checks=checks,
        comparison=comparison,
        reflection=reflection,
        why_it_failed=WHY_IT_FAILED,
    )
