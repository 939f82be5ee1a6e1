"""Facts about what a tester typed and has not sent."""

import pytest
from sqlmodel import Session

from casework.errors import Invalid, NotAllowed
from casework.roles import Actor
from db.drafts import DraftValue, discard_draft, draft_of, earlier_texts, save_draft
from tests.betas import OWNER, Beta, a_beta, a_tester


def keep(session: Session, beta: Beta, values: dict[str, DraftValue]) -> None:
    save_draft(session, beta.actor, beta.tester.id or 0, beta.build.id or 0, values)


def kept(session: Session, beta: Beta) -> dict[str, DraftValue]:
    return draft_of(session, beta.tester.id or 0, beta.build.id or 0)


def test_a_draft_survives_and_the_latest_typing_wins(session: Session) -> None:
    beta = a_beta(session)
    assert kept(session, beta) == {}
    keep(session, beta, {"csat": 2, "change_first": "the"})
    keep(session, beta, {"csat": 2, "change_first": "the end", "crashed": False, "effort": None})
    session.expire_all()
    assert kept(session, beta) == {
        "csat": 2,
        "change_first": "the end",
        "crashed": False,
        "effort": None,
    }


def test_a_draft_is_forgotten_on_wish_and_again_without_harm(session: Session) -> None:
    beta = a_beta(session)
    keep(session, beta, {"csat": 2})
    for _ in range(2):
        discard_draft(session, beta.actor, beta.tester.id or 0, beta.build.id or 0)
    assert kept(session, beta) == {}


def test_a_draft_is_its_testers_own(session: Session) -> None:
    beta = a_beta(session)
    _, ben = a_tester(session, beta.activity, "Ben")
    for actor in (ben, OWNER):
        _refused(session, actor, beta)


def _refused(session: Session, actor: Actor, beta: Beta) -> None:
    with pytest.raises(NotAllowed):
        save_draft(session, actor, beta.tester.id or 0, beta.build.id or 0, {"csat": 2})
    with pytest.raises(NotAllowed):
        discard_draft(session, actor, beta.tester.id or 0, beta.build.id or 0)


def test_a_draft_holds_answers_of_a_length_one_can_send(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="No question is called password"):
        keep(session, beta, {"password": "x"})
    with pytest.raises(Invalid, match="below 5,000"):
        keep(session, beta, {"change_first": "x" * 5_001})


def test_of_a_replaced_builds_draft_the_words_are_kept_and_the_marks_are_not(
    session: Session,
) -> None:
    beta = a_beta(session)
    keep(session, beta, {"csat": 1, "change_first": "The end", "offended": True, "os": ""})
    mine, build_id = beta.tester.id or 0, beta.build.id or 0
    assert earlier_texts(session, mine, build_id + 1) == {"change_first": "The end"}
    assert earlier_texts(session, mine, build_id) == {}
