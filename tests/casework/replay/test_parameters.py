"""Every number is told with unit, range and source; two of them are the course's own."""

from casework.replay import USUAL, WORLD_PARAMETERS, Assumptions, Source, parameters


def test_every_number_of_the_rules_is_told() -> None:
    told = parameters(USUAL)
    assert [each.name for each in told] == list(Assumptions.model_fields)
    assert all(each.unit and each.why for each in told)


def test_only_two_numbers_are_the_courses_own() -> None:
    course = {each.name: each.value for each in parameters(USUAL) if each.source is Source.COURSE}
    assert course == {"told_of_bad": 2, "kept_by_answer": 0.82}


def test_every_number_of_the_world_lies_in_its_range_and_tells_why() -> None:
    assert len({each.name for each in WORLD_PARAMETERS}) == len(WORLD_PARAMETERS)
    for each in WORLD_PARAMETERS:
        assert each.low <= each.value <= each.high, each.name
        assert each.why, each.name


def test_of_the_world_only_the_month_before_christmas_is_a_fact_of_the_case() -> None:
    (fact,) = [each for each in WORLD_PARAMETERS if each.source.label != "Teaching assumption"]
    assert (fact.value, fact.source) == (4, Source.CASE)
