"""Facts about downloads as a browser meets them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from casework.builds import Platform
from casework.funnel import Step
from casework.roles import Actor
from db import builds, downloads, participants, sessions, storage
from db.clock import now
from db.engine import reading, transaction
from db.settings import signing_key
from routes.download import ROUTES
from routes.errors import HANDLERS
from tests.betas import OWNER, STORE, Beta, a_beta, a_tester

CONTENT = b"PK\x03\x04" + bytes(3_000_000)


class Scene(NamedTuple):
    """A browser, and the beta whose tester it belongs to once they came in."""

    browser: TestClient
    beta: Beta
    file: builds.ArtifactRow

    def come_in(self, actor: Actor) -> None:
        with transaction() as session:
            token = sessions.begin(session, actor, now=now())
        self.browser.cookies.set(sessions.COOKIE, token)

    def address(self, artifact: builds.ArtifactRow, hours: int = 24) -> str:
        made = downloads.sign_download(
            self.beta.tester, artifact, now=now(), secret=signing_key(), hours=hours
        )
        return f"/download/{made}"

    def steps(self) -> list[str]:
        with reading() as session:
            events = participants.history(session, self.beta.tester.id or 0)
        return [event.step.value for event in events]


@pytest.fixture
def scene(installation: Path) -> Iterator[Scene]:
    stored = storage.store(BytesIO(CONTENT), name="Santa Räuber.exe")
    with transaction() as session:
        beta = a_beta(session, now())
        tester, actor = a_tester(session, beta.activity, "Win", "unknown", now=now())
        file = builds.attach_file(session, OWNER, beta.build, Platform.WINDOWS, stored, now=now())
    app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    with TestClient(app, follow_redirects=False) as browser:
        made = Scene(browser, beta._replace(tester=tester, actor=actor), file)
        made.come_in(actor)
        yield made


def test_a_file_comes_whole_under_its_name_and_is_never_run_by_the_browser(scene: Scene) -> None:
    got = scene.browser.get(scene.address(scene.file))
    assert got.status_code == 200
    assert got.content == CONTENT
    assert got.headers["content-length"] == str(len(CONTENT))
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "private, no-store"
    disposition = got.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="Santa-R-uber.exe"; filename*=UTF-8')
    assert "R%C3%A4uber.exe" in disposition
    assert scene.steps()[-2:] == ["link_opened", "downloaded"]


def test_a_link_out_leads_to_the_store(scene: Scene) -> None:
    got = scene.browser.get(scene.address(scene.beta.artifact))
    assert (got.status_code, got.headers["location"]) == (303, STORE)
    assert scene.steps()[-2:] == ["link_opened", "downloaded"]


def test_a_mere_look_counts_nowhere(scene: Scene) -> None:
    got = scene.browser.head(scene.address(scene.file))
    assert (got.status_code, got.headers["allow"]) == (405, "GET")
    assert scene.steps()[-1] == "accepted"


def test_who_gave_up_half_way_opened_the_link_and_downloaded_nothing(scene: Scene) -> None:
    signed = scene.address(scene.file).removeprefix("/download/")
    with transaction() as session:
        redeemed = downloads.redeem(
            session, scene.beta.actor, signed, now=now(), secret=signing_key()
        )
    pieces = storage.read_chunks(storage.open_stored(redeemed.storage_key or ""))
    next(pieces)
    assert scene.steps()[-1] == "link_opened"


def test_without_ones_own_visit_nothing_is_sent(scene: Scene) -> None:
    scene.browser.cookies.clear()
    got = scene.browser.get(scene.address(scene.file))
    assert got.status_code == 403
    assert "Open your invitation link first" in got.text


def test_another_testers_link_is_refused(scene: Scene) -> None:
    with transaction() as session:
        _, ben = a_tester(session, scene.beta.activity, "Ben", now=now())
    scene.come_in(ben)
    got = scene.browser.get(scene.address(scene.file))
    assert got.status_code == 403
    assert "another tester" in got.text


@pytest.mark.parametrize("spoilt", ["/download/x", "/download/e30.abc", "/download/%00"])
def test_a_made_up_link_is_gone(scene: Scene, spoilt: str) -> None:
    got = scene.browser.get(spoilt)
    assert got.status_code == 410
    assert "invitation link" in got.text


def test_an_expired_link_is_gone_and_says_what_to_do(scene: Scene) -> None:
    got = scene.browser.get(scene.address(scene.file, hours=0))
    assert got.status_code == 410
    assert "expired" in got.text
    assert "invitation link" in got.text


def test_who_withdrew_gets_no_build(scene: Scene) -> None:
    with transaction() as session:
        row = participants.get(session, scene.beta.tester.id or 0)
        participants.advance(session, row, Step.WITHDRAWN, now=now())
    got = scene.browser.get(scene.address(scene.file))
    assert got.status_code == 410
    assert "no longer in this test" in got.text


def test_a_build_whose_file_is_gone_says_so(scene: Scene, installation: Path) -> None:
    for path in (installation / "files").rglob("*.exe"):
        path.unlink()
    got = scene.browser.get(scene.address(scene.file))
    assert got.status_code == 404
    assert "is gone" in got.text
