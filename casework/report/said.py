"""What customers said: how it sounds, what it is about, loyal against others, in their words."""

from casework.criteria import figure, percent
from casework.report.blocks import Block, Paragraph, Quotation, Section, Table
from casework.report.courses import Split
from casework.report.material import Material, Verbatim, Voices
from casework.report.words import counted
from casework.themes import Share, ThemeFigures, Tone

TITLE = "What testers wrote"
VERBATIMS_SHOWN = 12


def said(material: Material) -> Section:
    """The section; empty where nobody said anything that may be told."""
    blocks: list[Block] = []
    if material.voices is not None and material.voices.texts:
        blocks += _voices(material.voices)
    if material.splits:
        blocks.append(_splits(material.splits))
    if material.verbatims:
        blocks += _verbatims(material)
    return Section(title=TITLE, blocks=tuple(blocks))


def _voices(voices: Voices) -> list[Block]:
    texts = counted(voices.texts, "text", "texts")
    told = f"{texts} about this build. {_sounds(voices.tone)}"
    heard = [one for one in voices.themes if one.share.count]
    if not heard:
        return [Paragraph(text=told)]
    # Where only loyal customers were asked there is nobody to compare them with.
    told_of = 6 if any(one.loyal.n and one.others.n for one in heard) else 4
    table = Table(
        caption="What they talk about; a text may be in several themes",
        header=("Theme", "Texts", "Share", "Mean tone", "Loyal", "Others")[:told_of],
        rows=tuple(_theme(one)[:told_of] for one in heard),
    )
    return [Paragraph(text=told), table]


def _sounds(tone: Tone) -> str:
    if tone.polarity is None:
        return "None of them has a tone that can be read."
    within = ""
    if tone.interval is not None:
        low, high = (_tone(bound) for bound in tone.interval)
        within = f" (95 % interval {low} to {high}, n = {tone.n})"
    return f"Mean tone {_tone(tone.polarity)}{within}, on a scale from −1 to 1."


def _tone(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _theme(one: ThemeFigures) -> tuple[str, ...]:
    name = f"{one.name} (values)" if one.is_values else one.name
    tone = "–" if one.tone.polarity is None else _tone(one.tone.polarity)
    share = percent(one.share.value)
    return name, f"{one.share.count:,}", share, tone, _of(one.loyal), _of(one.others)


def _of(share: Share) -> str:
    return f"{percent(share.value)} of {share.n:,}" if share.n else "–"


def _splits(splits: tuple[Split, ...]) -> Table:
    rows = tuple(
        (
            one.metric.title,
            f"{figure(one.metric, one.loyal or 0.0)} of {one.loyal_answers:,}",
            f"{figure(one.metric, one.others or 0.0)} of {one.other_answers:,}",
        )
        for one in splits
    )
    header = ("Figure", "Loyal testers", "Other testers")
    return Table(caption="Loyal testers against the others", header=header, rows=rows)


def _verbatims(material: Material) -> list[Block]:
    """Offence first, then the strongest feeling; each text once."""
    different = {verbatim.text: verbatim for verbatim in reversed(material.verbatims)}
    ranked = sorted(different.values(), key=_rank)[:VERBATIMS_SHOWN]
    quotable = material.quotable or len(material.verbatims)
    known = counted(quotable, "answer", "answers")
    note = f"{known} may be quoted; {len(ranked)} of them here, offence first, each text once."
    return [Paragraph(text=note), *(Quotation(text=one.text, source=one.source) for one in ranked)]


def _rank(verbatim: Verbatim) -> tuple[bool, float, int]:
    strength = -abs(verbatim.polarity or 0.0)
    return not verbatim.offended, strength, verbatim.answer_id
