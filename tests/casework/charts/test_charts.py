"""Charts say the same as their tables and leave the house as files."""

import csv
import io
import json

import numpy as np
import pytest

from casework.charts import (
    Drawn,
    aspect_tones,
    by_aspect,
    by_build,
    by_day,
    distribution,
    over_time,
    share_by_build,
    theme_shares,
)
from casework.themes import Heard, Theme, ThemeSet, assign, figures

TEXTS = ("Great music but the controls are terrible", "The music is lovely", "=Snow", "Bad price")
HEARD = Heard(
    texts=TEXTS,
    polarity=np.array([0.15, 1.0, np.nan, -1.0]),
    offended=np.zeros(4, dtype=bool),
    loyal=np.array([True, False, True, False]),
    may_quote=np.ones(4, dtype=bool),
    build=("=1", "=1", "2", "2"),
    day=("2026-10-01", "2026-10-02", "2026-10-02", "2026-10-03"),
    source=("answer 1", "answer 2", "answer 3", "answer 4"),
)
THEMES = ThemeSet(
    version=1,
    themes=(Theme(name="Values", is_values=True), Theme(name="Sound", terms=("music",))),
)
FOUND = figures(HEARD, assign(TEXTS, THEMES))
EVERY = [
    distribution(HEARD.polarity),
    by_build(HEARD),
    over_time(HEARD),
    by_aspect(aspect_tones(TEXTS)),
    theme_shares(FOUND),
    share_by_build(FOUND[1]),
]


def test_each_text_with_a_tone_is_in_one_step_of_the_distribution() -> None:
    drawn = distribution(HEARD.polarity)
    counts = {row[0]: row[2] for row in drawn.rows}
    assert len(drawn.rows) == 20
    assert {low: count for low, count in counts.items() if count} == {-1.0: 1, 0.1: 1, 0.9: 1}
    assert "n = 3" in drawn.alt


def test_builds_and_days_have_their_means() -> None:
    assert by_build(HEARD).rows[0][:2] == ("=1", 0.575)
    assert by_build(HEARD).rows[1][1:] == (-1.0, None, None, 1)
    assert [(row[0], row[1], row[2]) for row in over_time(HEARD).rows] == [
        ("2026-10-01", "=1", 0.15),
        ("2026-10-02", "=1", 1.0),
        ("2026-10-03", "2", -1.0),
    ]


def test_an_interval_is_drawn_within_the_scale() -> None:
    (row, _) = by_build(HEARD).rows
    assert row[2:4] == (-1.0, 1.0)


def test_complaints_stand_left_and_praise_right() -> None:
    drawn = by_aspect(aspect_tones(TEXTS))
    assert ("audio", 0, 0, 2, 2) in drawn.rows
    assert ("controls", 1, 0, 0, 1) in drawn.rows
    (data,) = (rows for rows in json.loads(drawn.spec)["datasets"].values() if "aspect" in rows[0])
    sides = {(row["aspect"], row["side"]): row["share"] for row in data}
    assert sides["controls", "complaint"] == -1
    assert sides["audio", "praise"] == 1


def test_days_without_intervals_are_drawn_too() -> None:
    drawn = by_day([("2026-10-01", "0.9", 0.25, None, None, 4)])
    assert drawn.rows == (("2026-10-01", "0.9", 0.25, None, None, 4),)
    assert drawn.note == ""
    assert drawn.svg().startswith(b"<svg")
    assert "95 %" in over_time(HEARD).note or all(row[3] is None for row in over_time(HEARD).rows)


def test_a_file_says_what_its_marks_mean() -> None:
    drawn = distribution(HEARD.polarity)
    assert drawn.note == "Dashed: the mean, 0.05, in its 95 % interval; n = 3."
    assert b"Dashed" in drawn.svg()


def test_theme_shares_name_every_theme_with_its_count() -> None:
    assert [row[:3] for row in theme_shares(FOUND).rows] == [("Values", 0, 4), ("Sound", 2, 4)]
    assert [row[:4] for row in share_by_build(FOUND[1]).rows] == [("=1", 2, 2, 1.0), ("2", 0, 2, 0)]


@pytest.mark.parametrize("drawn", EVERY, ids=lambda one: one.name)
def test_every_chart_becomes_an_svg_a_png_and_a_csv(drawn: Drawn) -> None:
    assert drawn.svg().startswith(b"<svg")
    assert drawn.title.split()[0].encode() in drawn.svg()
    assert drawn.png().startswith(b"\x89PNG")
    read = list(csv.reader(io.StringIO(drawn.csv().decode("utf-8-sig"))))
    assert tuple(read[0]) == drawn.header
    assert len(read) == len(drawn.rows) + 1
    assert len(drawn.frame()) == len(drawn.rows)


def test_no_cell_of_a_file_is_a_formula() -> None:
    assert "'=1" in by_build(HEARD).csv().decode("utf-8-sig")


def test_nobodys_words_are_in_a_chart() -> None:
    assert not any(text in drawn.spec for text in TEXTS for drawn in EVERY)


def test_nothing_heard_draws_an_empty_chart() -> None:
    empty = distribution(np.array([]))
    assert sum(int(row[2] or 0) for row in empty.rows) == 0
    assert "unknown" in empty.alt
    assert empty.svg().startswith(b"<svg")
    assert by_aspect(()).rows == ()
