"""The scorer's error is told from random texts only, with an interval that holds what it says."""

from math import sqrt

import numpy as np
import pytest

from casework.corrections import (
    Candidate,
    Labelled,
    confusion,
    draw_sample,
    error_rate,
    is_error,
)
from casework.errors import NotEnough
from casework.sentiment import Label
from casework.verdict.intervals import wilson

NEG, NEU, POS, NONE = Label.negative, Label.neutral, Label.positive, Label.abstain


def labelled(machine: Label, right: int, wrong: int) -> list[Labelled]:
    human = NEU if machine is NONE else machine
    other = NEG if machine is POS else POS
    return [
        *[Labelled(machine=machine, human=human)] * right,
        *[Labelled(machine=machine, human=other)] * wrong,
    ]


def test_abstaining_is_right_only_where_a_person_hears_no_side() -> None:
    assert not is_error(NONE, NEU)
    assert is_error(NONE, POS)
    assert is_error(NEU, NEG)
    assert not is_error(POS, POS)


def test_strata_weigh_as_much_as_their_texts_not_as_much_as_their_labels() -> None:
    given = labelled(NEG, right=10, wrong=10) + labelled(POS, right=20, wrong=0)
    found = error_rate(given, {NEG: 100, POS: 900})
    # .1 × 1/2 + .9 × 0; unweighted it would be 10 of 40.
    assert found.value == pytest.approx(0.05)
    low, high = wilson(10, 20), wilson(0, 20)
    assert found.low == pytest.approx(0.05 - 0.1 * (0.5 - low[0]))
    assert found.high == pytest.approx(
        0.05 + sqrt((0.1 * (low[1] - 0.5)) ** 2 + (0.9 * high[1]) ** 2)
    )
    assert found.labelled == 40


def test_a_label_nobody_has_looked_at_counts_as_unknown() -> None:
    found = error_rate(labelled(POS, right=30, wrong=0), {POS: 50, NEG: 50})
    assert found.value == 0.25
    assert found.low == pytest.approx(0.0)
    assert found.high > 0.5


def test_fewer_than_25_labels_tell_nothing() -> None:
    with pytest.raises(NotEnough, match="Only 24 random texts are labelled; from 25 on"):
        error_rate(labelled(POS, right=24, wrong=0), {POS: 100})
    assert error_rate(labelled(POS, right=25, wrong=0), {POS: 100}).value == 0.0


def test_the_interval_holds_the_true_error_in_about_95_of_100_samples() -> None:
    sizes = {NEG: 300, NEU: 60, POS: 600, NONE: 40}
    wrong = {NEG: 0.10, NEU: 0.50, POS: 0.15, NONE: 0.30}
    texts = [
        Candidate(text_id=at, label=label)
        for at, label in enumerate(label for label in sizes for _ in range(sizes[label]))
    ]
    chance = np.random.default_rng(11)
    errs = {one.text_id: bool(chance.random() < wrong[one.label]) for one in texts}
    true = sum(errs.values()) / len(texts)
    held, values = 0, []
    for seed in range(300):
        drawn = draw_sample(texts, frozenset(), seed=seed, size=60)
        given = [
            labelled(one.label, right=not errs[one.text_id], wrong=errs[one.text_id])[0]
            for one in drawn.items
        ]
        found = error_rate(given, drawn.strata)
        held += found.low <= true <= found.high
        values.append(found.value)
    assert held / 300 >= 0.93
    assert np.mean(values) == pytest.approx(true, abs=0.01)


def test_the_table_of_labels_counts_each_pair() -> None:
    table = confusion([*labelled(NEG, right=3, wrong=2), *labelled(NONE, right=1, wrong=0)])
    assert (table.of(NEG, NEG), table.of(POS, NEG), table.of(NEU, NONE)) == (3, 2, 1)
    assert table.of(NEG, POS) == 0
