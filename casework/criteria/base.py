"""The customer base a sample is compared with: margins registered before the first answer."""

import math
from typing import Self

from pydantic import Field, model_validator

from casework.customers import Attribute
from casework.record import Line, Record

LOYALTY = "loyalty"
"""The attribute by which loyal customers are told from the others."""

LOYAL, OTHER = "loyal", "other"
"""Its two values."""

COMPARED = (*(attribute.value for attribute in Attribute), LOYALTY)
"""What the customer base may be compared by: what an import tells of everybody, and loyalty."""

_SUM_TOLERANCE = 1e-6


class Cell(Record):
    """One part of the base and its share of it, in (0, 1]."""

    value: Line
    share: float = Field(gt=0.0, le=1.0)


class Margin(Record):
    """How the customer base divides by one attribute: platform, region, age band."""

    attribute: Line
    cells: tuple[Cell, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_whole(self) -> Self:
        if len({cell.value for cell in self.cells}) < len(self.cells):
            message = f"{self.attribute}: a value is named twice."
            raise ValueError(message)
        total = math.fsum(cell.share for cell in self.cells)
        if abs(total - 1.0) > _SUM_TOLERANCE:
            message = f"{self.attribute}: the shares add up to {total:.3f}; they must add up to 1."
            raise ValueError(message)
        return self
