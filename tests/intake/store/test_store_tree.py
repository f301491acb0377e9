"""Boxes of a store: packed ones contain the true ones, and packed boxes, an R-tree and a plain loop agree."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import store_faults as faults
from hypothesis import given, settings
from hypothesis import strategies as st
from rtree.index import Index

from landrules.geo.kernel import FloatArray
from landrules.geo.packed import GROUP, group, origin_of, pack
from landrules.intake.store import PackedBoxes, Unusable, boxes_sections, open_container, write
from landrules.intake.store.container import Container

EAST = st.one_of(
    st.floats(40_400_000, 40_600_000),
    st.floats(-1e7, 1e7),
    st.floats(-1.0, 1.0),
    st.integers(40_500_000, 40_500_100).map(float),
    st.sampled_from([40_500_000.0, np.nextafter(40_500_000.0, 0), 0.1, -0.1, 1e-300, 40_500_000.1]),
)


@st.composite
def boxes(draw: st.DrawFn, most: int = 40) -> FloatArray:
    rows = draw(st.lists(st.tuples(EAST, EAST, EAST, EAST), min_size=1, max_size=most))
    array = np.array(rows)
    return np.hstack([np.minimum(array[:, :2], array[:, 2:]), np.maximum(array[:, :2], array[:, 2:])])


@given(boxes())
@settings(max_examples=120, deadline=None)
def test_a_packed_box_contains_the_true_one_exactly(true: FloatArray) -> None:
    """Compared as fractions, so that no rounding of the test's own can hide a miss."""
    origin = origin_of(true)
    packed = pack(true, origin)
    assert packed.dtype == np.float32
    for row, box in zip(packed.tolist(), true.tolist(), strict=True):
        for side in range(4):
            wide = Fraction(row[side]) + Fraction(float(origin[side % 2]))
            assert wide <= Fraction(box[side]) if side < 2 else wide >= Fraction(box[side])


@given(st.floats(40_400_000, 40_600_000), st.floats(0, 60_000))
@settings(max_examples=80, deadline=None)
def test_a_packed_box_is_little_larger(x: float, wide: float) -> None:
    true = np.array([[x, 0.0, x + wide, 1.0]])
    packed = pack(true, np.array([40_500_000.0, 0.0])).astype(np.float64)
    step = float(np.spacing(np.float32(160_000)))
    assert abs(packed[0, 0] + 40_500_000.0 - x) <= step
    assert abs(packed[0, 2] + 40_500_000.0 - (x + wide)) <= step


def test_what_is_no_box_is_nan_and_what_no_map_has_is_refused() -> None:
    packed = pack(np.array([[0.0, 0, 1, 1], [np.nan, 0, 1, 1], [0, 0, np.inf, 1]]), np.zeros(2))
    assert np.isnan(packed).all(axis=1).tolist() == [False, True, True]
    with pytest.raises(ValueError, match="1e30"):
        pack(np.array([[0.0, 0, 1e31, 1]]), np.zeros(2))
    assert origin_of(np.full((2, 4), np.nan)).tolist() == [0, 0]


def _container(folder: str, true: FloatArray) -> Container:
    path = Path(folder) / "a.layer"
    write(path, {}, boxes_sections(true))
    return open_container(path)


