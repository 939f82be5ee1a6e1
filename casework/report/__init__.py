"""The launch summary: two minutes for a CEO, ten for an auditor."""

from casework.report.blocks import (
    Block,
    Chart,
    Paragraph,
    Quotation,
    Section,
    Summary,
    Table,
)
from casework.report.compose import compose, criteria_table
from casework.report.markdown import front_to_markdown, to_markdown
from casework.report.material import Funnel, Group, GroupIdea, Material, Verbatim, Veto
from casework.report.page import to_html, to_svg

__all__ = [
    "Block",
    "Chart",
    "Funnel",
    "Group",
    "GroupIdea",
    "Material",
    "Paragraph",
    "Quotation",
    "Section",
    "Summary",
    "Table",
    "Verbatim",
    "Veto",
    "compose",
    "criteria_table",
    "front_to_markdown",
    "to_html",
    "to_markdown",
    "to_svg",
]
