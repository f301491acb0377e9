"""Inside `geo/` each heavy package has one door too, and each of its messages is raised somewhere."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import landrules.geo
from landrules.base.messages.intake import REFERENCE_SYSTEMS
from landrules.base.messages.row import Message

ROOM = Path(landrules.geo.__file__).parent
FILES = sorted(ROOM.glob("*.py"))


def packages(file: Path) -> set[str]:
    """Top-level names that a file imports anywhere, by statement or by `import_module`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {n.name.partition(".")[0] for n in names}
            case ast.ImportFrom(module=str(module)):
                found.add(module.partition(".")[0])
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name))]):
                found.add(name.partition(".")[0])
    return found


@pytest.mark.parametrize(
    ("package", "doors"), [("pyproj", ["crs.py"]), ("rtree", ["index.py"])], ids=["pyproj", "rtree"]
)
def test_each_package_has_its_doors(package: str, doors: list[str]) -> None:
    """rtree has two: trees in memory, and trees whose pages lie in a store."""
    assert [f.name for f in FILES if package in packages(f)] == doors


def test_heavy_packages_are_opened_when_needed() -> None:
    for file in FILES:
        top = ast.Module([n for n in ast.parse(file.read_text(encoding="utf-8")).body if is_import(n)], [])
        names = {a.name for n in top.body if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module or "" for n in top.body if isinstance(n, ast.ImportFrom)}
        assert not {n for n in names if n.partition(".")[0] in ("pyproj", "rtree")}, file.name


def is_import(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


@pytest.mark.parametrize("message", REFERENCE_SYSTEMS, ids=lambda m: m.code)
def test_messages_are_raised_and_name_the_same_place(message: Message) -> None:
    assert any(f'"{message.code}"' in file.read_text(encoding="utf-8") for file in FILES)
    assert message.zh
    assert message.en

    def fields(text: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    assert fields(message.zh) == fields(message.en)
    assert fields(message.help_zh) == fields(message.help_en)