@given(boxes(), boxes(most=6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_packed_boxes_find_what_a_loop_finds(true: FloatArray, asked: FloatArray, has_holes: bool) -> None:
    if has_holes:
        true = np.vstack([np.full((1, 4), np.nan), true, np.full((1, 4), np.nan)])
        asked = np.vstack([asked, np.full((1, 4), np.nan)])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        container = _container(folder, true)
        packed = [column.tolist() for column in PackedBoxes(container).hits(asked)]
        del container
    origin = origin_of(true)
    a, b = pack(asked, origin)[:, None, :], pack(true, origin)[None, :, :]
    meet = (a[..., :2] <= b[..., 2:]).all(axis=-1) & (b[..., :2] <= a[..., 2:]).all(axis=-1)
    loop = [column.tolist() for column in np.nonzero(meet)]
    assert packed == loop
    a, b = asked[:, None, :], true[None, :, :]
    truly = (a[..., :2] <= b[..., 2:]).all(axis=-1) & (b[..., :2] <= a[..., 2:]).all(axis=-1)
    assert set(zip(*np.nonzero(truly), strict=True)) <= set(zip(*packed, strict=True))


@pytest.mark.parametrize("order", ["near", "far"])
def test_many_boxes_are_found_as_an_r_tree_finds_them(tmp_path: Path, order: str) -> None:
    true = faults.boxes_of(1, 20_000)
    if order == "near":
        true = true[np.lexsort((true[:, 0], true[:, 1] // 500))]
    container = _container(str(tmp_path), true)
    asked = np.vstack([faults.boxes_of(2, 300), [[40_400_000, 3_900_000, 40_600_000, 4_100_000]]])
    packed = PackedBoxes(container).hits(asked)
    origin = origin_of(true)
    wide = [pack(rows, origin).astype(np.float64) for rows in (true, asked)]
    tree = Index((row, box, None) for row, box in enumerate(wide[0].tolist()))
    for query, box in enumerate(wide[1].tolist()):
        assert sorted(tree.intersection(box)) == packed[1][packed[0] == query].tolist()
    assert np.count_nonzero(packed[0] == 300) == 20_000
    for at in ([0, 1, 1, 40, 200, 301], [0, 0, 301], [0, 301, 301], list(range(302))):
        several = PackedBoxes(container).hits(asked, np.array(at))
        assert [column.tolist() for column in several] == [column.tolist() for column in packed]


def test_one_question_checks_few_blocks(tmp_path: Path) -> None:
    """A single check reads the boxes near it, not the layer."""
    true = faults.boxes_of(1, 20_000)
    true = true[np.lexsort((true[:, 0], true[:, 1] // 500))]
    _container(str(tmp_path), true)
    asked = true[5_000:5_001]
    container = open_container(tmp_path / "a.layer")
    PackedBoxes(container).hits(asked)
    section = container.sections["boxes"]
    seen = container._seen[section.first : section.first + section.blocks]
    assert 0 < seen.sum() < section.blocks / 2


def test_no_boxes_at_all(tmp_path: Path) -> None:
    container = _container(str(tmp_path), np.empty((0, 4)))
    asked = np.array([[0.0, 0, 1, 1]])
    assert PackedBoxes(container).hits(asked)[1].tolist() == []
    assert PackedBoxes(container).all().shape == (0, 4)


def test_touching_boxes_meet(tmp_path: Path) -> None:
    container = _container(str(tmp_path), np.array([[0.0, 0, 1, 1], [1, 1, 2, 2], [3, 3, 4, 4]]))
    asked = np.array([[1.0, 1, 1, 1]])
    assert PackedBoxes(container).hits(asked)[1].tolist() == [0, 1]


def test_groups_cover_their_rows() -> None:
    packed = pack(faults.boxes_of(1, GROUP * 3 + 5), np.array([40_500_000.0, 4_000_000.0]))
    groups = group(packed)
    assert len(groups) == 4
    assert (groups[3, :2] == packed[GROUP * 3 :, :2].min(axis=0)).all()
    assert (groups[3, 2:] == packed[GROUP * 3 :, 2:].max(axis=0)).all()


def test_every_damaged_block_of_boxes_is_refused(tmp_path: Path) -> None:
    container = _container(str(tmp_path), faults.boxes_of(1, 3_000))
    data = (tmp_path / "a.layer").read_bytes()
    everything = np.array([[40_400_000.0, 3_900_000, 40_600_000, 4_100_000]])
    for name in ("boxes", "box_groups", "box_origin"):
        section = container.sections[name]
        for block in range(section.blocks):
            path = tmp_path / f"{name}{block}.layer"
            at = section.offset + block * section.block + 7
            path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            with pytest.raises(Unusable, match=name):
                PackedBoxes(open_container(path)).hits(everything)
