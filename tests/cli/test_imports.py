"""What a command imports: nothing that its path does not use. A module that creeps in costs every check of every day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = """
import sys
sys.argv = ["landrules", *sys.argv[1:]]
from landrules.cli.main import answered
try:
    sys.exit(answered())
finally:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""

NEVER = {
    # packages of other roads
    "pyogrio", "lark", "rich", "openpyxl", "psycopg", "pandas", "pyarrow", "geopandas",
    # of the standard library; pyproj itself brings email, http and ssl
    "asyncio", "concurrent.futures", "sqlite3", "multiprocessing", "unittest", "xml", "gzip", "tomllib", "sysconfig", "zoneinfo", "pydoc", "doctest",
    # parts of packages that are imported anyway: models and their schemas, masked arrays, tests
    "pydantic.main", "pydantic.fields", "pydantic.types", "pydantic.type_adapter", "pydantic.json_schema",
    "typer._adapters", "typer.rich_utils", "numpy.ma", "numpy.testing", "numpy.random", "numpy.fft",
    "shapely.plotting", "shapely.ops",
    # rooms of this program: language, its printing, resolution, rule tests, lint, books, batches, other formats
    "landrules.lang", "landrules.trial", "landrules.lint", "landrules.book", "landrules.batch",
    "landrules.rules.constructs", "landrules.rules.resolve", "landrules.rules.typecheck", "landrules.rules.calendars",
    "landrules.rules.tabular", "landrules.engine.report", "landrules.engine.explain",
    "landrules.intake.store.build", "landrules.intake.settings_file", "landrules.intake.stated", "landrules.intake.schema",
    "landrules.render.html", "landrules.render.json", "landrules.render.geojson", "landrules.render.map",
    "landrules.cli.batch", "landrules.cli.lint", "landrules.cli.fmt", "landrules.cli.template",
    "landrules.base.messages.syntax", "landrules.base.messages.examples",
}  # fmt: skip
"""What a check of a GeoJSON file that prints text does not import, neither the module nor one below it."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imports") / "qingxi"
    shutil.copytree(ROOT / "examples" / "qingxi", folder)
    return folder


def imported(arguments: list[str], cache: Path) -> tuple[int, set[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANDRULES_CACHE": str(cache)}
    environment.pop("LANDRULES_LANG", None)
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert done.stdout, done.stderr
    return done.returncode, set(done.stderr.split("\n"))


def below(modules: set[str], names: set[str]) -> list[str]:
    return sorted(m for m in modules if any(m == name or m.startswith(f"{name}.") for name in names))


def test_a_check_imports_what_it_uses(county: Path, tmp_path: Path) -> None:
    arguments = ["check", str(county / "proposals" / "a_expressway.geojson"), "--workspace", str(county)]
    first, reading = imported(arguments, tmp_path)
    again, kept = imported(arguments, tmp_path)
    assert first == again
    assert below(reading, {"landrules.lang", "landrules.rules.resolve", "pydantic.main", "tomllib"})
    assert below(kept, NEVER) == []
    assert {"landrules.engine.judge", "landrules.render.text", "shapely", "pyproj", "numpy"} <= kept


def test_without_kept_entries_everything_is_read(county: Path) -> None:
    proposal = str(county / "proposals" / "c_livestock.geojson")
    first, modules = imported(["check", proposal], Path("off"))
    again, also = imported(["check", proposal], Path("off"))
    assert first == again
    assert "landrules.rules.resolve" in modules & also


def test_help_imports_no_geometry_and_no_models(tmp_path: Path) -> None:
    heavy = {
        "numpy",
        "shapely",
        "pyproj",
        "rtree",
        "pydantic",
        "lark",
        "rich",
        "pyogrio",
        "sqlite3",
        "asyncio",
        "email",
    }
    rooms = {"landrules.engine", "landrules.geo", "landrules.rules", "landrules.lang", "landrules.book"}
    for arguments in (["--help"], ["check", "--help"], ["--version"]):
        code, modules = imported(arguments, tmp_path)
        assert code == 0
        assert below(modules, heavy | rooms) == []
