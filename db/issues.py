"""The problems that testers reported about a build."""

from collections import defaultdict

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casework.feedback import ProblemKind, Severity
from casework.report import Issue
from db.feedback import FeedbackRow
from db.participants import ParticipantRow, is_taking_part

GRAVEST_FIRST = tuple(reversed(Severity))


def of_build(session: Session, build_id: int | None) -> tuple[Issue, ...]:
    """Problems by kind and weight, the gravest first; each tester's newest valid answer speaks.

    Those who withdrew are left out; a problem without a weight comes last.
    """
    answer = FeedbackRow
    newest = select(sa.func.max(col(answer.id))).where(answer.build_id == build_id)
    query = (
        select(answer.id, answer.problem_severity, answer.problem_kind)
        .join(ParticipantRow, col(ParticipantRow.id) == answer.participant_id)
        .where(
            col(answer.id).in_(newest.group_by(col(answer.participant_id)).scalar_subquery()),
            col(answer.valid),
            is_taking_part(),
            sa.or_(
                col(answer.problem_severity).is_not(None), col(answer.problem_kind).is_not(None)
            ),
        )
        .order_by(col(answer.id))
    )
    found: defaultdict[tuple[Severity | None, ProblemKind | None], list[int]] = defaultdict(list)
    for one, severity, kind in session.exec(query):
        weight = Severity(severity) if severity else None
        found[weight, ProblemKind(kind) if kind else None].append(one or 0)
    issues = [
        Issue(severity=severity, kind=kind, answers=tuple(answers))
        for (severity, kind), answers in found.items()
    ]
    return tuple(sorted(issues, key=_rank))


def _rank(issue: Issue) -> tuple[int, int, str]:
    place = len(GRAVEST_FIRST)
    if issue.severity is not None:
        place = GRAVEST_FIRST.index(issue.severity)
    return place, -len(issue.answers), issue.kind.value if issue.kind else ""
