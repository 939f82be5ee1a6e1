"""Facts about versions under test, what platforms get of them, and their release."""

import pytest
from sqlmodel import Session

from casework.builds import Build, Platform
from casework.errors import Closed, Invalid, NotAllowed
from casework.funnel import ActivityKind
from db import audit, builds
from db.storage import Stored
from tests.betas import CLOSES, NOW, OWNER, STORE, a_beta, a_study, a_tester, an_activity

FILE = Stored(file_name="run.apk", storage_key="builds/x/run.apk", size_bytes=7, sha256="ab" * 32)


def draft(version: str = "0.9.1") -> Build:
    return Build(version=version, added_at=NOW)


def test_a_study_has_each_version_once(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match=r"0\.9\.0 is there already"):
        builds.add_build(session, OWNER, beta.study, draft("0.9.0"), now=NOW)
    other = a_study(session, "other")
    assert builds.add_build(session, OWNER, other, draft("0.9.0"), now=NOW).id


def test_only_an_owner_adds_attaches_and_releases(session: Session) -> None:
    beta = a_beta(session)
    with pytest.raises(NotAllowed):
        builds.add_build(session, beta.actor, beta.study, draft(), now=NOW)
    with pytest.raises(NotAllowed):
        builds.attach_link(session, beta.actor, beta.build, Platform.WEB, STORE, now=NOW)
    with pytest.raises(NotAllowed):
        builds.attach_file(session, beta.actor, beta.build, Platform.LINUX, FILE, now=NOW)
    with pytest.raises(NotAllowed):
        builds.release(session, beta.actor, beta.activity, beta.build, now=NOW)


def test_a_file_keeps_its_name_size_and_digest(session: Session) -> None:
    beta = a_beta(session)
    row = builds.attach_file(session, OWNER, beta.build, Platform.WINDOWS, FILE, now=NOW)
    kept = builds.artifacts_of(session, beta.build.id)
    assert [a.platform for a in kept] == [Platform.ANDROID, Platform.WINDOWS]
    assert (row.file_name, row.size_bytes, row.sha256) == ("run.apk", 7, "ab" * 32)
    assert row.url is None


@pytest.mark.parametrize("platform", [Platform.IOS, Platform.WEB])
def test_ios_and_the_web_take_no_file(session: Session, platform: Platform) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="takes no file"):
        builds.attach_file(session, OWNER, beta.build, platform, FILE, now=NOW)


@pytest.mark.parametrize(
    "url", ["http://example.com/run", "example.com", "javascript:alert(1)", ""]
)
def test_a_link_is_a_whole_https_address(session: Session, url: str) -> None:
    beta = a_beta(session)
    with pytest.raises(Invalid, match="https://"):
        builds.attach_link(session, OWNER, beta.build, Platform.IOS, url, now=NOW)


def test_before_release_a_wrong_link_is_replaced(session: Session) -> None:
    study = a_study(session)
    build = builds.add_build(session, OWNER, study, draft(), now=NOW)
    builds.attach_link(session, OWNER, build, Platform.ANDROID, "https://example.com/a", now=NOW)
    builds.attach_file(session, OWNER, build, Platform.ANDROID, FILE, now=NOW)
    (kept,) = builds.artifacts_of(session, build.id)
    assert (kept.url, kept.storage_key) == (None, FILE.storage_key)


def test_what_testers_have_stays_the_same_also_after_the_beta_moved_on(session: Session) -> None:
    beta = a_beta(session)
    later = builds.add_build(session, OWNER, beta.study, draft(), now=NOW)
    builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=NOW)
    builds.release(session, OWNER, beta.activity, later, now=NOW)
    with pytest.raises(Invalid, match="add a new version"):
        builds.attach_file(session, OWNER, beta.build, Platform.ANDROID, FILE, now=NOW)
    assert builds.attach_file(session, OWNER, beta.build, Platform.LINUX, FILE, now=NOW).id


def test_a_release_replaces_the_build_before_and_leaves_a_trail(session: Session) -> None:
    beta = a_beta(session)
    later = builds.add_build(session, OWNER, beta.study, draft(), now=NOW)
    builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=NOW)
    builds.release(session, OWNER, beta.activity, later, now=NOW)
    assert beta.activity.build_id == later.id
    assert builds.released_to(session, beta.build.id) == []
    assert [row.version for row in builds.of_study(session, beta.study.id)] == ["0.9.1", "0.9.0"]
    trail = [(e.act, e.subject) for e in audit.of_study(session, beta.study.id or 0)]
    assert trail[-1] == ("release build", f"build {later.id}")


def test_a_build_without_file_or_link_is_not_released(session: Session) -> None:
    beta = a_beta(session)
    bare = builds.add_build(session, OWNER, beta.study, draft(), now=NOW)
    with pytest.raises(Invalid, match="a file or a link first"):
        builds.release(session, OWNER, beta.activity, bare, now=NOW)


def test_builds_go_to_open_betas_of_their_own_study(session: Session) -> None:
    beta = a_beta(session)
    group = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    with pytest.raises(Invalid, match="focus group"):
        builds.release(session, OWNER, group, beta.build, now=NOW)
    foreign = an_activity(session, a_study(session, "other"))
    with pytest.raises(Invalid, match="another study"):
        builds.release(session, OWNER, foreign, beta.build, now=NOW)
    with pytest.raises(Closed, match="has ended"):
        builds.release(session, OWNER, beta.activity, beta.build, now=CLOSES)


@pytest.mark.parametrize(
    ("platform", "gets"),
    [
        ("android", {Platform.ANDROID, Platform.WEB}),
        ("iOS", {Platform.IOS, Platform.WEB}),
        ("linux", {Platform.WEB}),
        ("unknown", {Platform.ANDROID, Platform.IOS, Platform.WEB}),
    ],
)
def test_testers_get_their_own_platform_and_the_web(
    session: Session, platform: str, gets: set[Platform]
) -> None:
    beta = a_beta(session)
    for other in (Platform.IOS, Platform.WEB):
        builds.attach_link(session, OWNER, beta.build, other, STORE, now=NOW)
    tester, _ = a_tester(session, beta.activity, "Ben", platform)
    assert {row.platform for row in builds.artifacts_for(session, tester)} == gets
