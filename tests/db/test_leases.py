"""Facts about leases: one holder at a time, and an end to every one."""

from datetime import timedelta

from sqlmodel import Session

from db import leases
from tests.betas import NOW

LENGTH = timedelta(minutes=2)


def test_one_holder_at_a_time_until_the_lease_is_over(session: Session) -> None:
    assert leases.hold(session, "worker", "a", now=NOW, length=LENGTH)
    assert not leases.hold(session, "worker", "b", now=NOW, length=LENGTH)
    assert leases.hold(session, "other", "b", now=NOW, length=LENGTH)
    just_before = NOW + LENGTH - timedelta(seconds=1)
    assert not leases.hold(session, "worker", "b", now=just_before, length=LENGTH)
    assert leases.hold(session, "worker", "b", now=NOW + LENGTH, length=LENGTH)
    assert not leases.hold(session, "worker", "a", now=NOW + LENGTH, length=LENGTH)


def test_whoever_holds_it_may_keep_it(session: Session) -> None:
    assert leases.hold(session, "worker", "a", now=NOW, length=LENGTH)
    assert leases.hold(session, "worker", "a", now=NOW + LENGTH / 2, length=LENGTH)
    assert not leases.hold(session, "worker", "b", now=NOW + LENGTH, length=LENGTH)


def test_a_lease_given_up_is_free_at_once_and_nobody_gives_up_anothers(session: Session) -> None:
    assert leases.hold(session, "worker", "a", now=NOW, length=LENGTH)
    leases.release(session, "worker", "b")
    assert not leases.hold(session, "worker", "b", now=NOW, length=LENGTH)
    leases.release(session, "worker", "a")
    assert leases.hold(session, "worker", "b", now=NOW, length=LENGTH)
