"""Facts about consent texts in the database: versions stay, and a material change asks again."""

import pytest
from sqlmodel import Session

from casework.builds import Platform
from casework.consent import TEMPLATES
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.funnel import ActivityKind, Step
from casework.visits import Stage
from db import audit, consent_texts, feedback, participants, visits
from db.participants import ConsentRow
from tests.betas import NOW, OWNER, Beta, a_beta
from tests.recruits import text_of

BETA = ActivityKind.BETA
SECRET = "a secret for tests, 32 characters or more"


def save(session: Session, text: str, *, material: bool) -> None:
    consent_texts.save(
        session,
        OWNER,
        BETA,
        text=text,
        purpose="To decide.",
        retention_days=365,
        material=material,
        now=NOW,
    )


@pytest.fixture
def beta(session: Session) -> Beta:
    return a_beta(session)


def stage(session: Session, beta: Beta) -> Stage:
    return visits.visit(session, beta.actor, now=NOW, secret=SECRET).stage


def agree_anew(session: Session, beta: Beta) -> ConsentRow:
    return participants.accept(
        session,
        beta.actor,
        beta.tester,
        version=text_of(session, beta.tester),
        is_adult=True,
        may_quote=True,
        contact_again=False,
        now=NOW,
    )


def test_a_new_version_leaves_the_earlier_ones_and_the_other_kind_as_they_are(
    session: Session,
) -> None:
    before = consent_texts.versions(session, BETA)
    save(session, "You play, you tell us.", material=False)
    after = consent_texts.versions(session, BETA)
    assert after[:-1] == before
    assert (after[-1].version, after[-1].text) == ("beta 2", "You play, you tell us.")
    group = ActivityKind.FOCUS_GROUP
    assert consent_texts.in_force(session, group) == TEMPLATES[group]


def test_saving_is_an_owners_and_needs_a_change(session: Session, beta: Beta) -> None:
    save(session, "Other words.", material=False)
    with pytest.raises(Invalid, match="Nothing has changed"):
        save(session, "Other words.", material=True)
    with pytest.raises(NotAllowed):
        consent_texts.save(
            session,
            beta.actor,
            BETA,
            text="Mine",
            purpose="Mine",
            retention_days=1,
            material=False,
            now=NOW,
        )


def test_a_small_change_leaves_consents_good(session: Session, beta: Beta) -> None:
    save(session, "Other words.", material=False)
    assert not participants.is_outdated(session, beta.tester)
    assert stage(session, beta) is Stage.ANSWER


def test_a_material_change_asks_again_before_anything_else(session: Session, beta: Beta) -> None:
    answer = Answer(csat=4)
    feedback.receive(session, beta.actor, beta.tester.id or 0, answer, now=NOW)
    save(session, "We also film you.", material=True)
    assert stage(session, beta) is Stage.CONSENT
    with pytest.raises(NotAllowed, match="Say first"):
        feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(csat=5), now=NOW)
    first = participants.consent_of(session, beta.tester.id)
    new = agree_anew(session, beta)
    assert stage(session, beta) is Stage.SENT
    assert (new.version, new.digest) == (
        "beta 2",
        consent_texts.in_force(session, BETA).digest,
    )
    assert first is not None
    assert (first.version, first.replaced, first.withdrawn_at) == ("beta 1", True, NOW)
    steps = [event.step for event in participants.history(session, beta.tester.id or 0)]
    assert steps.count(Step.ACCEPTED) == 1
    assert beta.artifact.platform is Platform.ANDROID


def test_who_agrees_anew_has_one_consent_in_force(session: Session, beta: Beta) -> None:
    save(session, "We also film you.", material=True)
    row = agree_anew(session, beta)
    assert agree_anew(session, beta).id == row.id
    in_force = participants.consent_of(session, beta.tester.id)
    assert in_force is not None
    assert (in_force.id, in_force.contact_again) == (row.id, False)
    acts = [line.act for line in audit.of_study(session, beta.study.id or 0)]
    assert acts.count("agree to new text") == 1
