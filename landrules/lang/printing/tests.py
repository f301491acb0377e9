"""Tests in either language."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from landrules.lang.printing.clauses import braces
from landrules.lang.printing.expressions import broken, expression, record
from landrules.lang.printing.layout import WIDTH, Chunk, joined, lines, width
from landrules.lang.printing.words import Words, is_code_word, quoted
from landrules.lang.tree import (
    AccountRow,
    Assign,
    Drawn,
    Expect,
    LawDate,
    LayerState,
    Path,
    Shape,
    Test,
    TestItem,
)


def test_lines(w: Words, test: Test) -> list[str]:
    """The lines of a whole test."""
    head = [Chunk(w.key("TEST")), *(Chunk(t) for t in w.texts(test.text))]
    return braces(head, [line for item in test.items for line in _item(w, item)], 0, test.comments)


def _item(w: Words, item: TestItem) -> list[str]:
    match item:
        case Assign():
            chunks = [Chunk(f"{w.key('SET')} {w.path(item.path)} ="), *broken(w, item.value)]
        case Drawn():
            return _drawn(w, item)
        case LayerState():
            word = w.key("UNBOUND" if item.state == "unbound" else "UNCOVERED")
            shape = "" if item.shape is None else f" {_shape(w, item.shape)}"
            chunks = [Chunk(f"{word} {w.dotted(item.layer)}{shape}")]
        case LawDate():
            chunks = [Chunk(f"{w.key('ON_DATE')} {item.value.isoformat()}")]
        case AccountRow():
            chunks = [Chunk(f"{w.key('ACCOUNT')} {expression(w, item.call)} ="), *broken(w, item.value)]
        case Expect():
            chunks = _expect(w, item)
        case _:
            assert_never(item)
    return lines(chunks, 1, item.comments)


def _drawn(w: Words, item: Drawn) -> list[str]:
    words = [w.word("test", item.what)]
    if item.layer:
        words.append(w.dotted(item.layer))
    words.append(item.id if is_code_word(item.id) else quoted(item.id))
    head = [Chunk(" ".join(words))]
    if item.shape is not None:
        head.append(Chunk(_shape(w, item.shape)))
    if not item.fields:
        return lines(head, 1, item.comments)
    on_one_line = [*head, Chunk(record(w, item.fields))]
    if 4 + width(joined(on_one_line)) <= WIDTH:
        return lines(on_one_line, 1, item.comments)
    inside = [f"        {w.name(key)} = {expression(w, value)}{w.comma.rstrip()}" for key, value in item.fields]
    return braces(head, inside, 1, item.comments)


def _shape(w: Words, shape: Shape) -> str:
    word = w.word("test", shape.kind)
    sizes = [f"{_number(s)} {w.unit('m')}" for s in shape.sizes]
    if shape.kind in ("square", "rectangle"):
        x, y = shape.points[0]
        by = f" {w.key('BY_SIZE')} "
        return f"{word} {by.join(sizes)} {w.key('AT')} ({_number(x)}, {_number(y)})"
    return f"{word} ({', '.join(f'{_number(x)} {_number(y)}' for x, y in shape.points)})"


def _number(value: Decimal) -> str:
    return format(value, "f")


def _expect(w: Words, item: Expect) -> list[Chunk]:
    norm = w.key("DECISION") if item.norm is None else _norm(w, item.norm)
    out = [Chunk(w.key("EXPECT")), Chunk(norm), Chunk(w.word("outcome", item.outcome))]
    if item.area is not None:
        out.append(Chunk(f"{w.key('T_AREA')} {w.number(item.area)}"))
    if item.missing:
        out.append(Chunk(f"{w.key('MISSING')} {w.comma.join(w.path(p) for p in item.missing)}"))
    if item.possible:
        out.append(Chunk(f"{w.key('POSSIBLE')} {w.comma.join(w.word('outcome', o) for o in item.possible)}"))
    if item.by:
        out.append(Chunk(f"{w.key('BECAUSE')} {w.dotted(item.by)}"))
    return out


def _norm(w: Words, path: Path) -> str:
    shown = w.path(path)
    first = shown.split(".")[0]
    return f"《{first}》{shown[len(first) :]}" if first in ("decision", "结论") else shown
