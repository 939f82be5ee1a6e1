"""What a change in one of the exercise's widgets means for the student's work."""

from collections.abc import Callable

from casework.case.exercise import Exercise, PlannedActivity, Prediction, Recommendation

Change = Callable[[Exercise, str, object, object], Exercise]
"""The work, the rest of the widget's key, what the widget showed, what it holds now."""


def changed(work: Exercise, key: str, shown: object, value: object) -> Exercise:
    """The work with one widget's value; its key is like "activity-0-who" or "chips-frame"."""
    kind, _, rest = key.partition("-")
    return _CHANGES[kind](work, rest, shown, value)


def _chips(work: Exercise, _place: str, shown: object, value: object) -> Exercise:
    before, after = _keys(shown), _keys(value)
    dropped = set(before) - set(after)
    kept = [key for key in work.facts if key not in dropped]
    return work.model_copy(update={"facts": tuple(dict.fromkeys([*kept, *after]))})


def _keys(chosen: object) -> list[str]:
    return [str(key) for key in chosen] if isinstance(chosen, list) else []


def _activity(work: Exercise, rest: str, _shown: object, value: object) -> Exercise:
    place, _, field = rest.partition("-")
    planned = list(work.activities)
    if int(place) < len(planned):
        before = planned[int(place)].model_dump()
        planned[int(place)] = PlannedActivity.model_validate(before | {field: value})
    else:
        planned.append(PlannedActivity.model_validate({field: value}))
    return work.model_copy(update={"activities": tuple(planned)})


def _prediction(work: Exercise, field: str, _shown: object, value: object) -> Exercise:
    """Shares are typed in per cent."""
    told = (work.prediction or Prediction()).model_dump()
    stored = value / 100 if isinstance(value, int) else value
    prediction = Prediction.model_validate(told | {field: stored})
    return work.model_copy(update={"prediction": prediction})


def _recommend(work: Exercise, field: str, _shown: object, value: object) -> Exercise:
    told = (work.recommendation or Recommendation()).model_dump()
    recommendation = Recommendation.model_validate(told | {field: value})
    return work.model_copy(update={"recommendation": recommendation})


_CHANGES: dict[str, Change] = {
    "chips": _chips,
    "activity": _activity,
    "prediction": _prediction,
    "recommend": _recommend,
}
