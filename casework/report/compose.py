"""Writing the launch summary from its material; the same material always gives the same text."""

from casework.report.blocks import Section, Summary
from casework.report.decision import decision_section
from casework.report.front import front_page
from casework.report.group import group_section
from casework.report.history import digests, history, method
from casework.report.material import Material
from casework.report.response import funnel_section, response
from casework.report.said import said
from casework.report.standing import criteria, gates, what_would_change
from casework.report.words import shortened
from casework.report.worries import issues, risks, warnings

WORDS_OF_A_TITLE = 6


def compose(material: Material) -> Summary:
    """The whole summary: page one, then what an auditor checks in ten minutes.

    A section stands there only where there is something to say.
    """
    sections = (
        _decided(material),
        criteria(material),
        what_would_change(material),
        gates(material),
        said(material),
        *(group_section(group) for group in material.groups),
        response(material),
        *(funnel_section(funnel) for funnel in material.funnels),
        warnings(material),
        issues(material),
        risks(material),
        history(material),
        method(material),
        digests(material),
    )
    return Summary(
        title=f"{shortened(material.study.title, WORDS_OF_A_TITLE)}: launch summary",
        study=material.study.slug,
        build=material.verdict.build,
        outcome=material.verdict.outcome,
        as_of=material.as_of,
        digest=material.verdict.digest,
        front=front_page(material),
        sections=tuple(section for section in sections if section.blocks),
    )


def _decided(material: Material) -> Section:
    found = decision_section(material.decisions, material.forecasts, material.verdict)
    known = material.decisions or material.forecasts
    return found if known else found.model_copy(update={"blocks": ()})
