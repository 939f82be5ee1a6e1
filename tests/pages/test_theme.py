"""Facts about the two themes: readable for everybody, and nothing fetched from elsewhere."""

import tomllib

import pytest

from tests.conftest import ROOT

CONFIG = (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")
THEME = tomllib.loads(CONFIG)["theme"]
READABLE, VISIBLE = 4.5, 3.0
SPOKEN = ("red", "orange", "yellow", "green", "blue", "violet", "gray")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_links_are_readable_on_both_grounds(mode: str) -> None:
    theme = THEME[mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= READABLE
        assert contrast(theme["linkColor"], ground) >= READABLE
        for name in SPOKEN:
            assert contrast(theme[f"{name}Color"], ground) >= READABLE, name


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_primary_button_carries_white_words_and_stands_out(mode: str) -> None:
    theme = THEME[mode]
    assert contrast("#ffffff", theme["primaryColor"]) >= READABLE
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= VISIBLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_line_of_a_chart_can_be_seen_and_told_apart(mode: str) -> None:
    theme = THEME[mode]
    colours = theme["chartCategoricalColors"]
    assert len(set(colours)) == len(colours) == 7
    for colour in colours:
        assert contrast(colour, theme["backgroundColor"]) >= VISIBLE, colour
    for scale in ("chartSequentialColors", "chartDivergingColors"):
        assert len(set(theme[scale])) == 10


def test_no_font_comes_from_elsewhere() -> None:
    assert "http" not in CONFIG
