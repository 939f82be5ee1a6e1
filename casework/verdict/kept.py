"""A verdict as it was kept: readable again, and any later change to it is found."""

import json

from pydantic import ValidationError

from casework.criteria import digest
from casework.errors import Invalid
from casework.verdict.outcome import Export

CHANGED = "The kept verdict does not match its digest: it was changed after it was recorded."


def require_intact(text: str, expected: str) -> Export:
    """The verdict in a kept canonical JSON, whose digest was noted elsewhere.

    Raises:
        Invalid: the text does not match the digest, or is not a verdict.
    """
    try:
        found = Export.model_validate_json(text)
    except ValidationError:
        raise Invalid(CHANGED) from None
    facts = json.loads(text)
    noted = facts.pop("digest")
    spelt = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if not digest(spelt) == noted == expected:
        raise Invalid(CHANGED)
    return found
