"""Facts about the draw: quotas kept, nobody twice, the same again, and even chances."""

from collections import Counter
from hashlib import sha256
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import chisquare

from casework.customers import Attribute
from casework.draw import Draw, digest, draw
from casework.errors import Invalid, NotEnough
from casework.recruiting import MAX_SEED, Candidate, Quota, Refusal, least_relaxation, sizes_of
from tests.casework.test_recruiting import candidate, pool, quota

REGIONS = ("EU", "LATAM", "NA")


@st.composite
def a_situation(draw_from: st.DrawFn) -> tuple[list[Candidate], int, list[Quota]]:
    """Some people, some of whom may not be asked; some seats; quotas that may or may not fit."""
    regions = draw_from(st.lists(st.sampled_from(REGIONS), min_size=1, max_size=25))
    barred = draw_from(st.sets(st.integers(0, 24), max_size=5))
    people = [
        candidate(i, region, *([Refusal.BUSY] if i in barred else []))
        for i, region in enumerate(regions)
    ]
    limited = draw_from(st.sets(st.sampled_from(sorted(set(regions)))))
    quotas = []
    for region in sorted(limited):
        low = draw_from(st.integers(0, 6))
        high = draw_from(st.none() | st.integers(low, 9))
        quotas.append(quota(region, low, high))
    return people, draw_from(st.integers(1, 20)), quotas


def is_within(drawn: Draw, people: list[Candidate], quotas: list[Quota]) -> bool:
    region_of = {one.customer_id: one.attributes[Attribute.REGION] for one in people}
    seated = Counter(region_of[one] for one in drawn.seats)
    return all(
        each.minimum
        <= seated[each.value]
        <= (len(people) if each.maximum is None else each.maximum)
        for each in quotas
    )


@given(a_situation(), st.integers(0, MAX_SEED))
def test_a_feasible_draw_fills_the_seats_within_the_quotas_with_eligible_people_once(
    situation: tuple[list[Candidate], int, list[Quota]], seed: int
) -> None:
    people, seats, quotas = situation
    if least_relaxation(people, seats, quotas):
        with pytest.raises(NotEnough):
            draw(people, seats, seed=seed, quotas=quotas)
        return
    drawn = draw(people, seats, seed=seed, quotas=quotas)
    assert len(drawn.seats) == seats
    assert is_within(drawn, people, quotas)
    eligible = sorted(one.customer_id for one in people if one.eligible)
    assert sorted(drawn.seats + drawn.reserves) == eligible


@given(a_situation())
def test_the_least_relaxation_is_enough_and_no_smaller_one_is(
    situation: tuple[list[Candidate], int, list[Quota]],
) -> None:
    people, seats, quotas = situation
    changes = {(c.name, c.bound): c for c in least_relaxation(people, seats, quotas)}
    if not changes or ("seats", "eligible") in changes:
        return
    loosened = [
        each.model_copy(
            update={
                field: changes[name, bound].after
                for field, bound in (("minimum", "min"), ("maximum", "max"))
                if (name := f"region {each.value}", bound) in changes
            }
        )
        for each in quotas
    ]
    assert least_relaxation(people, seats, loosened) == ()
    sizes = sizes_of(people, Attribute.REGION)
    needed = sum(max(q.minimum - sizes[q.value], 0) for q in quotas)
    needed += max(sum(min(q.minimum, sizes[q.value]) for q in quotas) - seats, 0)
    caps = {q.value: q.maximum for q in quotas if q.maximum is not None}
    needed += max(seats - sum(min(n, caps.get(value, n)) for value, n in sizes.items()), 0)
    assert sum(abs(change.before - change.after) for change in changes.values()) == needed


@given(a_situation(), st.integers(0, MAX_SEED), st.randoms(use_true_random=False))
def test_the_same_seed_and_roster_give_the_same_seats_in_any_order(
    situation: tuple[list[Candidate], int, list[Quota]], seed: int, shuffler: Random
) -> None:
    people, seats, quotas = situation
    if least_relaxation(people, seats, quotas):
        return
    first = draw(people, seats, seed=seed, quotas=quotas)
    mixed, turned = list(people), list(quotas)
    shuffler.shuffle(mixed)
    shuffler.shuffle(turned)
    again = draw(mixed, seats, seed=seed, quotas=turned)
    assert (again.seats, again.reserves) == (first.seats, first.reserves)
    assert again.roster_digest == first.roster_digest


def test_every_panel_within_the_quotas_is_equally_likely() -> None:
    people = pool(EU=4, LATAM=3)
    rule = [quota("LATAM", 1, 2)]
    latam = {4, 5, 6}
    panels = [set(p) for p in combinations(range(7), 3) if 1 <= len(latam & set(p)) <= 2]
    assert len(panels) == 3 * 6 + 3 * 4
    seen = Counter(
        tuple(sorted(draw(people, 3, seed=seed, quotas=rule).seats)) for seed in range(1_500)
    )
    assert len(seen) == len(panels)
    assert chisquare(list(seen.values())).pvalue > 0.001


def test_a_draw_does_not_depend_on_the_machine() -> None:
    """Lottery numbers are SHA-256("seed:id"); for seed 7 among ids 0 to 5 they order like this."""
    drawn = draw(pool(EU=6), 3, seed=7)
    order = sorted(range(6), key=lambda one: sha256(f"7:{one}".encode()).hexdigest())
    assert (*drawn.seats, *drawn.reserves) == tuple(order)


def test_the_digest_changes_with_the_eligible_and_with_nothing_else() -> None:
    people = pool(EU=3)
    assert digest(people) == digest([*people, candidate(9, "EU", Refusal.BUSY)])
    assert digest(people) != digest([*people, candidate(9, "EU")])
    assert digest(people) != digest([*people[:2], candidate(2, "NA")])


def test_how_somebody_was_chosen_reads_as_a_sentence() -> None:
    people = pool(EU=4)
    assert draw(people, 2, seed=7).chosen_by == "draw, seed 7"
    drawn = draw(people, 2, seed=7, quotas=[quota("EU", 1)])
    assert drawn.chosen_by == "draw, seed 7, quotas on region"


def test_no_seats_and_a_seed_nobody_could_type_again_are_refused() -> None:
    with pytest.raises(Invalid, match="one seat or more"):
        draw(pool(EU=4), 0, seed=1)
    with pytest.raises(ValidationError):
        draw(pool(EU=4), 2, seed=MAX_SEED + 1)


def test_a_large_beta_is_drawn_in_a_moment_and_within_its_quotas() -> None:
    people = pool(EU=1_000, LATAM=600, NA=400)
    rule = [quota("LATAM", 150, 160), quota("NA", 0, 50)]
    drawn = draw(people, 400, seed=3, quotas=rule)
    assert len(drawn.seats) == 400
    assert is_within(drawn, people, rule)
