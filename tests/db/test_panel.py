"""Facts about the panel: rest, reliability, notes, segments, and why somebody was not in a draw."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.contact_rule import ContactRule
from casework.customers import Attribute
from casework.errors import Invalid, NotAllowed, NotFound
from casework.funnel import ActivityKind, Step
from casework.lottery import solve
from casework.loyalty import LoyaltyPolicy
from casework.panel import CameBy
from casework.recruiting import Candidate, Refusal
from casework.reliability import Turnout, reliabilities
from casework.roles import Actor, Role
from casework.segments import Segment
from db import (
    contact_rules,
    customers,
    draw_pools,
    draws,
    panelists,
    participants,
    recruiting,
    reliability,
    segments,
)
from db.activities import ActivityRow
from db.audit import AuditRow
from db.customers import CustomerRow, RosterOrder, RosterSearch
from db.draw_pools import DrawPoolRow
from db.draws import DrawRow
from db.sending import CAME_BACK
from tests.betas import NOW, OWNER, a_study
from tests.recruits import all_loyal, an_activity_for, say_yes, seat, some_customers

LATER = NOW + timedelta(days=300)


def a_group(session: Session, name: str = "Group") -> ActivityRow:
    return an_activity_for(session, a_study(session), name=name, closes_at=NOW + timedelta(days=99))


def pool_of(session: Session, activity: ActivityRow, *rows: CustomerRow) -> list[Candidate]:
    return recruiting.candidates(session, activity, all_loyal(rows), now=NOW)


def test_the_rule_set_counts_for_each_kind_of_activity(session: Session) -> None:
    (row,) = some_customers(session, 1)
    study = a_study(session)
    over = an_activity_for(session, study, name="Over", closes_at=NOW + timedelta(days=1))
    (asked,) = seat(session, over, row)
    participants.advance(session, asked, Step.INVITED, now=NOW)
    participants.advance(session, asked, Step.DECLINED, now=NOW)
    contact_rules.set_rule(session, OWNER, ContactRule(group_days=90, beta_days=7), now=NOW)
    far = NOW + timedelta(days=400)
    group = an_activity_for(session, study, name="Next", closes_at=far)
    beta = an_activity_for(session, study, ActivityKind.BETA, "Beta", closes_at=far)
    found = {}
    for days in (6, 7, 89, 90):
        for activity in (group, beta):
            at = NOW + timedelta(days=days)
            (one,) = recruiting.candidates(session, activity, all_loyal([row]), now=at)
            found[activity.name, days] = one.refusals == ()
    assert [found["Next", days] for days in (6, 7, 89, 90)] == [False, False, False, True]
    assert [found["Beta", days] for days in (6, 7, 89, 90)] == [False, True, True, True]


def test_a_seat_drawn_without_an_invitation_counts_only_if_the_rule_says_so(
    session: Session,
) -> None:
    (row,) = some_customers(session, 1)
    study = a_study(session)
    over = an_activity_for(session, study, name="Over", closes_at=NOW + timedelta(days=1))
    seat(session, over, row)
    after = NOW + timedelta(days=2)
    following = an_activity_for(session, study, name="Next", closes_at=LATER)
    for counts, reasons in ((False, ()), (True, (Refusal.CONTACTED,))):
        contact_rules.set_rule(session, OWNER, ContactRule(draws_count=counts), now=NOW)
        (one,) = recruiting.candidates(session, following, all_loyal([row]), now=after)
        assert one.refusals == reasons


def test_only_owners_change_the_rule_and_the_trail_keeps_what_it_was(session: Session) -> None:
    guest = Actor(role=Role.CUSTOMER, name="Guest")
    with pytest.raises(NotAllowed):
        contact_rules.set_rule(session, guest, ContactRule(), now=NOW)
    contact_rules.set_rule(session, OWNER, ContactRule(group_days=60), now=NOW)
    contact_rules.set_rule(session, OWNER, ContactRule(group_days=60), now=NOW)
    (trail,) = session.exec(select(AuditRow).where(AuditRow.act == "set contact rule")).all()
    assert '"group_days":60' in trail.detail


def test_reliability_counts_invitations_with_a_known_outcome(session: Session) -> None:
    came, stayed_away, declined, waiting, left, unreached, drawn = some_customers(session, 7)
    group = a_group(session)
    everybody = (came, stayed_away, declined, waiting, left, unreached)
    people = seat(session, group, *everybody, drawn)
    for person in people[:2]:
        say_yes(session, person)
    participants.advance(session, people[0], Step.ATTENDED, now=NOW)
    participants.advance(session, people[1], Step.NO_SHOW, now=NOW)
    for person in people[2:6]:
        participants.advance(session, person, Step.INVITED, now=NOW)
    participants.advance(session, people[2], Step.DECLINED, now=NOW)
    participants.advance(session, people[4], Step.WITHDRAWN, now=NOW)
    participants.advance(session, people[5], Step.EXPIRED, now=NOW, detail=CAME_BACK)
    session.flush()
    assert reliability.turnouts(session, now=NOW) == {
        came.id: Turnout(invited=1, came=1, joined=1),
        stayed_away.id: Turnout(invited=1, came=0, joined=1),
        declined.id: Turnout(invited=1, came=0, joined=0),
    }
    over = reliability.turnouts(session, now=LATER)
    assert over[waiting.id or 0] == Turnout(invited=1, came=0, joined=0)
    assert {left.id, unreached.id, drawn.id}.isdisjoint(over)


def test_a_mark_that_was_corrected_counts_as_it_stands_last(session: Session) -> None:
    first, second = some_customers(session, 2)
    people = seat(session, a_group(session), first, second)
    for person in people:
        say_yes(session, person)
    for step in (Step.ATTENDED, Step.NO_SHOW):
        participants.advance(session, people[0], step, now=NOW)
    for step in (Step.NO_SHOW, Step.ATTENDED, Step.THANKED):
        participants.advance(session, people[1], step, now=NOW)
    session.flush()
    found = reliability.turnouts(session, now=NOW)
    assert [found[one.id or 0].came for one in (first, second)] == [0, 1]


def test_an_answer_makes_a_beta_count_as_come_to(session: Session) -> None:
    (row,) = some_customers(session, 1)
    beta = an_activity_for(session, a_study(session), ActivityKind.BETA, "Beta")
    (person,) = seat(session, beta, row)
    say_yes(session, person)
    participants.advance(session, person, Step.ANSWERED, now=NOW)
    session.flush()
    assert reliability.turnouts(session, now=NOW)[row.id or 0].came == 1


def test_the_roster_is_sorted_by_reliability_with_the_new_last(session: Session) -> None:
    rows = some_customers(session, 3)
    standings = customers.loyalties(session, LoyaltyPolicy(as_of=NOW))
    known = reliabilities(
        {
            rows[0].id or 0: Turnout(invited=2, came=2),
            rows[1].id or 0: Turnout(invited=9, came=3),
            rows[2].id or 0: Turnout(invited=9, came=8),
        }
    )
    search = RosterSearch(order=RosterOrder.RELIABILITY)
    found = customers.roster(session, OWNER, standings, search=search, reliability=known)
    assert [one.customer.name for one in found.entries] == ["Person 2", "Person 1", "Person 0"]
    assert found.entries[0].reliability == known[rows[2].id or 0]


def test_a_note_is_kept_and_the_trail_says_that_not_what(session: Session) -> None:
    (row,) = some_customers(session, 1)
    for _ in range(2):
        panelists.describe(
            session, OWNER, row.id or 0, interests="Puzzles", note=" Prefers mornings. ", now=NOW
        )
    kept = panelists.of_customer(session, row.id or 0)
    assert (kept.note, kept.interests, kept.came_by) == (
        "Prefers mornings.",
        ("puzzles",),
        CameBy.HAND,
    )
    (trail,) = session.exec(select(AuditRow).where(AuditRow.act == "describe customer")).all()
    assert trail.detail == "note of 17 characters, 1 interests"
    with pytest.raises(Invalid, match="within 2,000 characters"):
        panelists.describe(session, OWNER, row.id or 0, interests="", note="n" * 2001, now=NOW)
    guest = Actor(role=Role.CUSTOMER, name="Guest")
    with pytest.raises(NotAllowed):
        panelists.describe(session, guest, row.id or 0, interests="", note="", now=NOW)


def test_the_roster_is_filtered_by_interests_and_how_people_came(session: Session) -> None:
    first, second, _ = some_customers(session, 3)
    panelists.describe(session, OWNER, first.id or 0, interests="story", note="", now=NOW)
    panelists.put(session, second.id or 0, {"came_by": CameBy.FILE, "interests": ("story",)})
    standings = customers.loyalties(session, LoyaltyPolicy(as_of=NOW))

    def names(search: RosterSearch) -> list[str]:
        entries = customers.roster(session, OWNER, standings, search=search).entries
        return [one.customer.name for one in entries]

    by_name = RosterSearch(order=RosterOrder.NAME)
    assert len(names(by_name)) == 3
    story = by_name.model_copy(update={"interests": ("story",)})
    assert names(story) == ["Person 0", "Person 1"]
    assert names(story.model_copy(update={"came_by": (CameBy.FILE,)})) == ["Person 1"]
    assert names(by_name.model_copy(update={"interests": ("nothing",)})) == []


def test_a_segment_is_counted_as_the_roster_is_now(session: Session) -> None:
    rows = some_customers(session, 6)
    standings = customers.loyalties(session, LoyaltyPolicy(as_of=NOW))
    latam = Segment(name="LATAM", values={Attribute.REGION: ("LATAM",)})

    def fitting(segment: Segment) -> frozenset[int]:
        return segments.fitting(session, OWNER, segment, standings, now=NOW)

    assert fitting(latam) == {row.id for row in rows[1::2]}
    story = latam.model_copy(update={"interests": ("story",)})
    assert fitting(story) == frozenset()
    panelists.describe(session, OWNER, rows[3].id or 0, interests="Story", note="", now=NOW)
    assert fitting(story) == {rows[3].id}


def test_a_segments_name_is_taken_whatever_its_capitals_and_free_once_removed(
    session: Session,
) -> None:
    row = segments.save(session, OWNER, Segment(name="Europe"), now=NOW)
    with pytest.raises(Invalid, match="already"):
        segments.save(session, OWNER, Segment(name="EUROPE"), now=NOW)
    segments.remove(session, OWNER, row.id or 0, now=NOW)
    with pytest.raises(NotFound):
        segments.remove(session, OWNER, row.id or 0, now=NOW)
    segments.save(session, OWNER, Segment(name="EUROPE"), now=NOW)


def drawn_among(
    session: Session, activity: ActivityRow, pool: list[Candidate], segment: Segment
) -> DrawRow:
    fitting = segments.among(session, OWNER, segment, pool, now=NOW)
    left = [one for one in pool if one.customer_id in fitting]
    policy = LoyaltyPolicy(as_of=NOW)
    among = f"segment “{segment.name}”"
    row = draws.try_out(
        session, OWNER, activity, solve(left, [], 2), 7, policy=policy, now=NOW, among=among
    )
    draw_pools.keep(session, OWNER, row, pool, segment=segment)
    return row


def test_a_draw_keeps_its_segment_its_rule_and_why_others_were_not_in_it(
    session: Session,
) -> None:
    rows = some_customers(session, 8)
    study = a_study(session)
    over = an_activity_for(session, study, name="Over", closes_at=NOW + timedelta(seconds=1))
    (asked,) = seat(session, over, rows[1])
    participants.advance(session, asked, Step.INVITED, now=NOW - timedelta(days=3))
    participants.advance(session, asked, Step.DECLINED, now=NOW - timedelta(days=2))
    group = an_activity_for(session, study, closes_at=LATER)
    pool = pool_of(session, group, *rows[1:])
    segment = Segment(name="LATAM", values={Attribute.REGION: ("LATAM",)})
    row = drawn_among(session, group, pool, segment)
    kept = draw_pools.of_draw(session, row)
    assert kept is not None
    assert (kept.segment, kept.contact_rule, kept.customers) == (segment, ContactRule(), 8)
    contact_rules.set_rule(session, OWNER, ContactRule(group_days=0), now=NOW)
    assert "Drawn from 3 of 8 customers among segment “LATAM”" in draw_pools.in_words(
        session, row, group
    )
    said = [draw_pools.reasons(session, row, rows[place].id or 0) for place in (0, 1, 2)]
    assert said == [
        ("Not loyal by the policy.",),
        (
            "For a focus group nobody is asked who was invited within the last 30 days. "
            "They were last asked on "
            f"{(NOW - timedelta(days=3)).day} {NOW - timedelta(days=3):%B %Y}.",
        ),
        ("Nothing spoke against asking them, but the draw was among others: segment “LATAM”.",),
    ]


def test_a_draw_made_before_pools_were_kept_has_no_reasons(session: Session) -> None:
    rows = some_customers(session, 4)
    group = a_group(session)
    row = drawn_among(session, group, pool_of(session, group, *rows), Segment(name="All"))
    for kept in session.exec(select(DrawPoolRow)):
        session.delete(kept)
    session.flush()
    assert draw_pools.reasons(session, row, 1) == ()
    assert draw_pools.in_words(session, row, group) == ""
