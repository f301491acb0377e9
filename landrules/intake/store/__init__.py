"""Layers prepared once: one file a layer, made on first use, made anew when its source changes, never half-used.

The file (`container.py`, `writing.py`):

    write(path, header, sections)          arrays, or `Chunks` that come piece by piece; whole or not at all
    open_container(path) -> Container      under a millisecond, whatever the size
    Container.header                       what was given to `write`, read-only
    Container.rows(name, rows)             rows gathered, as a copy
    Container.span(name, start, stop)      rows one after the other, as a view
    Container.spans(name, starts, stops)   many spans: values, offsets
    Container.whole(name)                  everything, as a view
    Container.verify()                     every block is checked
    Unusable                               whatever is wrong with a file; `reason` is one word of `REASONS`
    NotWritten                             the disk did not take it

Boxes (`tree.py`), about an origin, rounded outward, so that no true hit is ever missed:

    boxes_sections(boxes) -> Sections      the sections of packed boxes, for `write`
    PackedBoxes(container).hits(boxes)     query, row: sorted; by arrays, groups of neighbours first

The place (`place.py`):

    place_of(workspace_file) -> Place | NoStore
    current(place, wanted, make, tell) -> Prepared | NoStore   what stands there, or what `make` says, put there
    discard(prepared)                                          after an `Unusable`: the next `current` makes it anew

`wanted` is a `Wanted(layer, edition, source, recipe)`; `make()` gives header and sections of the source as it stands.
`Prepared` has `container` and `sha256`, the digest of the source's content. `NoStore` says in words (`diagnostic`) why
there is none: the caller then reads the source itself, with the same answer.
"""

from __future__ import annotations

from landrules.intake.store.container import Chunks, Container, Unusable, open_container
from landrules.intake.store.place import Place, current, discard, place_of
from landrules.intake.store.shelf import NoStore, Prepared, Wanted
from landrules.intake.store.tree import PackedBoxes, boxes_sections
from landrules.intake.store.writing import NotWritten, write

__all__ = [
    "Chunks",
    "Container",
    "NoStore",
    "NotWritten",
    "PackedBoxes",
    "Place",
    "Prepared",
    "Unusable",
    "Wanted",
    "boxes_sections",
    "current",
    "discard",
    "open_container",
    "place_of",
    "write",
]
