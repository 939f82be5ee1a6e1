"""The launch summary in every form it leaves the house in."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from casework import report
from casework.report import Material, compose, tables
from casework.roles import Act, Actor, require
from db import summaries, verdicts
from db.studies import StudyRow
from db.verdicts import Counted


class Form(StrEnum):
    """What a summary can be written as."""

    PDF = "pdf"
    ONE_PAGE = "one-page"
    HTML = "html"
    MD = "md"
    JSON = "json"
    CSV = "csv"

    @property
    def label(self) -> str:
        """As shown to people."""
        named = {"one-page": "One page", "md": "Markdown", "csv": "CSV bundle"}
        return named.get(self.value, self.value.upper())

    @property
    def media_type(self) -> str:
        """As browsers name it."""
        return _MEDIA_TYPES[self]

    @property
    def is_text(self) -> bool:
        """Whether it can be printed to a terminal."""
        return self not in (Form.PDF, Form.CSV)

    def file_name(self, study: str, build: str) -> str:
        """Such as santa-run-0.9.0.pdf."""
        ending = {Form.CSV: "-csv.zip", Form.ONE_PAGE: "-one-page.md"}.get(self, f".{self.value}")
        return f"{study}-{build}{ending}"


_MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.ONE_PAGE: "text/markdown",
    Form.HTML: "text/html",
    Form.MD: "text/markdown",
    Form.JSON: "application/json",
    Form.CSV: "application/zip",
}


def written(
    session: Session,
    actor: Actor,
    study: StudyRow,
    form: Form,
    build: str | None = None,
    *,
    now: datetime,
) -> bytes:
    """The summary in one form, by default of the newest attempt; again the same bytes.

    Raises: NotAllowed, NotFound.
    """
    require(actor, Act.EXPORT)
    counted = verdicts.evidence(session, actor, study, build, now=now)
    found = summaries.material_of(session, actor, study, counted, now=now)
    whole = summaries.completed(session, actor, study, counted, found)
    if form is Form.CSV:
        return _bundle(whole, counted)
    return _TEXTS[form](whole)


def _bundle(found: Material, counted: Counted) -> bytes:
    answers = tables.answers(counted.criteria, counted.evidence, counted.counted_ids)
    return report.to_bundle(found, answers)


_TEXTS: dict[Form, Callable[[Material], bytes]] = {
    Form.PDF: lambda found: report.to_pdf(compose(found)),
    Form.ONE_PAGE: lambda found: report.front_to_markdown(compose(found)).encode(),
    Form.HTML: lambda found: report.to_html(compose(found)).encode(),
    Form.MD: lambda found: report.to_markdown(compose(found)).encode(),
    Form.JSON: lambda found: report.to_json(compose(found), found.verdict).encode(),
}
