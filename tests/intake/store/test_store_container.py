"""A container gives back what was written, and of a damaged file nothing that is otherwise."""

from __future__ import annotations

import hashlib
import itertools
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import store_faults as faults
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.intake.store import Chunks, Container, NotWritten, Unusable, container, open_container, write
from landrules.intake.store.container import Array

ARRAYS: dict[str, Array] = {
    "coords": np.random.default_rng(1).random((5_000, 2)),
    "codes": np.random.default_rng(2).integers(0, 60_000, 9_000).astype(np.uint16),
    "flags": np.arange(100) % 3 == 0,
    "ids": np.arange(-50, 50, dtype=np.int64),
    "cells": np.random.default_rng(3).integers(0, 9, (40, 3, 2)).astype(np.int32),
    "none": np.empty((0, 2), dtype=np.float32),
    "odd": np.array([np.nan, -0.0, np.inf]),
}


def _same(a: Array, b: Array) -> bool:
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Container:
    path = tmp_path_factory.mktemp("container") / "a.layer"
    write(path, {"name": "地类图斑", "n": 3}, ARRAYS)
    return open_container(path)


def test_what_was_written_comes_back(store: Container) -> None:
    assert dict(store.header) == {"name": "地类图斑", "n": 3}
    assert list(store.sections) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert _same(store.whole(name), array)
        assert store.length(name) == len(array)
    assert "coords" in store
    assert "other" not in store
    assert all(section.offset % container.ALIGNMENT == 0 for section in store.sections.values())
    with pytest.raises(ValueError, match="read-only"):
        store.whole("coords")[0] = 1.0


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_gathering_is_indexing(store: Container, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([n for n in ARRAYS if len(ARRAYS[n])]))
    array = ARRAYS[name]
    place = st.integers(0, len(array) - 1)
    rows = np.array(data.draw(st.lists(place, max_size=40)), dtype=np.int64)
    fresh = open_container(store.path)
    assert _same(fresh.rows(name, rows), array[rows])
    ends = data.draw(st.lists(st.tuples(st.integers(0, len(array)), st.integers(0, len(array))), max_size=20))
    low = np.array([min(pair) for pair in ends], dtype=np.int64)
    high = np.array([max(pair) for pair in ends], dtype=np.int64)
    fresh = open_container(store.path)
    values, offsets = fresh.spans(name, low, high)
    whole = [array[a:b] for a, b in zip(low, high, strict=True)]
    assert _same(values, np.concatenate([array[:0], *whole]))
    assert [values[a:b].tobytes() for a, b in itertools.pairwise(offsets)] == [w.tobytes() for w in whole]
    if ends:
        assert _same(fresh.span(name, int(low[0]), int(high[0])), whole[0])


@pytest.mark.parametrize("rows", [[-1], [5_000], [0, 10**12]])
def test_rows_that_are_not_there(store: Container, rows: list[int]) -> None:
    with pytest.raises(IndexError):
        store.rows("coords", np.array(rows))
    with pytest.raises(IndexError):
        store.spans("coords", np.array(rows), np.array(rows) + 1)
    with pytest.raises(IndexError):
        store.span("coords", rows[-1], rows[-1] + 1)


def test_a_span_backwards(store: Container) -> None:
    with pytest.raises(IndexError):
        store.spans("coords", np.array([4]), np.array([3]))


def test_the_same_arrays_give_the_same_bytes_whole_or_in_chunks(tmp_path: Path, store: Container) -> None:
    def parts() -> Iterator[Array]:
        yield from np.array_split(ARRAYS["coords"], 7)

    again = {**ARRAYS, "coords": Chunks(np.float64, (2,), parts())}
    write(tmp_path / "b.layer", {"n": 3, "name": "地类图斑"}, again)
    assert (tmp_path / "b.layer").read_bytes() == store.path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["b.layer"]


def test_a_big_endian_array_is_stored_as_its_values(tmp_path: Path) -> None:
    write(tmp_path / "b.layer", {}, {"x": np.arange(5, dtype=">i4")})
    assert open_container(tmp_path / "b.layer").whole("x").tolist() == [0, 1, 2, 3, 4]


