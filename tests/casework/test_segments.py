"""Facts about segments, interests and the rule of contact."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from casework.contact_rule import ContactRule
from casework.customers import Attribute
from casework.errors import Invalid
from casework.funnel import ActivityKind
from casework.panel import CameBy, Panelist, interests_of
from casework.reliability import ReliabilityBand
from casework.segments import LOYALTY_BANDS, Person, Segment, members

NOW = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


def a_person(**changes: object) -> Person:
    attributes = {
        Attribute.SEGMENT: "fan",
        Attribute.PLATFORM: "ios",
        Attribute.REGION: "EU",
        Attribute.AGE_BAND: "25–34",
    }
    known: dict[str, object] = {
        "customer_id": 1,
        "attributes": attributes,
        "score": 0.85,
        "interests": frozenset({"puzzles", "story"}),
        "reliability": ReliabilityBand.HIGH,
        "asked_at": NOW - timedelta(days=40),
        "came_by": CameBy.WAITING_LIST,
    }
    return Person(**(known | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, True),
        ({"loyalty_bands": ("0.8 to 0.9",)}, True),
        ({"loyalty_bands": ("0.9 or more", "below 0.7")}, False),
        ({"values": {Attribute.REGION: ("US", "EU")}}, True),
        ({"values": {Attribute.REGION: ("EU",), Attribute.PLATFORM: ("android",)}}, False),
        ({"values": {Attribute.REGION: ()}}, True),
        ({"interests": ("story", "sports")}, True),
        ({"interests": ("sports",)}, False),
        ({"reliability": (ReliabilityBand.HIGH,)}, True),
        ({"reliability": (ReliabilityBand.NEW,)}, False),
        ({"rested_days": 40}, True),
        ({"rested_days": 41}, False),
        ({"came_by": (CameBy.WAITING_LIST,)}, True),
        ({"came_by": (CameBy.FILE,)}, False),
    ],
)
def test_who_fits(wanted: dict[str, object], *, fits: bool) -> None:
    segment = Segment.model_validate({"name": "One", **wanted})
    assert segment.fits(a_person(), now=NOW) is fits
    assert members(segment, [a_person()], now=NOW) == (frozenset({1}) if fits else frozenset())


def test_who_was_never_asked_has_rested() -> None:
    segment = Segment(name="Rested", rested_days=365)
    assert segment.fits(a_person(asked_at=None), now=NOW)


def test_a_segment_says_in_words_who_fits() -> None:
    segment = Segment(
        name="One",
        values={Attribute.REGION: ("EU", "US")},
        interests=("Puzzles",),
        rested_days=30,
        came_by=(CameBy.FILE,),
    )
    assert segment.described == (
        "region EU or US, interested in puzzles, came from a panel file, not invited for 30 days"
    )
    assert Segment(name="All").described == "everybody"
    assert LOYALTY_BANDS == ("0.9 or more", "0.8 to 0.9", "0.7 to 0.8", "below 0.7")


def test_interests_are_kept_once_in_small_letters() -> None:
    assert interests_of(" Puzzles; co-op,puzzles |  Big   Story ,,") == (
        "big story",
        "co-op",
        "puzzles",
    )
    assert interests_of("") == ()
    with pytest.raises(Invalid, match="up to 40 characters"):
        interests_of("x" * 41)
    with pytest.raises(Invalid, match="up to 20 interests"):
        interests_of(",".join(map(str, range(21))))


def test_a_note_has_two_thousand_characters_at_most() -> None:
    assert len(Panelist(note="n" * 2000).note) == 2000
    with pytest.raises(ValidationError):
        Panelist(note="n" * 2001)


def test_the_rule_of_contact_is_thirty_days_until_somebody_sets_another() -> None:
    assert ContactRule().rest(ActivityKind.BETA) == timedelta(days=30)
    rule = ContactRule(group_days=90, beta_days=0, draws_count=True)
    assert rule.rest(ActivityKind.FOCUS_GROUP) == timedelta(days=90)
    assert rule.described(ActivityKind.FOCUS_GROUP) == (
        "For a focus group nobody is asked who was invited or drawn within the last 90 days."
    )
    assert "does not matter" in rule.described(ActivityKind.BETA)
    with pytest.raises(ValidationError):
        ContactRule(group_days=-1)
