"""The launch summary: two minutes for a CEO, ten for an auditor."""

from casework.report.blocks import (
    Block,
    Chart,
    Figure,
    Figures,
    Paragraph,
    Quotation,
    Section,
    Summary,
    Table,
)
from casework.report.bundle import to_bundle
from casework.report.compose import compose
from casework.report.courses import Course, Split, course, splits
from casework.report.machine import to_json
from casework.report.markdown import front_to_markdown, to_markdown
from casework.report.material import (
    Funnel,
    Group,
    GroupIdea,
    Issue,
    Material,
    Verbatim,
    Veto,
    Voices,
)
from casework.report.page import to_html, to_svg, warm_up
from casework.report.pdf import to_pdf, typeset
from casework.report.standing import criteria_table

__all__ = [
    "Block",
    "Chart",
    "Course",
    "Figure",
    "Figures",
    "Funnel",
    "Group",
    "GroupIdea",
    "Issue",
    "Material",
    "Paragraph",
    "Quotation",
    "Section",
    "Split",
    "Summary",
    "Table",
    "Verbatim",
    "Veto",
    "Voices",
    "compose",
    "course",
    "criteria_table",
    "front_to_markdown",
    "splits",
    "to_bundle",
    "to_html",
    "to_json",
    "to_markdown",
    "to_pdf",
    "to_svg",
    "typeset",
    "warm_up",
]
