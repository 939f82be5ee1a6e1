"""Facts about what an invited customer's page is given."""

import pytest
from sqlmodel import Session

from casework.builds import Platform
from casework.errors import NotAllowed
from casework.feedback import Answer
from casework.roles import Actor, Role
from casework.visits import Stage
from db import builds, downloads, feedback
from db.visits import visit
from tests.betas import NOW, OWNER, STORE, a_beta, a_tester

SECRET = "s" * 40


def test_a_page_belongs_to_a_participant(session: Session) -> None:
    for nobody in (OWNER, Actor(role=Role.CUSTOMER, name="Nobody")):
        with pytest.raises(NotAllowed):
            visit(session, nobody, now=NOW, secret=SECRET)


def test_an_offer_is_a_link_that_its_tester_can_open(session: Session) -> None:
    beta = a_beta(session)
    builds.attach_link(session, OWNER, beta.build, Platform.IOS, STORE, now=NOW)
    here = visit(session, beta.actor, now=NOW, secret=SECRET)
    assert (here.stage, here.has_build) == (Stage.ANSWER, False)
    (offer,) = here.offers
    assert offer.platform is Platform.ANDROID
    signed = offer.address.removeprefix("/download/")
    assert downloads.redeem(session, beta.actor, signed, now=NOW, secret=SECRET).url == STORE
    assert visit(session, beta.actor, now=NOW, secret=SECRET).has_build


def test_an_address_stays_the_same_within_its_hour(session: Session) -> None:
    beta = a_beta(session)
    at = [NOW.replace(minute=1), NOW.replace(minute=59)]
    one, other = (visit(session, beta.actor, now=now, secret=SECRET).offers for now in at)
    assert one == other


def test_what_others_sent_is_not_shown(session: Session) -> None:
    beta = a_beta(session)
    answer = Answer(csat=1, change_first="Ada's own words")
    feedback.receive(session, beta.actor, beta.tester.id or 0, answer, now=NOW)
    _, ben = a_tester(session, beta.activity, "Ben")
    assert visit(session, beta.actor, now=NOW, secret=SECRET).sent[0].csat == 1
    here = visit(session, ben, now=NOW, secret=SECRET)
    assert here.participant.id == ben.participant_id
    assert (here.sent, here.draft, here.ideas) == ((), {}, ())
