"""Texts to label are drawn by chance that anybody can repeat, each label among them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.corrections import Candidate, draw_sample
from casework.errors import NotEnough
from casework.sentiment import Label

SIZES = {Label.negative: 100, Label.neutral: 4, Label.positive: 400, Label.abstain: 25}


def population(sizes: dict[Label, int]) -> list[Candidate]:
    labels = [label for label, size in sizes.items() for _ in range(size)]
    return [Candidate(text_id=at + 1, label=label) for at, label in enumerate(labels)]


def test_each_label_gets_its_share_by_the_root_of_its_size() -> None:
    drawn = draw_sample(population(SIZES), frozenset(), seed=1)
    shares = Counter(one.label for one in drawn.items)
    assert drawn.strata == SIZES
    # Roots 10, 2, 20, 5 of 37, times 30: 8.1, 1.6, 16.2, 4.05.
    assert (shares[Label.negative], shares[Label.positive]) == (8, 16)
    assert (shares[Label.neutral], shares[Label.abstain]) == (2, 4)


def test_the_same_seed_draws_the_same_texts_and_another_seed_others() -> None:
    texts = population(SIZES)
    assert draw_sample(texts, frozenset(), seed=5) == draw_sample(texts[::-1], frozenset(), seed=5)
    assert draw_sample(texts, frozenset(), seed=5) != draw_sample(texts, frozenset(), seed=6)


def test_no_text_is_drawn_twice_and_at_last_there_is_none() -> None:
    texts = population({Label.negative: 3, Label.positive: 40})
    first = draw_sample(texts, frozenset(), seed=1)
    done = frozenset(one.text_id for one in first.items)
    second = draw_sample(texts, done, seed=1)
    assert done.isdisjoint(one.text_id for one in second.items)
    assert len(first.items) + len(second.items) == 43
    with pytest.raises(NotEnough, match="labelled already"):
        draw_sample(texts, frozenset(range(1, 44)), seed=1)


@given(
    st.dictionaries(st.sampled_from(list(Label)), st.integers(1, 60), min_size=1), st.integers(0)
)
def test_a_sample_is_full_and_each_label_is_seen(sizes: dict[Label, int], seed: int) -> None:
    drawn = draw_sample(population(sizes), frozenset(), seed=seed)
    shares = Counter(one.label for one in drawn.items)
    assert len(drawn.items) == min(30, sum(sizes.values()))
    assert set(shares) == set(sizes)
    assert len({one.text_id for one in drawn.items}) == len(drawn.items)


def test_within_a_label_every_text_has_the_same_chance() -> None:
    texts = population({Label.negative: 20, Label.positive: 20})
    seen: Counter[int] = Counter()
    for seed in range(400):
        seen.update(
            one.text_id for one in draw_sample(texts, frozenset(), seed=seed, size=10).items
        )
    # 400 draws of a quarter: mean 100, standard deviation 8.7.
    assert min(seen.values()) > 65
    assert max(seen.values()) < 135
    assert np.mean(list(seen.values())) == 100
