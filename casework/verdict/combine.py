"""From registered criteria and counted answers to one outcome."""

from casework.criteria import (
    LaunchCriteria,
    Metric,
    Profile,
    Registration,
    digest,
    read,
    scope_of,
    warnings,
)
from casework.errors import Invalid
from casework.verdict import bias, sentences
from casework.verdict.evidence import Evidence, counted, is_finished
from casework.verdict.forecast import Outlook, forecast
from casework.verdict.judging import Judged, is_shown, judge
from casework.verdict.outcome import Outcome, Reason, Verdict, undigested

NOT_REGISTERED = "No launch criteria were registered before the first answer."


def decide(
    registration: Registration | None, evidence: Evidence, *, study: str = "", build: str = ""
) -> Verdict:
    """May this build be launched? The first outcome that holds, by the whole path of answers.

    Nothing depends on when anybody looked. While one criterion is at or beyond its limit, a GO has
    a chance of at most alpha under every looking schedule (proven for shares, measured for means).
    The same criteria and evidence give the same record, byte for byte.

    Args:
        registration: the criteria of this attempt; none where nothing was registered.
        evidence: the answers received since, with gates.
        study: named in the record where no criteria can be read.
        build: likewise; when given it has to be the build the criteria were registered for.

    Raises:
        Invalid: the evidence holds a value its metric cannot take.
    """
    try:
        criteria = _registered(registration, evidence, build)
    except Invalid as fault:
        return _sealed(_invalid(registration, evidence, str(fault), study=study, build=build))
    found = _verdict(criteria, evidence, judge(criteria, evidence))
    return _sealed(_with_registration(found, registration))


def _registered(
    registration: Registration | None, evidence: Evidence, build: str
) -> LaunchCriteria:
    if registration is None or evidence.late or _is_late(registration, evidence):
        raise Invalid(NOT_REGISTERED)
    criteria = read(registration)
    if build and build != criteria.build:
        message = f"The criteria were registered for build {criteria.build}, not for build {build}."
        raise Invalid(message)
    return criteria


def _is_late(registration: Registration, evidence: Evidence) -> bool:
    """Whether a first version came after the first answer; later versions are new attempts."""
    first = evidence.first_answer_at
    return registration.version == 1 and first is not None and first < registration.at


def _invalid(
    registration: Registration | None, evidence: Evidence, fault: str, *, study: str, build: str
) -> Verdict:
    named = _readable(registration)
    found = Verdict(
        study=study or (named.study if named else ""),
        build=build or (named.build if named else ""),
        outcome=Outcome.INVALID,
        scope=f"nothing can be concluded: {fault}",
        answers=evidence.received,
        advice="Register launch criteria as a new attempt; it counts the answers from then on.",
        gates=evidence.gates,
    )
    return _with_registration(found, registration)


def _readable(registration: Registration | None) -> LaunchCriteria | None:
    try:
        return None if registration is None else read(registration)
    except Invalid:
        return None


def _verdict(criteria: LaunchCriteria, evidence: Evidence, judged: Judged) -> Verdict:
    outcome = _outcome(criteria, evidence, judged)
    outlook = Outlook(None, _ADVICE.get(outcome, ""))
    if outcome is Outcome.NOT_ENOUGH_EVIDENCE:
        outlook = forecast(criteria, evidence, judged.results)
    return Verdict(
        study=criteria.study,
        build=criteria.build,
        outcome=outcome,
        scope=_scope(criteria, evidence, judged, outcome),
        reasons=_reasons(judged, outcome),
        conditions=_conditions(judged, outcome),
        answers=counted(criteria, evidence),
        answers_needed=outlook.answers_needed,
        advice=outlook.advice,
        criteria=judged.results,
        guardrails=judged.guardrails,
        gates=evidence.gates,
        warnings=_warnings(criteria, evidence, judged),
        base=bias.base_check(criteria, evidence),
    )


def _outcome(criteria: LaunchCriteria, evidence: Evidence, judged: Judged) -> Outcome:
    if judged.stops:
        return Outcome.NO_GO
    if any(not gate.clear for gate in evidence.gates):
        return Outcome.HOLD
    if criteria.profile is Profile.stop_check:
        return Outcome.NOT_ENOUGH_EVIDENCE
    if all(is_shown(result) for result in judged.results):
        return Outcome.GO
    floors = all(result.floor_crossed for result in judged.results)
    if floors and is_finished(criteria, evidence):
        return Outcome.GO_WITH_CONDITIONS
    return Outcome.NOT_ENOUGH_EVIDENCE


_ADVICE = {
    Outcome.GO: "Keep to the scope, and watch the same figures after the release.",
    Outcome.GO_WITH_CONDITIONS: "Name an owner and a date for each condition before the release.",
    Outcome.HOLD: "Review what is open; a review names a person, a judgement and a reason.",
    Outcome.NO_GO: "Change the build, then register a new attempt; more answers cannot undo this.",
}


def _scope(criteria: LaunchCriteria, evidence: Evidence, judged: Judged, outcome: Outcome) -> str:
    if outcome is Outcome.NO_GO:
        return "this build should not be released"
    if outcome is Outcome.HOLD:
        return " ".join(gate.detail for gate in evidence.gates if not gate.clear)
    if outcome is not Outcome.NOT_ENOUGH_EVIDENCE:
        return scope_of(criteria.profile)
    if criteria.profile is Profile.stop_check:
        return sentences.no_stop_signal(judged.results)
    return "no decision can rest on these answers yet"


def _reasons(judged: Judged, outcome: Outcome) -> tuple[Reason, ...]:
    in_order = sorted(judged.results, key=lambda result: result.metric.urgency)
    if outcome is Outcome.NO_GO:
        return tuple(sentences.against(result) for result in judged.stops)
    if outcome is Outcome.HOLD:
        return ()
    if outcome is Outcome.NOT_ENOUGH_EVIDENCE:
        in_order = [result for result in in_order if not is_shown(result)]
    return tuple(
        sentences.in_favour(result) if is_shown(result) else sentences.undecided(result)
        for result in in_order
    )


def _conditions(judged: Judged, outcome: Outcome) -> tuple[str, ...]:
    if outcome is not Outcome.GO_WITH_CONDITIONS:
        return ()
    open_ones = [result for result in judged.results if not is_shown(result)]
    return tuple(sentences.condition(result) for result in open_ones)


def _warnings(criteria: LaunchCriteria, evidence: Evidence, judged: Judged) -> tuple[str, ...]:
    found = [*warnings(criteria), sentences.ahead_warning(evidence)]
    found.append(sentences.response_warning(evidence))
    found += bias.warnings(criteria, evidence)
    found += [sentences.missing_warning(result) for result in judged.results]
    if any(result.metric is Metric.crash_free for result in judged.results):
        found.append(sentences.exposure_warning(criteria, evidence))
    return tuple(text for text in found if text)


def _with_registration(verdict: Verdict, registration: Registration | None) -> Verdict:
    if registration is None:
        return verdict
    return verdict.model_copy(
        update={
            "registered_version": registration.version,
            "registered_digest": registration.digest,
            "registered_at": registration.at,
        }
    )


def _sealed(verdict: Verdict) -> Verdict:
    return verdict.model_copy(update={"digest": digest(undigested(verdict))})
