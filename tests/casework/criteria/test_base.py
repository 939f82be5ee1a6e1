"""The customer base: each margin is a whole, and is registered once."""

import pytest
from pydantic import ValidationError

from casework.criteria import Cell, LaunchCriteria, Margin
from tests.casework.verdict.study import CSAT, plan

IOS = Cell(value="ios", share=0.4)
ANDROID = Cell(value="android", share=0.6)


def test_shares_add_up_to_one() -> None:
    assert len(Margin(attribute="platform", cells=(IOS, ANDROID)).cells) == 2
    with pytest.raises(ValidationError, match="must add up to 1"):
        Margin(attribute="platform", cells=(IOS,))


def test_a_value_is_named_once() -> None:
    half = Cell(value="ios", share=0.5)
    with pytest.raises(ValidationError, match="named twice"):
        Margin(attribute="platform", cells=(half, half))


def test_a_part_of_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        Cell(value="web", share=0.0)


def test_an_attribute_is_registered_once() -> None:
    margin = Margin(attribute="platform", cells=(IOS, ANDROID))
    fields = plan(CSAT, answers=60).model_dump()
    assert LaunchCriteria.model_validate(fields | {"base": (margin,)}).base == (margin,)
    with pytest.raises(ValidationError, match="can be registered once"):
        LaunchCriteria.model_validate(fields | {"base": (margin, margin)})
