"""The distinct values are those of numpy."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from landrules.geo.distinct import distinct


@given(st.lists(st.integers(-3, 3)), st.sampled_from([np.int64, np.uint16, np.float64, np.bool_]))
def test_they_are_numpys(values: list[int], kind: type) -> None:
    array = np.array(values).astype(kind)
    found = distinct(array)
    assert found.tolist() == np.unique(array).tolist()
    assert found.dtype == array.dtype


def test_of_a_table_they_are_in_one_row() -> None:
    assert distinct(np.array([[2, 1], [1, 3]])).tolist() == [1, 2, 3]


def test_masked_arrays_are_not_loaded() -> None:
    code = (
        "import sys, numpy as np\nfrom landrules.geo.distinct import distinct\n"
        "distinct(np.array([1, 1]))\nprint('numpy.ma' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
