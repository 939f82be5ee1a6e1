"""Quotas on the recruiting page: what is typed, what clashes, what gives way."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from casework.errors import Invalid
from casework.quotas import Trait
from casework.roles import Role
from pages.parts import quota_table
from tests.conftest import Page
from tests.pages.recruit.stage import PAGE, drawn_for, loyal_customers, planned, press, said
from tests.pages.test_study import a_study


def test_quotas_are_asked_value_by_value_and_none_bound_until_typed(page: Page) -> None:
    loyal_customers()
    planned(a_study())
    shown = page(Role.OWNER, PAGE)
    choose_traits(shown, Trait.REGION, Trait.LOYALTY_BAND)
    assert not shown.exception
    table = bounds_table(shown)
    assert table["Trait"].tolist()[:2] == ["Region", "Region"]
    assert table["Value"].tolist()[:2] == ["EU", "LATAM"]
    assert table["Eligible"].tolist()[:2] == [6, 6]
    assert "8 of 12 people can be drawn." in said(shown.success)


def test_quotas_that_clash_name_the_least_relaxation_and_one_click_takes_it(page: Page) -> None:
    loyal_customers()
    group = planned(a_study())
    shown = page(Role.OWNER, PAGE)
    shown.session_state[quota_table.KEPT] = {("Region", "EU"): (7, 8)}
    choose_traits(shown, Trait.REGION)
    assert "region EU at least 7. The least that helps: region EU: min 7 → 6" in said(shown.error)
    press(shown, "Change to region EU: min 7 → 6")
    assert not shown.exception
    assert "8 of 12 people can be drawn within these quotas." in said(shown.success)
    assert bounds_table(shown)["At least"].tolist() == [6, 0]
    press(shown, "Announce the draw")
    press(shown, "Draw and seat 8 people")
    (row,) = drawn_for(group)
    assert [quota.described for quota in row.quotas] == ["region EU: at least 6, at most 8"]
    assert row.chances == pytest.approx((1.0, 2 / 6))


def choose_traits(page: AppTest, *traits: Trait) -> None:
    next(one for one in page.button_group if one.label == "Quotas on").set_value(list(traits)).run()


def bounds_table(page: AppTest) -> pd.DataFrame:
    return next(one.value for one in page.dataframe if "At least" in one.value.columns)


def test_only_typed_bounds_become_quotas_and_a_minimum_above_its_maximum_is_named() -> None:
    typed = pd.DataFrame(
        {
            "Trait": ["Region", "Region", "Platform"],
            "Value": ["EU", "LATAM", "ios"],
            "At least": pd.array([0, 2, None], dtype="Int64"),
            "At most": pd.array([None, None, 0], dtype="Int64"),
        }
    )
    quotas = quota_table.quotas_from(typed)
    assert [(one.attribute, one.value, one.minimum, one.maximum) for one in quotas] == [
        (Trait.REGION, "LATAM", 2, None),
        (Trait.PLATFORM, "ios", 0, 0),
    ]
    typed.loc[1, "At most"] = 1
    with pytest.raises(Invalid, match="Region LATAM: the minimum of 2 is above the maximum of 1"):
        quota_table.quotas_from(typed)