def test_what_no_store_holds_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write(tmp_path / "b.layer", {}, {"x": np.array(["a"])})
    with pytest.raises(TypeError):
        write(tmp_path / "b.layer", {}, {"x": Chunks(np.float64, (2,), [np.zeros((3, 3))])})
    with pytest.raises(NotWritten):
        write(tmp_path / "nowhere" / "b.layer", {}, {})
    assert list(tmp_path.iterdir()) == []


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_flipped_bit_anywhere_is_seen_or_means_nothing(store: Container, data: st.DataObject) -> None:
    bytes_ = bytearray(store.path.read_bytes())
    byte = data.draw(st.one_of(st.integers(0, 127), st.integers(0, len(bytes_) - 1)))
    bytes_[byte] ^= 1 << data.draw(st.integers(0, 7))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "a.layer"
        path.write_bytes(bytes_)
        seen = False
        try:
            flipped = open_container(path)
        except Unusable:
            return
        for name, array in ARRAYS.items():
            try:
                assert _same(flipped.whole(name), array)
            except Unusable as error:
                assert error.reason == "block"
                seen = True
        covered = [s for s in store.sections.values() if s.offset <= byte < s.offset + s.length]
        assert seen == bool(covered)


def test_every_bit_that_opening_relies_on_is_covered(tmp_path: Path, store: Container) -> None:
    data = store.path.read_bytes()
    table = min(faults.regions(store.path)["table of checksums"])
    for byte in [*range(104), *range(table, len(data), 7)]:
        path = tmp_path / f"{byte}.layer"
        path.write_bytes(data[:byte] + bytes([data[byte] ^ 0x10]) + data[byte + 1 :])
        with pytest.raises(Unusable):
            open_container(path)


def test_a_damaged_block_does_not_hinder_the_others(tmp_path: Path, store: Container) -> None:
    section = store.sections["coords"]
    data = bytearray(store.path.read_bytes())
    data[section.offset + section.block] ^= 1
    path = tmp_path / "a.layer"
    path.write_bytes(data)
    opened = open_container(path)
    first = section.block // section.row_bytes
    assert _same(opened.span("coords", 0, first), ARRAYS["coords"][:first])
    for _ in range(2):
        with pytest.raises(Unusable, match="coords, block 1"):
            opened.rows("coords", np.array([first]))
    with pytest.raises(Unusable):
        opened.spans("coords", np.array([0]), np.array([first + 1]))
    with pytest.raises(Unusable):
        opened.verify()


def _with_digest(data: bytes, at: int, value: bytes) -> bytes:
    """A file whose prologue was changed by somebody who can compute digests."""
    changed = bytearray(data)
    changed[at : at + len(value)] = value
    table = struct.unpack_from("<16sII6Q", changed)[6]
    size = container.PROLOGUE.size
    changed[size : size + 32] = hashlib.sha256(bytes(changed[:size]) + bytes(changed[table:])).digest()
    return bytes(changed)


def test_each_reason_has_its_word(tmp_path: Path, store: Container) -> None:
    data = store.path.read_bytes()
    cases = {
        "short": b"",
        "foreign": b"SQLite format 3\x00" + bytes(4_000),
        "version": _with_digest(data, 16, struct.pack("<I", container.VERSION - 1)),
        "byte order": _with_digest(data, 20, struct.pack(">I", 0x01020304)),
        "length": data + b"\x00",
        "digest": data[:-1] + bytes([data[-1] ^ 1]),
        "header": _with_digest(data, 32, struct.pack("<Q", 2**63)),
    }
    assert set(cases) | {"absent", "block", "key"} == set(container.REASONS)
    for reason, content in cases.items():
        path = tmp_path / f"{reason}.layer"
        path.write_bytes(content)
        with pytest.raises(Unusable) as told:
            open_container(path)
        assert told.value.reason == reason
    with pytest.raises(Unusable, match="absent"):
        open_container(tmp_path / "nothing.layer")
    with pytest.raises(Unusable, match="absent"):
        open_container(tmp_path)


def test_opening_reads_no_section(tmp_path: Path) -> None:
    """Of forty megabytes none is read when they are opened, and two blocks when two rows are asked for."""
    path = tmp_path / "a.layer"
    write(path, {}, {"x": Chunks(np.uint8, (), (np.zeros(1 << 20, dtype=np.uint8) for _ in range(40)))})
    opened = open_container(path)
    assert not opened._seen.any()
    opened.rows("x", np.array([3, 20_000_000]))
    assert opened._seen.sum() == 2


def test_a_view_outlives_its_container(store: Container) -> None:
    view = open_container(store.path).whole("ids")
    assert view.tolist() == list(range(-50, 50))


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    """A store that is removed or replaced stays what it was for whoever has it open."""
    path = tmp_path / "a.layer"
    write(path, {}, {"x": np.zeros(100_000)})
    old = open_container(path)
    try:
        write(path, {}, {"x": np.ones(100_000)})
    except NotWritten as refused:
        assert isinstance(refused.error, PermissionError)
    assert old.whole("x").sum() == 0
