"""The distinct values of an array.

`numpy.unique` loads numpy's masked arrays to ask whether it was given one, which takes longer than a check of a small
site; nothing here is masked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Number = TypeVar("Number", bound=np.generic)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The distinct values of an array of numbers or truths without NaN, ascending, in one dimension."""
    ordered = np.sort(values, axis=None)
    if len(ordered) < 2:
        return ordered
    found: npt.NDArray[Number] = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return found
