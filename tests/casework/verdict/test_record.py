"""The record: invalid registrations, the promised keys, the same bytes twice."""

import hashlib
import json
from datetime import timedelta

import pytest

from casework.criteria import Metric, Registration
from casework.verdict import Outcome, as_json, decide
from tests.casework.verdict.study import (
    CSAT,
    NPS,
    OFFENDED,
    OPEN_GATE,
    REGISTERED_AT,
    evenly,
    evidence,
    plan,
    registered,
)

PERFECT = {Metric.csat: "+" * 60}
STUDY = registered(plan(CSAT, answers=60))


def test_the_study_itself_is_a_go() -> None:
    assert decide(STUDY, evidence(PERFECT)).outcome is Outcome.GO


def test_nothing_registered_is_invalid() -> None:
    found = decide(None, evidence(PERFECT), study="santa-run", build="0.9.0")
    assert found.outcome is Outcome.INVALID
    assert (found.study, found.build, found.registered_version) == ("santa-run", "0.9.0", None)


def test_tampered_criteria_are_invalid() -> None:
    softer = STUDY.text.replace("0.7", "0.6")
    assert softer != STUDY.text
    tampered = STUDY.model_copy(update={"text": softer})
    found = decide(tampered, evidence(PERFECT), study="santa-run", build="0.9.0")
    assert found.outcome is Outcome.INVALID
    assert "do not match their digest" in found.scope


@pytest.mark.parametrize("text", ["", "not json", "{}", '{"study":"santa-run"}'])
def test_criteria_that_cannot_be_read_are_invalid(text: str) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    unreadable = Registration(version=1, text=text, digest=digest, at=REGISTERED_AT)
    found = decide(unreadable, evidence(PERFECT))
    assert found.outcome is Outcome.INVALID
    assert "cannot be read" in found.scope


def test_criteria_registered_after_the_first_answer_are_invalid() -> None:
    before = REGISTERED_AT - timedelta(seconds=1)
    assert decide(STUDY, evidence(PERFECT, first_answer_at=before)).outcome is Outcome.INVALID
    assert decide(STUDY, evidence(PERFECT, late=True)).outcome is Outcome.INVALID
    found = decide(STUDY, evidence(PERFECT, first_answer_at=REGISTERED_AT))
    assert found.outcome is Outcome.GO


def test_a_later_version_is_an_attempt_of_its_own() -> None:
    second = registered(plan(CSAT, answers=60), version=2)
    before = REGISTERED_AT - timedelta(days=3)
    assert decide(second, evidence(PERFECT, first_answer_at=before)).outcome is Outcome.GO


def test_criteria_of_another_build_are_invalid() -> None:
    found = decide(STUDY, evidence(PERFECT), build="0.9.1")
    assert found.outcome is Outcome.INVALID
    assert "registered for build 0.9.0, not for build 0.9.1" in found.scope


def test_invalid_outranks_an_open_gate() -> None:
    found = decide(None, evidence(PERFECT, gates=(OPEN_GATE,)))
    assert found.outcome is Outcome.INVALID


def test_an_invalid_verdict_is_named_by_its_criteria_where_they_can_be_read() -> None:
    found = decide(STUDY, evidence(PERFECT, late=True))
    assert (found.study, found.build) == ("santa-run", "0.9.0")


def test_the_export_has_exactly_the_promised_keys() -> None:
    study = registered(plan(CSAT, OFFENDED, answers=60))
    found = json.loads(as_json(decide(study, evidence(PERFECT, gates=(OPEN_GATE,)))))
    assert set(found) == {
        "study",
        "build",
        "outcome",
        "scope",
        "reasons",
        "conditions",
        "answers",
        "answers_needed",
        "criteria",
        "gates",
        "registered",
        "digest",
    }
    assert set(found["criteria"][0]) == {
        "metric",
        "direction",
        "threshold",
        "floor",
        "segment",
        "answers",
        "observed",
        "interval",
        "crossed",
    }
    assert set(found["gates"][0]) == {"name", "clear", "detail"}
    assert set(found["registered"]) == {"version", "digest", "at"}
    assert found["registered"]["at"] == "2026-11-01T12:00:00Z"
    assert (found["criteria"][1]["direction"], found["criteria"][0]["crossed"]) == ("at_most", "up")


def test_the_same_evidence_gives_the_same_bytes_and_any_other_does_not() -> None:
    study = registered(plan(CSAT, NPS, answers=90))
    values = {Metric.csat: evenly(70, 60), Metric.nps: "+0+d+0+" * 10}
    first = as_json(decide(study, evidence(values)))
    assert as_json(decide(study, evidence(values))) == first
    values[Metric.csat] = evenly(70, 61)
    assert as_json(decide(study, evidence(values))) != first


def test_the_digest_can_be_checked_from_the_export_alone() -> None:
    found = json.loads(as_json(decide(STUDY, evidence(PERFECT))))
    claimed = found.pop("digest")
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == claimed
