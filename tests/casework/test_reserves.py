"""Facts about reserves: who steps in, in which order, and which minimum breaks when nobody can."""

from hypothesis import given
from hypothesis import strategies as st

from casework.customers import Attribute
from casework.lottery import Draw, Mixture, draw, solve
from casework.quotas import Quota, Trait
from casework.recruiting import Candidate
from casework.reserves import Reserve, Vacant, step_in

REGIONS = ("EU", "LATAM")
QUOTAS = [Quota(attribute=Trait.REGION, value="LATAM", minimum=2, maximum=3)]


def candidate(number: int) -> Candidate:
    rest = dict.fromkeys(Attribute, "unknown")
    return Candidate(
        customer_id=number,
        attributes=rest | {Attribute.REGION: REGIONS[number % 2]},
        loyal=True,
        score=0.9,
    )


def lottery(people: int, seed: str = "7") -> tuple[Mixture, Draw]:
    mixture = solve([candidate(number) for number in range(people)], QUOTAS, 5)
    return mixture, draw(mixture, seed)


def others(drawn: Draw, left: int) -> list[int]:
    return [one for one in drawn.seats if one != left]


def test_the_first_reserve_of_the_same_kind_steps_in() -> None:
    mixture, drawn = lottery(20)
    left = next(one for one in drawn.seats if one % 2)
    place = mixture.profile_of(left)
    assert place is not None
    listed = drawn.reserves[place]
    found = step_in(mixture, drawn, left, others(drawn, left), set(range(20)))
    assert found == Reserve(customer_id=listed[0], turn=1, same_kind=True)
    found = step_in(mixture, drawn, left, others(drawn, left), set(listed[2:]))
    assert found == Reserve(customer_id=listed[2], turn=3, same_kind=True)
    assert isinstance(found, Reserve)
    assert found.described == "reserve 3 of the same kind"


def with_latins(count: int) -> tuple[Mixture, Draw]:
    """A draw of five with so many latins among them."""
    drawn = (lottery(20, str(seed)) for seed in range(100))
    return next(one for one in drawn if sum(seat % 2 for seat in one[1].seats) == count)


def test_another_kind_steps_in_where_a_maximum_leaves_room() -> None:
    mixture, drawn = with_latins(2)
    european = next(one for one in drawn.seats if not one % 2)
    latin = set(range(1, 20, 2)) - set(drawn.seats)
    found = step_in(mixture, drawn, european, others(drawn, european), latin)
    assert isinstance(found, Reserve)
    assert (found.same_kind, found.customer_id in latin) == (False, True)
    assert found.described.endswith("of another kind, within the quotas")


def test_another_kind_is_passed_over_where_a_maximum_is_full() -> None:
    mixture, drawn = with_latins(3)
    european = next(one for one in drawn.seats if not one % 2)
    latin = set(range(1, 20, 2)) - set(drawn.seats)
    found = step_in(mixture, drawn, european, others(drawn, european), latin)
    assert found == Vacant(breached=())


def test_when_nobody_is_left_the_broken_minimum_is_named() -> None:
    mixture, drawn = lottery(20)
    latins = [one for one in drawn.seats if one % 2]
    holders = [one for one in drawn.seats if one not in latins[: len(latins) - 1]]
    found = step_in(mixture, drawn, latins[0], holders, set())
    assert found == Vacant(breached=("region LATAM (at least 2, now 1)",))
    assert "nobody is left for region LATAM (at least 2, now 1)" in found.described


def test_a_european_may_not_take_the_last_seat_that_a_latin_minimum_needs() -> None:
    mixture, drawn = lottery(20)
    latins = [one for one in drawn.seats if one % 2]
    europeans = [one for one in drawn.seats if not one % 2]
    # All latins but one have left and only one seat is free: it must go to a latin.
    holders = [*europeans, latins[0]]
    while len(holders) < 4:
        holders.append(next(n for n in range(0, 20, 2) if n not in holders))
    askable = {n for n in range(0, 20, 2) if n not in holders}
    assert isinstance(step_in(mixture, drawn, latins[1], holders, askable), Vacant)


@given(st.integers(12, 40), st.integers(0, 500), st.data())
def test_whoever_steps_in_keeps_every_quota_and_was_askable(
    people: int, seed: int, data: st.DataObject
) -> None:
    mixture, drawn = lottery(people, str(seed))
    left = data.draw(st.sampled_from(drawn.seats))
    waiting = [one for one in range(people) if one not in drawn.seats]
    askable = set(data.draw(st.lists(st.sampled_from(waiting), unique=True)))
    found = step_in(mixture, drawn, left, others(drawn, left), askable)
    if isinstance(found, Vacant):
        return
    assert found.customer_id in askable
    seated = [*others(drawn, left), found.customer_id]
    assert 2 <= sum(one % 2 for one in seated) <= 3
    again = step_in(mixture, drawn, left, others(drawn, left), askable)
    assert again == found
