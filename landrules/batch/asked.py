"""What a batch was asked, part by part, as digests: the same parts give the same bytes, so that a batch may go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from landrules.base.version import VERSION
from landrules.batch.inputs import Source
from landrules.batch.judge import Judge
from landrules.geo import overlap
from landrules.geo.crs import proj_version
from landrules.geo.kernel import geos_version
from landrules.intake.digest import sha256_of_file
from landrules.intake.workspace import Source as Table
from landrules.intake.workspace import Workspace

PARTS: Mapping[str, tuple[str, str]] = {
    "proposals": ("项目文件", "the proposals"),
    "options": ("选项", "the options"),
    "format": ("输出格式或语言", "the format or language of the output"),
    "rules": ("规则", "the rules"),
    "workspace": ("工作区设置或台账", "the workspace or its accounts"),
    "layers": ("图层数据", "the layers"),
    "versions": ("程序版本", "the version of the program"),
}
"""Each part with its words in Chinese and English."""


def asked_of(judge: Judge, files: Sequence[Source], form: str) -> dict[str, str]:
    """The parts of what is asked. Reads every proposal and every bound layer once. Raises `OSError`."""
    options, session = judge.options, judge.session
    workspace = session.workspace
    plain = [options.law_date, options.data_as_of, sorted(options.settings.items()), options.geometry]
    return {
        "proposals": _digest(part for file in files for part in (file.name, _of_proposal(file.path))),
        "options": json.dumps(plain, ensure_ascii=False, default=str),
        "format": form,
        "rules": _digest(part for r in session.rulesets.rulesets for part in (r.id, r.version, r.sha256)),
        "workspace": _digest((str(workspace.path.resolve()), workspace.sha256, _of_file(workspace.accounts))),
        "layers": _digest(_of_file(path) for path in _layer_files(workspace)),
        "versions": f"{VERSION} GEOS {geos_version()} PROJ {proj_version()} {overlap.name()}",
    }


def _digest(parts: Iterator[str] | Sequence[str]) -> str:
    out = hashlib.sha256()
    for part in parts:
        out.update(f"{part}\0".encode("utf-8", "surrogateescape"))
    return out.hexdigest()


def _of_proposal(path: Path) -> str:
    return _of_file(path) + _of_file(path.with_name(f"{path.stem}.proposal.json"))


def _of_file(path: Path | None) -> str:
    """The digest of a file; one that is not there has none, and answers say so."""
    return sha256_of_file(path) if path is not None and path.exists() else "-"


def _layer_files(workspace: Workspace) -> list[Path]:
    """Every file that a layer, a coverage or the boundary is read from; a database is not compared."""
    return sorted({source.path for source in workspace.sources() if isinstance(source, Table)})
