"""What a focus group leaves behind: ideas and vetoes, never a proportion."""

from casework.report.blocks import Block, Paragraph, Quotation, Section, Table
from casework.report.material import Group
from casework.report.words import counted

NO_PROPORTION = (
    "Qualitative: {people} support no proportion. Even if all of them agreed, more than "
    "half of all players might feel otherwise. Read this for vetoes and ideas."
)


def group_section(group: Group) -> Section:
    """Vetoes with their words where these may be quoted, then the customers' own ideas."""
    people = counted(group.people, "person", "people")
    loyal = sum(veto.loyal for veto in group.vetoes)
    vetoes = counted(len(group.vetoes), "veto", "vetoes")
    remarks = counted(group.remarks, "remark was", "remarks were")
    blocks: list[Block] = [
        Paragraph(text=NO_PROPORTION.format(people=people)),
        Paragraph(text=f"{remarks} noted; {vetoes}, {loyal} by loyal customers."),
    ]
    blocks += [
        Quotation(text=veto.text, source=f"{veto.segment}, in the meeting")
        for veto in group.vetoes
        if veto.text is not None
    ]
    if group.ideas:
        rows = tuple((idea.title, idea.text, idea.status.value) for idea in group.ideas)
        header = ("Idea", "In their words", "Status")
        blocks.append(Table(caption="The customers' own ideas", header=header, rows=rows))
    if group.ideas_withheld:
        more = counted(group.ideas_withheld, "idea is", "ideas are")
        blocks.append(Paragraph(text=f"{more} not printed: their owners prefer not to be quoted."))
    return Section(title=group.name, blocks=tuple(blocks))
