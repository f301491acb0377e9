"""The compiled kernel is optional: built where a compiler is, left out without complaint where none is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parents[2]


def built(place: Path, compiler: str | None) -> list[Path]:
    """The extension modules that an installation would have, with a compiler forced by name."""
    forced = {"CC": compiler, "LDSHARED": compiler} if compiler else {}
    command = [
        sys.executable,
        "setup.py",
        "-q",
        "build_ext",
        "--build-lib",
        str(place),
        "--build-temp",
        str(place / "t"),
    ]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **forced}, check=True, capture_output=True)
    return sorted((place / "landrules").rglob("_overlap*" + sysconfig.get_config_var("EXT_SUFFIX")))


def test_without_a_compiler_the_installation_ends_well_and_has_no_kernel(tmp_path: Path) -> None:
    assert built(tmp_path, str(tmp_path / "no-compiler-here")) == []


def test_with_a_compiler_there_is_one_module_that_loads(tmp_path: Path) -> None:
    configured = (sysconfig.get_config_var("CC") or "cl").split()[0]
    found = built(tmp_path, None)
    assert len(found) == (which(configured) is not None)
    for path in found:
        code = (
            "import importlib.util as u, sys; s = u.spec_from_file_location('_overlap', sys.argv[1]); "
            "m = u.module_from_spec(s); s.loader.exec_module(m); print(callable(m.moments))"
        )
        run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "True"
