"""Killed, full, doubled, changed, flipped: never a wrong answer, always made anew or refused in words."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
import store_faults as faults

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.intake.store import NoStore, Prepared, Unusable, current, open_container, shelf
from landrules.intake.store.container import Json, Sections

KILLS = 20


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANDRULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("LANDRULES_STORE", raising=False)


def test_a_builder_killed_at_any_moment_leaves_nothing_that_is_half(tmp_path: Path) -> None:
    rng = random.Random(1)
    came = [faults.kill_builder(tmp_path, seed, rng.random()) for seed in range(KILLS)]
    assert came == ["right"] * KILLS


@pytest.mark.parametrize("before", [1] if os.name == "posix" else [])
def test_a_builder_that_ends_before_any_of_its_steps_leaves_nothing_that_is_half(tmp_path: Path, before: int) -> None:
    assert isinstance(faults.prepared(faults.lay_source(tmp_path / "before", before)), Prepared)
    came: list[str] = []
    ended = False
    while not ended:
        folder = tmp_path / str(len(came))
        shutil.copytree(tmp_path / "before", folder)
        result, ended = faults.end_builder(folder, 2, len(came))
        came.append(result)
    assert came == ["right"] * len(came)
    assert len(came) > 8


@pytest.mark.parametrize("builders", [2, 4])
def test_builders_at_once_build_once_and_all_read_the_same(tmp_path: Path, builders: int) -> None:
    built, wrong = faults.build_at_once(tmp_path, 1, builders)
    assert (built, wrong) == (1, [])


@pytest.mark.parametrize("most", [0, 100, 20_000, 140_000] if os.name == "posix" else [])
def test_a_full_disk_refuses_and_leaves_nothing(tmp_path: Path, most: int) -> None:
    assert faults.fill_disk(tmp_path, 1, most) == "refused"
    assert isinstance(faults.prepared(tmp_path / "layer.bin"), Prepared)


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_a_disk_that_fails_while_it_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    import landrules.intake.store.writing as writing

    source = faults.lay_source(tmp_path, 1)
    put, calls = writing._Output.put, iter(range(10_000))

    def failing(self: writing._Output, data: bytes | memoryview) -> None:
        if next(calls) >= after:
            raise writing.NotWritten(OSError(28, "No space left on device"))
        put(self, data)

    with monkeypatch.context() as broken:
        broken.setattr(writing._Output, "put", failing)
        found = faults.prepared(source)
    assert found == NoStore("disk", "No space left on device")
    assert "No space left" in found.diagnostic("dltb").message("en")
    assert faults.left_over(source) == []
    assert [p.suffix for p in faults.place(source).folders[0].iterdir() if p.name != ".gitignore"] == []


def test_a_source_that_changed_while_it_was_read_is_read_again(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 1)
    calls: list[int] = []

    def make() -> tuple[dict[str, Json], Sections]:
        header, sections = faults.made(source)
        if not calls:
            faults.lay_source(tmp_path, 2)
        calls.append(1)
        return dict(header), sections

    found = current(faults.place(source), faults.wanted(source), make)
    assert isinstance(found, Prepared)
    assert len(calls) == 2
    assert faults.is_right(found.container, 2)
    assert faults.left_over(source) == []


def test_a_change_that_keeps_size_and_time_is_seen_by_its_content(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 1)
    calls: list[int] = []

    def make() -> tuple[dict[str, Json], Sections]:
        header, sections = faults.made(source)
        if not calls:
            state = source.stat()
            with source.open("r+b") as file:
                file.write(faults.boxes_of(2).tobytes())
            os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
        calls.append(1)
        return dict(header), sections

    found = current(faults.place(source), faults.wanted(source), make)
    assert isinstance(found, Prepared)
    assert faults.is_right(found.container, 2)


def test_a_source_that_never_stands_still_is_refused_in_words(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 0)
    calls: list[int] = []

    def make() -> tuple[dict[str, Json], Sections]:
        header, sections = faults.made(source)
        calls.append(1)
        faults.lay_source(tmp_path, len(calls))
        return dict(header), sections

    with pytest.raises(InputError) as told:
        current(faults.place(source), faults.wanted(source), make)
    assert [d.code for d in told.value.diagnostics] == ["LR591"]
    assert len(calls) == shelf.TRIES
    assert sorted(p.name for p in faults.place(source).folders[0].iterdir()) == [".gitignore"]


def test_what_a_half_written_source_raises_is_tried_again_and_a_broken_one_told(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 1)
    calls: list[int] = []

    def make() -> tuple[dict[str, Json], Sections]:
        calls.append(1)
        if len(calls) == 1:
            faults.lay_source(tmp_path, 2)
            raise InputError(Diagnostic("LR546", {"path": "layer.bin", "reason": "cut off"}))
        header, sections = faults.made(source)
        return dict(header), sections

    found = current(faults.place(source), faults.wanted(source), make)
    assert isinstance(found, Prepared)
    assert faults.is_right(found.container, 2)

    def broken() -> tuple[dict[str, Json], Sections]:
        raise InputError(Diagnostic("LR546", {"path": "layer.bin", "reason": "cut off"}))

    faults.lay_source(tmp_path, 3)
    with pytest.raises(InputError) as told:
        current(faults.place(source), faults.wanted(source), broken)
    assert told.value.diagnostics[0].code == "LR546"
    assert faults.left_over(source) == []


def test_a_flipped_bit_in_any_region_is_seen_and_the_store_made_anew(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 1)
    first = faults.prepared(source)
    assert isinstance(first, Prepared)
    names = list(faults.regions(first.container.path))
    del first
    assert {"prologue", "header", "table of checksums", "boxes: middle block", "coords: last block"} <= set(names)
    rng = random.Random(2)
    assert {name: faults.flip_and_read(tmp_path, 1, name, rng) for name in names} == dict.fromkeys(names, "rebuilt")


def test_a_store_cut_off_anywhere_is_made_anew(tmp_path: Path) -> None:
    source = faults.lay_source(tmp_path, 1)
    first = faults.prepared(source)
    assert isinstance(first, Prepared)
    path = first.container.path
    data = path.read_bytes()
    ends = [0, 1, 103, 127, 128, len(data) - 1]
    for section in first.container.sections.values():
        ends += [section.offset, section.offset + section.length]
    del first
    for end in sorted(set(ends)):
        path.unlink()
        path.write_bytes(data[:end])
        with pytest.raises(Unusable) as told:
            open_container(path)
        assert told.value.reason in ("short", "length")
        lines: list[Diagnostic] = []
        found = current(faults.place(source), faults.wanted(source), lambda: faults.made(source), lines.append)
        assert isinstance(found, Prepared)
        assert found.is_new
        assert faults.is_right(found.container, 1)
        assert {d.code for d in lines} == {"LR593"}
        assert path.read_bytes() == data
