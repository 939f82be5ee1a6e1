"""Every form a summary leaves the house in, from a real study."""

import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, col, select

from casework.errors import NotAllowed
from casework.roles import Actor, Role
from db import exports, verdicts
from db.exports import Form
from db.feedback import FeedbackRow
from db.participants import ConsentRow
from db.studies import StudyRow
from db.table import change
from tests.betas import NOW, OWNER
from tests.santa_run import HURT, a_santa_run

LATER = NOW + timedelta(days=20)
SECRET = "A word that nobody else may read"


@pytest.fixture
def study(session: Session) -> StudyRow:
    return a_santa_run(session, NOW)


def written(session: Session, study: StudyRow, form: Form, days: int = 0) -> bytes:
    now = LATER + timedelta(days=days)
    return exports.written(session, OWNER, study, form, "0.9.0", now=now)


@pytest.mark.parametrize("form", list(Form))
def test_every_form_is_the_same_bytes_whenever_it_is_written(
    session: Session, study: StudyRow, form: Form
) -> None:
    assert written(session, study, form) == written(session, study, form, days=3)


def test_the_pdf_opens_with_the_outcome_the_reason_and_the_quote(
    session: Session, study: StudyRow
) -> None:
    first = PdfReader(BytesIO(written(session, study, Form.PDF))).pages[0]
    told = " ".join(first.extract_text().split())
    places = [
        told.index(part)
        for part in (
            "NO-GO for 0.9.0",
            "Upset or offended: 12 of 30 testers",
            "Why must the Grinch",
        )
    ]
    assert places == sorted(places)


def test_the_bundle_leads_from_each_figure_to_its_answers(
    session: Session, study: StudyRow
) -> None:
    with zipfile.ZipFile(BytesIO(written(session, study, Form.CSV))) as archive:
        lines = archive.read("answers.csv").decode().splitlines()
        results = archive.read("results.csv").decode()
        manifest = json.loads(archive.read("manifest.json"))
        content = archive.read("answers.csv")
    assert len(lines) == 1 + 30
    assert sum("offended/everyone" in line for line in lines) == 30
    assert "criterion,offended,everyone,at_most,0.1,30,0,60,0.4," in results
    assert manifest["files"]["answers.csv"] == sha256(content).hexdigest()
    counted = verdicts.evidence(session, OWNER, study, "0.9.0", now=LATER)
    assert [int(line.split(",")[1]) for line in lines[1:]] == counted.counted_ids.tolist()


def test_words_that_may_not_be_quoted_and_names_are_in_no_form(
    session: Session, study: StudyRow
) -> None:
    silent = select(ConsentRow.participant_id).where(col(ConsentRow.may_quote).is_(False))
    for row in session.exec(select(FeedbackRow).where(col(FeedbackRow.participant_id).in_(silent))):
        change(row, offended_by=SECRET if row.offended else "", change_first=SECRET)
    session.flush()
    with zipfile.ZipFile(BytesIO(written(session, study, Form.CSV))) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    forms = (Form.MD, Form.HTML, Form.JSON, Form.ONE_PAGE)
    parts += [written(session, study, form).decode() for form in forms]
    pages = PdfReader(BytesIO(written(session, study, Form.PDF))).pages
    parts += [" ".join(page.extract_text().split()) for page in pages]
    told = "\n".join(parts)
    assert SECRET not in told
    assert "Tester3" not in told
    assert "example.com" not in told
    assert HURT in told


def test_only_an_owner_takes_a_summary_away(session: Session, study: StudyRow) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        exports.written(session, student, study, Form.PDF, now=LATER)


def test_each_form_has_its_own_file_name() -> None:
    names = {form.file_name("santa-run", "0.9.0") for form in Form}
    assert names == {
        "santa-run-0.9.0.pdf",
        "santa-run-0.9.0-one-page.md",
        "santa-run-0.9.0.html",
        "santa-run-0.9.0.md",
        "santa-run-0.9.0.json",
        "santa-run-0.9.0-csv.zip",
    }
    assert {form.media_type for form in Form if not form.is_text} == {
        "application/pdf",
        "application/zip",
    }
