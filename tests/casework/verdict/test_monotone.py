"""Better answers never make a verdict worse, and stricter thresholds never make it better."""

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.criteria import Criterion, Metric
from casework.verdict import Gate, Outcome, decide
from tests.casework.verdict.study import CLEAR_GATE, OPEN_GATE, evidence, plan, registered

N = 24
FROM_WORST = (
    Outcome.NO_GO,
    Outcome.HOLD,
    Outcome.NOT_ENOUGH_EVIDENCE,
    Outcome.GO_WITH_CONDITIONS,
    Outcome.GO,
)
# Many good answers, so that every outcome is met; "." is a missing value.
SATISFIED = st.lists(st.sampled_from("+++++-."), min_size=1, max_size=N + 3).map("".join)
OFFENCES = st.text("-", min_size=N + 3, max_size=N + 3)
GATES = st.sampled_from([(), (CLEAR_GATE,), (OPEN_GATE,)])


def rank(
    csat: str, offended: str, limits: tuple[int, int, int], *, closed: bool, gates: tuple[Gate, ...]
) -> int:
    """Thresholds and floor in whole percents: csat at least, floor, offended at most."""
    required, floor, allowed = (percent / 100 for percent in limits)
    study = plan(
        Criterion(metric=Metric.csat, threshold=required, floor=floor),
        Criterion(metric=Metric.offended, threshold=allowed),
        answers=N,
        loyal_guardrail_answers=N // 2,
    )
    values = {Metric.csat: csat, Metric.offended: offended}
    loyal = ("+-" * len(csat))[: len(csat)]
    found = decide(registered(study), evidence(values, loyal=loyal, closed=closed, gates=gates))
    return FROM_WORST.index(found.outcome)


LIMITS = st.tuples(st.integers(30, 85), st.integers(0, 25), st.integers(12, 40)).map(
    lambda t: (t[0], t[0] - t[1], t[2])
)


@settings(max_examples=120, deadline=None)
@given(csat=SATISFIED, limits=LIMITS, closed=st.booleans(), gates=GATES, data=st.data())
def test_a_bad_answer_made_good_never_makes_the_outcome_worse(
    csat: str,
    limits: tuple[int, int, int],
    *,
    closed: bool,
    gates: tuple[Gate, ...],
    data: st.DataObject,
) -> None:
    offended = data.draw(st.text("----+.", min_size=len(csat), max_size=len(csat)))
    bad = [("csat", i) for i, sign in enumerate(csat) if sign == "-"]
    bad += [("offended", i) for i, sign in enumerate(offended) if sign == "+"]
    before = rank(csat, offended, limits, closed=closed, gates=gates)
    if not bad:
        return
    column, i = data.draw(st.sampled_from(bad))
    if column == "csat":
        csat = csat[:i] + "+" + csat[i + 1 :]
    else:
        offended = offended[:i] + "-" + offended[i + 1 :]
    assert rank(csat, offended, limits, closed=closed, gates=gates) >= before


@settings(max_examples=120, deadline=None)
@given(csat=SATISFIED, limits=LIMITS, closed=st.booleans(), gates=GATES, data=st.data())
def test_a_stricter_threshold_or_floor_never_helps(
    csat: str,
    limits: tuple[int, int, int],
    *,
    closed: bool,
    gates: tuple[Gate, ...],
    data: st.DataObject,
) -> None:
    offended = data.draw(st.text("-----+.", min_size=len(csat), max_size=len(csat)))
    required, floor, allowed = limits
    stricter = (
        data.draw(st.integers(required, 90)),
        data.draw(st.integers(floor, required)),
        data.draw(st.integers(10, allowed)),
    )
    strict = rank(csat, offended, stricter, closed=closed, gates=gates)
    assert strict <= rank(csat, offended, limits, closed=closed, gates=gates)
