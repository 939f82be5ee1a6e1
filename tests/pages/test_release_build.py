"""What an owner does with builds on the screen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.builds import Platform
from casework.roles import Role
from db import builds, participants
from db.builds import ArtifactRow, BuildRow
from db.clock import now
from db.engine import reading, transaction
from tests.betas import STORE, Beta, a_beta, a_study, an_activity
from tests.conftest import Page

PAGE = "owner/release_build.py"


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        return a_beta(session, now())


def press(shown: AppTest, label: str) -> AppTest:
    button = next(one for one in shown.button if one.label == label)
    return button.click().run()


def add(shown: AppTest, version: str, notes: str = "") -> AppTest:
    shown.text_input[0].input(version)
    shown.text_area[0].input(notes)
    return press(shown, "Add this build")


def newest(beta: Beta) -> tuple[BuildRow, list[ArtifactRow]]:
    with reading() as session:
        row = builds.of_study(session, beta.study.id)[0]
        return row, builds.artifacts_of(session, row.id)


def choose(shown: AppTest, build: BuildRow, platform: Platform) -> AppTest:
    key = f"platform_{build.id}"
    (control,) = (one for one in shown.segmented_control if one.key == key)
    return control.select(platform).run()


def test_a_study_without_builds_says_what_to_do_first(installation: Path, page: Page) -> None:
    with transaction() as session:
        an_activity(session, a_study(session), now=now())
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert "Add the version" in shown.info[0].value


def test_a_build_is_added_given_a_link_and_released(beta: Beta, page: Page) -> None:
    shown = add(page(Role.OWNER, PAGE), "0.9.1", "No *Grinch*")
    assert "0.9.1 is added" in shown.success[0].value
    row, artifacts = newest(beta)
    assert (row.version, artifacts) == ("0.9.1", [])
    assert any(r"No \*Grinch\*" in one.value for one in shown.markdown)
    shown = choose(shown, row, Platform.IOS)
    shown.text_input[1].input(STORE)
    shown = press(shown, "Give testers this link")
    assert [one.url for one in newest(beta)[1]] == [STORE]
    shown = press(shown, "Release to Beta santa-run")
    assert "get build 0.9.1 from now on" in shown.success[0].value
    with reading() as session:
        tester = participants.get(session, beta.tester.id or 0)
        assert participants.activity_of(session, tester).build_id == row.id


def test_a_link_without_tls_is_refused_in_words(beta: Beta, page: Page) -> None:
    shown = add(page(Role.OWNER, PAGE), "0.9.1")
    row, _ = newest(beta)
    shown = choose(shown, row, Platform.IOS)
    shown.text_input[1].input("http://example.com/run")
    shown = press(shown, "Give testers this link")
    assert "https://" in shown.error[0].value
    assert newest(beta)[1] == []


def test_ios_offers_no_file(beta: Beta, page: Page) -> None:
    shown = add(page(Role.OWNER, PAGE), "0.9.1")
    row, _ = newest(beta)
    assert len(choose(shown, row, Platform.IOS).get("file_uploader")) == 0
    assert len(choose(shown, row, Platform.LINUX).get("file_uploader")) == 1


def test_a_file_is_stored_with_its_size_and_digest(beta: Beta, page: Page) -> None:
    shown = add(page(Role.OWNER, PAGE), "0.9.1")
    row, _ = newest(beta)
    shown = choose(shown, row, Platform.LINUX)
    shown.file_uploader[0].upload("../santa run.zip", b"PK" * 600, "application/zip").run()
    shown = press(shown, "Store this file")
    (kept,) = newest(beta)[1]
    assert (kept.file_name, kept.size_bytes) == ("santa-run.zip", 1_200)
    assert shown.dataframe[0].value["Size"].tolist() == ["1.2 kB"]


def test_an_empty_file_is_refused_in_words(beta: Beta, page: Page) -> None:
    shown = add(page(Role.OWNER, PAGE), "0.9.1")
    row, _ = newest(beta)
    shown = choose(shown, row, Platform.LINUX)
    shown.file_uploader[0].upload("run.zip", b"", "application/zip").run()
    shown = press(shown, "Store this file")
    assert "empty" in shown.error[0].value
    assert newest(beta)[1] == []


@pytest.mark.parametrize("version", ["", "one two", "0.9.0"])
def test_a_version_that_is_none_or_taken_is_refused_in_words(
    beta: Beta, page: Page, version: str
) -> None:
    shown = add(page(Role.OWNER, PAGE), version)
    assert len(shown.error) == 1
    assert newest(beta)[0].version == "0.9.0"
