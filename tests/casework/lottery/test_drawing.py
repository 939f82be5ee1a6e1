"""Facts about drawing: the same again, within the quotas, and a seed nobody can choose."""

from collections import Counter
from hashlib import sha256

import pytest
from scipy.stats import binomtest, chisquare

from casework.errors import Invalid
from casework.lottery import AuditFile, draw, explain, in_turn, replay, seed_of, solve
from casework.lottery.drawing import chosen_by
from casework.quotas import Trait
from tests.casework.lottery.rosters import candidate, mixed_roster, pool, quota, usual_quotas
from tests.casework.lottery.test_mixture import keeps
from tests.casework.test_recruiting import NOW


def test_three_hundred_draws_keep_every_quota_and_come_again_by_their_seed() -> None:
    people, quotas = mixed_roster(200, 4), usual_quotas()
    mixture = solve(people, quotas, 8)
    by_id = {one.customer_id: one for one in people}
    for seed in range(300):
        drawn = draw(mixture, str(seed))
        assert len(set(drawn.seats)) == 8
        assert keeps([by_id[one] for one in drawn.seats], quotas)
        left = [one for reserves in drawn.reserves for one in reserves]
        assert sorted([*drawn.seats, *left]) == sorted(by_id)
        assert draw(mixture, str(seed)) == drawn


def test_people_are_drawn_as_often_as_their_published_chance() -> None:
    mixture = solve(pool(EU=9, LATAM=3), [quota("LATAM", 1, 2)], 4)
    seen = Counter(one for seed in range(2_000) for one in draw(mixture, str(seed)).seats)
    for profile, chance in zip(mixture.profiles, mixture.chances, strict=True):
        for member in profile.members:
            assert binomtest(seen[member], 2_000, chance).pvalue > 1e-4


def test_without_quotas_every_panel_is_equally_likely() -> None:
    mixture = solve(pool(EU=5), [], 2)
    seen = Counter(tuple(sorted(draw(mixture, str(s)).seats)) for s in range(1_000))
    assert len(seen) == 10
    assert chisquare(list(seen.values())).pvalue > 0.001


def test_a_draw_does_not_depend_on_the_machine() -> None:
    """Lottery numbers are SHA-256("seed:id"); for seed 7 among ids 0 to 5 they order like this."""
    drawn = draw(solve(pool(EU=6), [], 3), "7")
    order = sorted(range(6), key=lambda one: sha256(f"7:{one}".encode()).hexdigest())
    assert (*drawn.seats, *in_turn(drawn)) == tuple(order)
    assert drawn.reserves == (tuple(order[3:]),)


def test_the_seed_follows_from_roster_quotas_seats_and_the_announced_number() -> None:
    people = pool(EU=9, LATAM=9)
    mixture = solve(people, [quota("EU", 1)], 8)
    seed = seed_of(mixture, "24 December: 17 4 31")
    assert len(seed) == 64
    assert seed == seed_of(solve(people[::-1], [quota("EU", 1)], 8), "24 December: 17 4 31")
    others = (
        seed_of(mixture, "24 December: 17 4 32"),
        seed_of(solve(people, [quota("EU", 2)], 8), "24 December: 17 4 31"),
        seed_of(solve(people, [quota("EU", 1)], 7), "24 December: 17 4 31"),
        seed_of(solve(people[1:], [quota("EU", 1)], 8), "24 December: 17 4 31"),
    )
    assert len({seed, *others}) == 5


def test_the_roster_digest_can_be_worked_out_from_what_is_published() -> None:
    mixture = solve([candidate(2, "NA"), candidate(1, "EU")], [quota("EU", 1)], 1)
    lines = [(1, "EU"), (2, "any other")]
    assert mixture.roster_digest == sha256(repr(lines).encode()).hexdigest()


def test_how_somebody_was_chosen_reads_as_a_sentence() -> None:
    assert chosen_by("7", ()) == "draw, seed 7"
    rules = (quota("ios", 1, on=Trait.PLATFORM), quota("EU", 1), quota("NA", 1))
    assert chosen_by("a" * 64, rules) == "draw, seed aaaaaaaaaaaa, quotas on platform and region"


def published(**changes: object) -> AuditFile:
    mixture = solve(pool(EU=9, LATAM=3), [quota("LATAM", 1, 2)], 4)
    seed = seed_of(mixture, "17")
    file = AuditFile(
        activity="Evening group",
        drawn_at=NOW,
        dry_run=False,
        nonce="17",
        seed=seed,
        roster_digest=mixture.roster_digest,
        mixture=mixture,
        chances=mixture.chances,
        seats=draw(mixture, seed).seats,
    )
    return file.model_copy(update=changes)


def test_a_published_file_replays_to_the_same_seats_after_a_round_trip() -> None:
    file = published()
    assert replay(AuditFile.model_validate_json(file.model_dump_json())).seats == file.seats


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"nonce": "18"}, "does not follow"),
        ({"seats": (0, 1, 2, 3)}, "not the seats"),
        ({"chances": (0.5, 0.5)}, "chances in this file"),
        ({"roster_digest": "0" * 64}, "not the one that was drawn from"),
    ],
)
def test_a_file_that_was_tampered_with_is_found_out(change: dict[str, object], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        replay(published(**change))


def test_a_dry_run_replays_by_its_own_seed() -> None:
    file = published(dry_run=True, seed="7")
    seats = draw(file.mixture, "7").seats
    assert replay(file.model_copy(update={"seats": seats})).seats == seats


def test_a_customer_is_told_their_chance_and_why_they_sit_or_wait() -> None:
    mixture = solve(pool(EU=9, LATAM=3), [quota("LATAM", 1, 1)], 4)
    drawn = draw(mixture, "7")
    lucky = explain(mixture, drawn, next(one for one in drawn.seats if one >= 9))
    assert lucky.drawn
    assert lucky.sentences[:3] == (
        "Counted as region LATAM.",
        "Each of these 3 had a chance of 33.33% before the draw; an even chance for all 12 "
        "would be 33.33%.",
        "The draw gave 1 of 4 seats to them.",
    )
    assert lucky.sentences[3].endswith("a seat.")
    (waiting,) = [reserves for reserves in drawn.reserves if reserves[0] >= 9]
    unlucky = explain(mixture, drawn, waiting[1])
    assert not unlucky.drawn
    assert unlucky.sentences[3] == "Not drawn; reserve number 2 of 2 of the same kind."
    assert "Did not take part" in explain(mixture, drawn, 404).sentences[0]
    even = solve(pool(EU=4), [], 2)
    assert "no quotas" in explain(even, draw(even, "1"), 0).sentences[0]
