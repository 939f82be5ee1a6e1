"""Studies: started once under a name, edited with a trail, found again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from casework.errors import Invalid, NotAllowed, NotFound
from casework.roles import Actor, Role
from casework.studies import Study, drafted, slug_for
from db import audit, studies

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
OWNER = Actor(role=Role.OWNER, name="Nora")
STUDENT = Actor(role=Role.STUDENT, name="Sam")


def plan(slug: str = "santa-run", **changed: object) -> Study:
    whole: dict[str, object] = {
        "slug": slug,
        "title": "Santa Run",
        "product": "Santa Run",
        "owner_name": "Nora",
        "release_on": date(2026, 12, 1),
        "created_at": NOW,
    }
    return Study.model_validate(whole | changed)


def test_a_started_study_is_found_under_its_name_and_on_the_trail(session: Session) -> None:
    row = studies.start(session, OWNER, plan(), now=NOW)
    assert studies.by_slug(session, "santa-run").id == row.id
    assert [(e.act, e.actor) for e in audit.of_study(session, row.id or 0)] == [
        ("start study", "Nora")
    ]


def test_two_studies_cannot_share_a_name(session: Session) -> None:
    studies.start(session, OWNER, plan(), now=NOW)
    with pytest.raises(Invalid, match="another title"):
        studies.start(session, OWNER, plan(title="Another"), now=NOW)


def test_a_free_name_is_numbered_when_the_title_is_taken(session: Session) -> None:
    studies.start(session, OWNER, plan(), now=NOW)
    assert studies.free_slug(session, "Santa Run!") == "santa-run-2"


def test_an_edit_changes_the_plan_and_says_what_changed(session: Session) -> None:
    row = studies.start(session, OWNER, plan(), now=NOW)
    later = NOW + timedelta(days=1)
    new = plan(release_on=date(2027, 1, 14), fix_weeks=3)
    studies.edit(session, OWNER, row, new, now=later)
    found = studies.by_slug(session, "santa-run")
    assert (found.release_on, found.fix_weeks, found.created_at) == (date(2027, 1, 14), 3, NOW)
    assert audit.of_study(session, row.id or 0)[-1].detail == "release_on, fix_weeks"


def test_an_edit_that_changes_nothing_leaves_no_trail(session: Session) -> None:
    row = studies.start(session, OWNER, plan(), now=NOW)
    studies.edit(session, OWNER, row, plan(), now=NOW)
    assert len(audit.of_study(session, row.id or 0)) == 1


def test_a_study_keeps_its_name_in_addresses(session: Session) -> None:
    row = studies.start(session, OWNER, plan(), now=NOW)
    with pytest.raises(Invalid, match="keeps its name"):
        studies.edit(session, OWNER, row, plan("renamed"), now=NOW)


def test_only_an_owner_plans(session: Session) -> None:
    with pytest.raises(NotAllowed):
        studies.start(session, STUDENT, plan(), now=NOW)
    row = studies.start(session, OWNER, plan(), now=NOW)
    with pytest.raises(NotAllowed):
        studies.edit(session, STUDENT, row, plan(fix_weeks=9), now=NOW)
    assert studies.by_slug(session, "santa-run").fix_weeks == 2


def test_an_unknown_name_is_answered_with_the_names_there_are(session: Session) -> None:
    with pytest.raises(NotFound, match=r"Start the first one\."):
        studies.by_slug(session, "sleigh")
    studies.start(session, OWNER, plan("santa-run"), now=NOW)
    studies.start(session, OWNER, plan("easter"), now=NOW)
    with pytest.raises(NotFound, match=r"There are: easter, santa-run\."):
        studies.by_slug(session, "sleigh")


def test_the_latest_release_is_listed_first(session: Session) -> None:
    studies.start(session, OWNER, plan("autumn", release_on=date(2026, 10, 1)), now=NOW)
    studies.start(session, OWNER, plan("winter", release_on=date(2026, 12, 1)), now=NOW)
    assert [row.slug for row in studies.all_studies(session)] == ["winter", "autumn"]


def typed(title: str = "Santa Run", fix_weeks: float = 2, slug: str = "santa-run") -> Study:
    return drafted(
        slug=slug,
        title=title,
        product="Santa Run",
        hypothesis="",
        owner_name="Nora",
        release_on=date(2026, 12, 1),
        fix_weeks=fix_weeks,
        store_review_days=7,
        players=100_000,
        created_at=NOW,
    )


def test_what_was_typed_badly_is_named_with_how_to_mend_it() -> None:
    with pytest.raises(Invalid, match="Give the study a title"):
        typed(title="  ")
    with pytest.raises(Invalid, match="between 0 and 52 weeks"):
        typed(fix_weeks=53)
    with pytest.raises(Invalid, match="Check slug"):
        typed(slug="Not a slug")
    assert typed() == plan()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Santa Run", "santa-run"),
        ("  Père Noël: l’évasion! ", "pere-noel-levasion"),
        ("サンタ", "study"),
        ("—", "study"),
        ("x" * 80, "x" * 50),
    ],
)
def test_any_title_gives_a_name_for_addresses(title: str, slug: str) -> None:
    assert slug_for(title) == slug
    assert plan(slug_for(title)).slug == slug
