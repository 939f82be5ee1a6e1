"""Facts about personal download links and what the funnel learns from them."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.builds import Build, Platform
from casework.errors import Closed, NotAllowed, NotFound
from casework.funnel import Step
from casework.roles import Actor, Role
from db import builds, downloads, participants
from tests.betas import CLOSES, NOW, OWNER, STORE, Beta, a_beta, a_tester

SECRET = "s" * 40


def signed(beta: Beta, hours: int = 24) -> str:
    return downloads.sign_download(beta.tester, beta.artifact, now=NOW, secret=SECRET, hours=hours)


def steps(session: Session, beta: Beta) -> list[Step]:
    return [event.step for event in participants.history(session, beta.tester.id or 0)]


def test_opening_the_link_and_getting_the_build_are_two_steps(session: Session) -> None:
    beta = a_beta(session)
    redeemed = downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)
    assert redeemed.url == STORE
    assert steps(session, beta)[-1] is Step.LINK_OPENED
    downloads.complete(session, redeemed, now=NOW)
    assert steps(session, beta)[-1] is Step.DOWNLOADED


def test_downloading_again_counts_once(session: Session) -> None:
    beta = a_beta(session)
    for _ in range(3):
        redeemed = downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)
        downloads.complete(session, redeemed, now=NOW)
    assert steps(session, beta)[-2:] == [Step.LINK_OPENED, Step.DOWNLOADED]
    reach = downloads.reach_of(session, beta.build.id or 0)
    assert (reach.link_opened, reach.downloaded) == (1, 1)


def test_who_answered_already_and_gets_the_next_build_is_counted_for_that_build(
    session: Session,
) -> None:
    beta = a_beta(session)
    downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)
    participants.advance(session, beta.tester, Step.ANSWERED, now=NOW)
    participants.advance(session, beta.tester, Step.VALID, now=NOW)
    later = builds.add_build(
        session, OWNER, beta.study, Build(version="0.9.1", added_at=NOW), now=NOW
    )
    artifact = builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=NOW)
    builds.release(session, OWNER, beta.activity, later, now=NOW)
    link = downloads.sign_download(beta.tester, artifact, now=NOW, secret=SECRET)
    redeemed = downloads.redeem(session, beta.actor, link, now=NOW, secret=SECRET)
    downloads.complete(session, redeemed, now=NOW)
    assert beta.tester.step is Step.VALID
    assert downloads.reach_of(session, later.id or 0).downloaded == 1
    assert downloads.reach_of(session, beta.build.id or 0).downloaded == 0
    with pytest.raises(Closed, match="newer build"):
        downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)


def test_having_one_build_is_not_having_the_next(session: Session) -> None:
    beta = a_beta(session)
    downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)
    assert downloads.has_got(session, beta.tester, beta.build.id or 0)
    assert not downloads.has_got(session, beta.tester, 404)


def test_another_testers_link_opens_nothing_and_counts_nowhere(session: Session) -> None:
    beta = a_beta(session)
    stranger, actor = a_tester(session, beta.activity, "Ben")
    with pytest.raises(NotAllowed, match="another tester"):
        downloads.redeem(session, actor, signed(beta), now=NOW, secret=SECRET)
    assert (stranger.step, beta.tester.step) == (Step.ACCEPTED, Step.ACCEPTED)


def test_an_owner_downloads_nothing_in_a_testers_name(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(NotAllowed):
        downloads.redeem(session, OWNER, signed(beta), now=NOW, secret=SECRET)


def test_a_link_holds_until_its_hour_and_not_at_it(session: Session) -> None:
    beta = a_beta(session)
    link, end = signed(beta, hours=2), NOW + timedelta(hours=2)
    last = end - timedelta(seconds=1)
    assert downloads.redeem(session, beta.actor, link, now=last, secret=SECRET).url == STORE
    with pytest.raises(Closed, match=r"expired.*invitation link"):
        downloads.redeem(session, beta.actor, link, now=end, secret=SECRET)


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: "x" + s, lambda _: "", lambda _: "é"]
)
def test_a_changed_link_is_no_link(session: Session, spoil: object) -> None:
    beta = a_beta(session)
    assert callable(spoil)
    with pytest.raises(Closed, match="incomplete or no longer good"):
        downloads.redeem(session, beta.actor, spoil(signed(beta)), now=NOW, secret=SECRET)


def test_a_link_signed_elsewhere_is_no_link(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Closed):
        downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret="t" * 40)


@pytest.mark.parametrize("left", [Step.DECLINED, Step.WITHDRAWN, Step.EXPIRED])
def test_who_left_downloads_no_more(session: Session, left: Step) -> None:
    beta = a_beta(session)
    participants.advance(session, beta.tester, left, now=NOW)
    with pytest.raises(Closed, match="no longer in this test"):
        downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)


def test_no_download_before_agreeing(session: Session) -> None:
    beta = a_beta(session)
    tester, actor = a_tester(session, beta.activity, "Ben", agreed=False)
    link = downloads.sign_download(tester, beta.artifact, now=NOW, secret=SECRET)
    with pytest.raises(NotAllowed, match="want to take part"):
        downloads.redeem(session, actor, link, now=NOW, secret=SECRET)


def test_downloads_end_with_the_beta(session: Session) -> None:
    beta = a_beta(session)
    link = downloads.sign_download(beta.tester, beta.artifact, now=CLOSES, secret=SECRET)
    with pytest.raises(Closed, match="has ended"):
        downloads.redeem(session, beta.actor, link, now=CLOSES, secret=SECRET)


def test_a_file_that_arrives_after_withdrawing_is_not_counted(session: Session) -> None:
    beta = a_beta(session)
    redeemed = downloads.redeem(session, beta.actor, signed(beta), now=NOW, secret=SECRET)
    participants.advance(session, beta.tester, Step.WITHDRAWN, now=NOW)
    downloads.complete(session, redeemed, now=NOW)
    assert steps(session, beta)[-1] is Step.WITHDRAWN


def test_reach_asks_for_a_build_that_exists(session: Session) -> None:
    with pytest.raises(NotFound):
        downloads.reach_of(session, 404)


def test_a_customer_of_no_activity_is_refused(session: Session) -> None:
    beta = a_beta(session)
    nobody = Actor(role=Role.CUSTOMER, name="Nobody")
    with pytest.raises(NotAllowed):
        downloads.redeem(session, nobody, signed(beta), now=NOW, secret=SECRET)
