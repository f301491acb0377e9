"""Pages written all at once make a tree that rtree opens and that answers like a loop; a strange format is left to rtree."""

from __future__ import annotations

import numpy as np
import pytest

from landrules.geo import paged
from landrules.geo.kernel import FloatArray
from landrules.geo.paged import SAMPLE, PagedTree, build_pages
from landrules.geo.pages import FILLED, Foreign, Form, packed_pages


def some_boxes(count: int, seed: int) -> FloatArray:
    """Boxes of all sizes, points and twins among them."""
    rng = np.random.default_rng(seed)
    low = np.round(rng.uniform(0, 5000, (count, 2)), 1)
    out = np.hstack([low, low + rng.choice([0.0, 3.0, 90.0], (count, 2))])
    out[count // 2 :: 7] = out[0]
    return out


def form_of(boxes: FloatArray) -> tuple[Form, int]:
    pages, header = build_pages(boxes[:SAMPLE])
    return Form.read(pages, header), header


def opened(pages: tuple[bytes, ...], header: int) -> PagedTree:
    return PagedTree(lambda at: pages[at - header] if 0 <= at - header < len(pages) else None, header)


@pytest.mark.parametrize("count", [1, FILLED, FILLED + 1, FILLED**2, FILLED**2 + 1, 6000])
def test_a_tree_written_at_once_finds_what_a_loop_finds(count: int) -> None:
    boxes, asked = some_boxes(count, count), some_boxes(50, 1)
    asked[0] = (-1.0, -1.0, 9999.0, 9999.0)
    form, header = form_of(some_boxes(SAMPLE, 2))
    rows = np.arange(count) * 3 + 5
    query, row = opened(packed_pages(rows, boxes, form, header), header).hits(asked)
    meet = (
        (boxes[None, :, 0] <= asked[:, None, 2]) & (boxes[None, :, 2] >= asked[:, None, 0])
        & (boxes[None, :, 1] <= asked[:, None, 3]) & (boxes[None, :, 3] >= asked[:, None, 1])
    )  # fmt: skip
    true_query, true_row = np.nonzero(meet)
    assert query.tolist() == true_query.tolist()
    assert row.tolist() == rows[true_row].tolist()


def test_large_trees_are_written_at_once_and_are_as_rtree_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes, asked = some_boxes(5000, 3), some_boxes(200, 4)
    boxes[17] = np.nan
    own, own_header = build_pages(boxes)
    monkeypatch.setattr(paged, "MANY", 1000)
    pages, header = build_pages(boxes)
    assert pages != own
    assert (len(pages), len(pages[0]), header) == (len(own), len(own[0]), own_header)
    assert (pages, header) == build_pages(boxes)
    for found, true in zip(opened(pages, header).hits(asked), opened(own, own_header).hits(asked), strict=True):
        assert found.tolist() == true.tolist()


def test_a_format_that_is_not_known_is_left_to_rtree(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = some_boxes(5000, 5)
    own = build_pages(boxes)

    def read(pages: object, header: int) -> Form:
        raise Foreign

    monkeypatch.setattr(paged, "MANY", 1000)
    monkeypatch.setattr(Form, "read", read)
    assert build_pages(boxes) == own


def test_any_byte_that_is_not_as_expected_makes_pages_foreign() -> None:
    """But for the names of rows, the variant, capacities and factors, which may be any."""
    pages, header = build_pages(some_boxes(100, 6))
    assert Form.read(pages, header)
    refused = 0
    for at, page in enumerate(pages):
        for place in range(len(page)):
            changed = page[:place] + bytes([page[place] ^ 0x40]) + page[place + 1 :]
            try:
                form = Form.read([*pages[:at], changed, *pages[at + 1 :]], header)
            except Foreign:
                refused += 1
            else:
                assert at > 0 or form != Form.read(pages, header)
    assert refused > 200


@pytest.mark.parametrize("cut", [1, 40])
def test_pages_cut_short_or_with_something_more_are_foreign(cut: int) -> None:
    pages, header = build_pages(some_boxes(100, 7))
    for at in range(len(pages)):
        for page in (pages[at][:-cut], pages[at] + b"\0" * cut):
            with pytest.raises(Foreign):
                Form.read([*pages[:at], page, *pages[at + 1 :]], header)
