"""What came of a file: the records it gave and the rows set aside, each with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from casework.customers import Customer, Interaction
from casework.errors import Invalid
from casework.outside import FeedbackEntry
from casework.panel import PanelEntry
from casework.tabular import Row, Sheet, write_csv

R = TypeVar("R", Customer, Interaction, FeedbackEntry, PanelEntry)
AnyEntry = Customer | Interaction | FeedbackEntry | PanelEntry


_LONGEST_SHOWN = 2_000


class Rejected(NamedTuple):
    """A row that was not taken: where it stands, why, and what it says."""

    line: int
    reason: str
    content: tuple[str, ...]


def _as_cells(row: Rejected) -> tuple[str, ...]:
    return (str(row.line), row.reason, *row.content)


@dataclass(frozen=True)
class Read(Generic[R]):
    """A file as read. `lines[i]` is where `accepted[i]` stands; `notes` say what was assumed.

    `order_matters` when dates like 03/04/2026 occur, whose order of day and month is a choice.
    `said` is what the file was recognised as, in one sentence.
    """

    header: tuple[str, ...]
    accepted: tuple[R, ...]
    lines: tuple[int, ...]
    set_aside: tuple[Rejected, ...]
    notes: tuple[str, ...] = ()
    order_matters: bool = False
    said: str = ""

    @property
    def set_aside_csv(self) -> bytes:
        """The rows set aside as a file to mend and import again, formulas made harmless."""
        return write_csv(("Line", "Reason", *self.header), map(_as_cells, self.set_aside))


def read_rows(
    sheet: Sheet, read_row: Callable[[tuple[str, ...]], R], notes: Sequence[str] = ()
) -> Read[R]:
    """Read every row; one that `read_row` refuses or whose ref came before is set aside."""
    accepted: list[R] = []
    lines: list[int] = []
    set_aside: list[Rejected] = []
    first_at: dict[str, int] = {}
    for row in sheet.rows():
        try:
            record = _read_one(row, len(sheet.header), read_row)
            _refuse_duplicate(record, first_at, row.line)
        except Invalid as refusal:
            set_aside.append(Rejected(row.line, str(refusal), tuple(map(_shown, row.cells))))
        else:
            accepted.append(record)
            lines.append(row.line)
    return Read(sheet.header, tuple(accepted), tuple(lines), tuple(set_aside), tuple(notes))


def _shown(cell: str) -> str:
    """A cell as handed back: a giant one is cut, saying so."""
    if len(cell) <= _LONGEST_SHOWN:
        return cell
    return f"{cell[:_LONGEST_SHOWN]}… (cut here; {len(cell):,} characters in the file)"


def _read_one(row: Row, width: int, read_row: Callable[[tuple[str, ...]], R]) -> R:
    if row.problem:
        raise Invalid(row.problem)
    if any("\x00" in cell for cell in row.cells):
        raise Invalid("The row holds a NUL character: the file is damaged here. Export it again.")
    if len(row.cells) > width:
        raise Invalid("The row has more cells than there are columns; is a separator unquoted?")
    try:
        return read_row(row.cells)
    except ValidationError as error:
        raise Invalid(_in_words(error)) from None


def _refuse_duplicate(record: AnyEntry, first_at: dict[str, int], line: int) -> None:
    earlier = first_at.setdefault(record.ref, line)
    if earlier != line:
        if isinstance(record, FeedbackEntry) and not record.has_own_id:
            raise Invalid(f"The same row stands on line {earlier} already.")
        what = "address" if isinstance(record, PanelEntry) else "id"
        raise Invalid(f"The {what} “{_as_in_file(record)}” stands on line {earlier} already.")


def _as_in_file(record: AnyEntry) -> str:
    """A record's ref without what we put before it."""
    if isinstance(record, Interaction):
        return record.ref.rpartition(":")[2]
    if isinstance(record, FeedbackEntry):
        return record.ref.removeprefix(f"{record.store.value}:")
    return record.ref


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0]).replace("_", " ") if first["loc"] else "row"
    if first["type"] == "string_too_long":
        return f"The {field} is longer than {first['ctx']['max_length']:,} characters."
    if first["type"] in ("string_too_short", "missing"):
        return f"The {field} is empty."
    return f"The {field} cannot be used."
