"""Page one: what a CEO reads in two minutes, at most 200 words."""

from casework.criteria import Profile
from casework.decisions import changes_afterwards, in_force
from casework.options import LaunchOption, OptionKind
from casework.report.blocks import Block, Figures, Paragraph, Quotation, Section, Table
from casework.report.material import Material, Verbatim
from casework.report.typical import most_typical
from casework.report.words import (
    ADVISED,
    MEANING,
    WORDS_OF_A_QUOTE,
    in_words,
    key_figure,
    on,
    sentence,
    share_of_failures,
    shortened,
)
from casework.verdict import CriterionResult, Outcome, Verdict

KEY_FIGURES = 3
UNTOLD = "–"
CHANGED = "Warning: a recorded decision was changed afterwards."
WORDS_OF_A_REASON = 32
WORDS_OF_A_NAME = 3
WORDS_OF_A_SOURCE = 5


def front_page(material: Material) -> Section:
    """Outcome and scope, the reason, one quote, three figures, the day to decide, the ways out."""
    verdict = material.verdict
    blocks: list[Block] = [
        Paragraph(text=_headline(material)),
        Paragraph(text=shortened(_reason(material), WORDS_OF_A_REASON)),
    ]
    quote = chosen_quote(material.verbatims, verdict.outcome)
    if quote is not None and not _quotes(verdict):
        text = shortened(quote.text, WORDS_OF_A_QUOTE)
        source = shortened(quote.source, WORDS_OF_A_SOURCE)
        blocks.append(Quotation(text=text, source=source))
    if any(result.observed is not None for result in verdict.criteria):
        worst = key_results(verdict.criteria)
        blocks.append(Figures(figures=tuple(key_figure(result) for result in worst)))
    blocks += _changed_afterwards(material)
    blocks.append(Paragraph(text=_due(material)))
    blocks.append(_options(material))
    build = shortened(verdict.build, WORDS_OF_A_NAME)
    return Section(title=f"{verdict.outcome.value} for {build}", blocks=tuple(blocks))


def _due(material: Material) -> str:
    """The day to decide by, or what was decided."""
    current = in_force(material.decisions)
    if current is None:
        return f"Decision due {on(material.decide_by)}."
    record = current.record
    who = shortened(record.decider, WORDS_OF_A_NAME)
    against = ", against the verdict" if record.differs else ""
    day = on(record.decided_at.date())
    return f"Decided {day}: {record.decision.label.lower()}, by {who}{against}."


def _changed_afterwards(material: Material) -> list[Block]:
    """A record that does not match its digest is said where nobody can miss it."""
    if any(changes_afterwards(one.record) for one in material.decisions):
        return [Paragraph(text=CHANGED)]
    return []


def _quotes(verdict: Verdict) -> bool:
    """On HOLD the reason is itself somebody's words; page one has one quote."""
    open_gates = (gate for gate in verdict.gates if not gate.clear)
    return verdict.outcome is Outcome.HOLD and "“" in next(open_gates).detail


def _headline(material: Material) -> str:
    verdict = material.verdict
    scoped = verdict.outcome in (Outcome.GO, Outcome.GO_WITH_CONDITIONS)
    return (
        f"{MEANING[verdict.outcome]} Scope: {sentence(verdict.scope)}"
        if scoped
        else MEANING[verdict.outcome]
    )


def _reason(material: Material) -> str:
    """The first thing that decided it: an open gate, a reason, a condition, or the advice."""
    verdict = material.verdict
    open_gate = next((gate for gate in verdict.gates if not gate.clear), None)
    if verdict.outcome is Outcome.HOLD and open_gate is not None:
        return open_gate.detail
    if verdict.outcome is Outcome.INVALID:
        return f"{sentence(verdict.scope)} {verdict.advice}"
    if verdict.outcome is Outcome.NOT_ENOUGH_EVIDENCE and verdict.advice:
        return sentence(verdict.advice)
    if verdict.reasons:
        return sentence(in_words(verdict.reasons[0].text))
    return sentence(in_words((*verdict.conditions, verdict.advice)[0]))


def chosen_quote(verbatims: tuple[Verbatim, ...], outcome: Outcome) -> Verbatim | None:
    """The most typical voice of those that matter: the offended on a NO-GO, else the content.

    Loyal voices go first; where nobody fits, the most typical of all.
    """
    stop = outcome is Outcome.NO_GO
    fitting = [v for v in verbatims if v.offended] if stop else _content(verbatims)
    loyal = [v for v in fitting if v.loyal]
    return most_typical(loyal or fitting or verbatims)


def _content(verbatims: tuple[Verbatim, ...]) -> list[Verbatim]:
    return [v for v in verbatims if not v.offended and (v.polarity or 0.0) > 0]


def key_results(results: tuple[CriterionResult, ...]) -> tuple[CriterionResult, ...]:
    """The three figures of page one: the worst against its threshold first."""
    ranked = sorted(results, key=share_of_failures, reverse=True)
    return tuple(ranked[:KEY_FIGURES])


def _advised(material: Material) -> OptionKind:
    """A GO of the staged profile reaches a tenth of the players: it advises to stage."""
    staged = material.criteria is not None and material.criteria.profile is Profile.staged
    if material.verdict.outcome is Outcome.GO and staged:
        return OptionKind.STAGE
    return ADVISED[material.verdict.outcome]


def _options(material: Material) -> Table:
    entered = {option.kind: option for option in material.options}
    advised = _advised(material)
    rows = tuple(_option(kind, entered.get(kind), advised=kind is advised) for kind in OptionKind)
    told = 4 if entered else 1
    return Table(
        caption="Options",
        header=("Option", "Owner", "By", "Cost")[:told],
        rows=tuple(row[:told] for row in rows),
    )


def _option(
    kind: OptionKind, option: LaunchOption | None, *, advised: bool
) -> tuple[str, str, str, str]:
    name = f"{kind.label} (advised)" if advised else kind.label
    if option is None:
        return name, UNTOLD, UNTOLD, UNTOLD
    due = option.due_on.isoformat() if option.due_on else UNTOLD
    owner = shortened(option.owner or UNTOLD, WORDS_OF_A_NAME)
    return name, owner, due, UNTOLD if option.cost is None else f"{option.cost:,}"
