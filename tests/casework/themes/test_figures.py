"""What a theme amounts to, worked by hand on eight texts."""

import numpy as np
import pytest

from casework.themes import Heard, Theme, ThemeSet, assign, figures, first_themes, tone
from casework.themes.suggesting import suggest

THEMES = ThemeSet(
    version=1,
    themes=(
        Theme(name="Sound", terms=("music",)),
        Theme(name="Values", is_values=True),
        Theme(name="Price", terms=("price",)),
    ),
)
HEARD = Heard(
    texts=("music", "music price", "price", "price", "snow", "music", "price", "snow"),
    polarity=np.array([0.5, -0.5, -1.0, np.nan, 0.2, 0.4, -0.2, np.nan]),
    offended=np.array([False] * 7 + [True]),
    loyal=np.array([True, True, False, False, True, False, True, False]),
    may_quote=np.array([True] * 8),
    build=("1", "1", "1", "1", "2", "2", "2", "2"),
    day=("2026-10-01",) * 8,
    source=tuple(f"answer {number}" for number in range(8)),
)


def test_counts_shares_tone_loyalty_and_builds() -> None:
    values, price, sound = figures(HEARD, assign(HEARD.texts, THEMES, offended=HEARD.offended))
    assert [one.name for one in (values, price, sound)] == ["Values", "Price", "Sound"]
    assert (price.share.count, price.share.n, price.share.value) == (4, 8, 0.5)
    assert price.share.interval is not None
    # Clopper-Pearson of 4 in 8, since 4 is below the five a Wilson interval needs.
    assert price.share.interval == pytest.approx((0.157, 0.843), abs=0.001)
    assert price.tone.n == 3
    assert price.tone.polarity == pytest.approx(-1.7 / 3)
    assert ((price.loyal.count, price.loyal.n), (price.others.count, price.others.n)) == (
        (2, 4),
        (2, 4),
    )
    assert [(build, share.count, share.n) for build, share in price.by_build] == [
        ("1", 3, 4),
        ("2", 1, 4),
    ]
    assert (values.share.count, values.tone.polarity, values.tone.n) == (1, None, 0)


def test_the_interval_of_many_is_wilsons() -> None:
    member = 10
    heard = Heard(
        texts=("music",) * member + ("snow",) * member,
        polarity=np.full(20, 0.1),
        offended=np.zeros(20, dtype=bool),
        loyal=np.ones(20, dtype=bool),
        may_quote=np.ones(20, dtype=bool),
        build=("1",) * 20,
        day=("2026-10-01",) * 20,
        source=("answer",) * 20,
    )
    sound = figures(heard, assign(heard.texts, THEMES))[1]
    assert sound.share.interval == pytest.approx((0.2993, 0.7007), abs=0.0001)
    assert (sound.others.n, sound.others.value, sound.others.interval) == (0, 0.0, None)


def test_a_tone_of_nobody_is_unknown() -> None:
    assert tone(np.array([])).polarity is None
    assert tone(np.array([np.nan, 0.3])).interval is None


def test_what_no_theme_claims_is_grouped_and_named_by_its_own_words() -> None:
    texts = [f"{word} chimney slide is long" for word in ("a", "my", "the", "one")]
    texts += [
        "a daily village visit",
        "the daily village opens",
        "my daily village",
        "their daily village",
    ]
    groups = suggest(texts)
    assert groups == suggest(texts)
    assert [group.name for group in groups] == ["Chimney slide", "Daily village"]
    assert {len(group.texts) for group in groups} == {4}
    assert any("village" in group.terms for group in groups)
    said = " ".join(texts)
    assert all(term in said for group in groups for term in group.terms)


@pytest.mark.parametrize(
    "texts", [[], ["one"], ["alpha", "beta", "gamma"], ["", "", ""], ["♥"] * 9]
)
def test_too_little_in_common_suggests_nothing(texts: list[str]) -> None:
    assert suggest(texts) == ()


def test_words_of_praise_alone_are_no_theme() -> None:
    assert suggest(["great game, really good"] * 20) == ()


def test_every_study_begins_with_values_first() -> None:
    first = first_themes()
    assert first.themes[0].is_values
    assert sum(theme.is_values for theme in first.themes) == 1
    assert len(first.themes) == 10
