"""One customer's story in the order it happened, without the words of whoever withdrew."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from casework import sentiment
from casework.customers import Interaction, InteractionKind
from casework.errors import NotAllowed, NotFound
from casework.feedback import Feedback
from casework.funnel import ActivityKind
from casework.meetings import Idea, Meeting, Remark, Tag
from casework.replies import Promise, Reply
from casework.roles import Actor, Role
from casework.timeline import Happening, HappeningKind
from db import customers, participants, timeline
from db.feedback import FeedbackRow
from db.meetings import IdeaRow, MeetingRow, RemarkRow
from db.replies import ReplyRow
from tests.betas import NOW, Beta, a_beta, a_tester, an_activity


def story(session: Session, owner: Actor, customer_id: int) -> list[tuple[str, str, str]]:
    told = timeline.of_customer(session, owner, customer_id)
    assert [one.at for one in told] == sorted(one.at for one in told)
    return [(one.kind.label, one.title, one.text) for one in told]


@pytest.fixture
def beta(session: Session, owner: Actor) -> Beta:
    made = a_beta(session)
    row = customers.get(session, owner, made.tester.customer_id)
    bought = Interaction(
        ref="p1",
        customer_ref=row.ref,
        kind=InteractionKind.PURCHASE,
        at=NOW - timedelta(days=40),
        spend_cents=1_299,
        product="Gems",
    )
    played = bought.model_copy(
        update={
            "ref": "s1",
            "kind": InteractionKind.SESSION,
            "at": NOW - timedelta(days=2),
            "product": "",
        }
    )
    customers.import_interactions(session, owner, [played, bought], now=NOW)
    _answer(session, made, NOW + timedelta(days=1))
    return made


def _answer(session: Session, beta: Beta, at: datetime) -> None:
    answer = Feedback(
        csat=2, change_first="The Grinch.", offended=True, recommend=3, version=1, received_at=at
    )
    ids = {"participant_id": beta.tester.id, "build_id": beta.build.id}
    session.add(FeedbackRow.model_validate(answer, update=ids))
    session.flush()


def test_purchases_steps_consent_and_answers_follow_each_other(
    session: Session, owner: Actor, beta: Beta
) -> None:
    told = story(session, owner, beta.tester.customer_id)
    assert told[0] == ("Purchase", "Bought Gems for 12.99", "")
    assert told[1] == ("Session", "Played", "")
    assert [kind for kind, _, _ in told[2:]] == ["Step", "Step", "Step", "Consent", "Feedback"]
    assert told[2][1] == "Invited: Beta santa-run, Santa Run"
    assert told[-1] == (
        "Feedback",
        "Answered about build 0.9.0, satisfied 2 of 5, recommends 3 of 10, offended",
        "The Grinch.",
    )


def test_remarks_ideas_and_replies_are_part_of_it(
    session: Session, owner: Actor, beta: Beta
) -> None:
    group = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    guest, _ = a_tester(session, group, "Gus")
    meeting = Meeting(title="First meeting", held_at=NOW, place="Call")
    held = MeetingRow.model_validate(meeting, update={"activity_id": group.id})
    session.add(held)
    session.flush()
    later = [NOW + timedelta(hours=hour) for hour in (1, 2, 3)]
    remark = Remark(text="My kids cried.", tag=Tag.VETO, made_at=later[0])
    ids = {"participant_id": guest.id}
    said = {**ids, "meeting_id": held.id, "reading": sentiment.read(remark.text)}
    session.add(RemarkRow.model_validate(remark, update=said))
    idea = Idea(title="A sleigh", text="With bells.", made_at=later[1])
    session.add(IdeaRow.model_validate(idea, update={**ids, "study_id": beta.study.id}))
    reply = Reply(
        said="The Grinch", promise=Promise.DID, answer="He is gone.", published_at=later[2]
    )
    session.add(ReplyRow.model_validate(reply, update={"study_id": beta.study.id}))
    session.flush()
    told = story(session, owner, guest.customer_id)
    assert told[-3:] == [
        ("Remark", "Said in First meeting (veto)", "My kids cried."),
        ("Idea", "Had an idea (new)", "A sleigh\nWith bells."),
        ("Reply", "Was told back", "You said: The Grinch\nWe did: He is gone."),
    ]
    others = story(session, owner, beta.tester.customer_id)
    assert [text for kind, _, text in others if kind == "Reply"] == [told[-1][2]]


def test_whoever_withdrew_is_not_quoted(session: Session, owner: Actor, beta: Beta) -> None:
    participants.withdraw(session, beta.actor, beta.tester, now=NOW + timedelta(days=2))
    told = timeline.of_customer(session, owner, beta.tester.customer_id)
    answers = [one for one in told if one.kind is HappeningKind.FEEDBACK]
    assert [one.text for one in answers] == [timeline.WITHDRAWN_TEXT]
    assert "Withdrew the consent" in [one.title for one in told]
    assert isinstance(told[-1], Happening)


def test_only_owners_see_it_and_unknown_customers_are_named(session: Session, owner: Actor) -> None:
    with pytest.raises(NotAllowed):
        timeline.of_customer(session, Actor(role=Role.STUDENT, name="Sam"), 1)
    with pytest.raises(NotFound):
        timeline.of_customer(session, owner, 1)
