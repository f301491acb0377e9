"""`landrules index`: every layer prepared, and what was found wrong with it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli.console import complain, deliver
from landrules.cli.exits import WRONG_INPUT
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption

if TYPE_CHECKING:
    from landrules.intake.inventory import Prepared

HELP = say(
    "预处理工作区的图层：读一遍，查有效性、重复和重叠，排好次序存放，以后审查只读项目附近的部分。\n"
    "不运行它也可以：第一次审查时会自动预处理，源文件内容变了会自动重做。\n"
    "查出的数据质量问题逐条列出，不影响退出码。退出码：0 全部备妥，2 有图层读不了。",
    "Prepare the layers of a workspace: read them once, look for invalid, duplicate and overlapping features, and store "
    "them in order, so that a check reads only what lies near.\n"
    "Nothing needs it: the first check prepares what it reads, and again when a source's content changes.\n"
    "Faults of the data are listed and do not count for the exit code. Exit codes: 0 all prepared, 2 some cannot be read.",
)
EXAMPLE = "landrules index --workspace examples/qingxi\nlandrules index dltb --workspace county --verify"


def index(
    ctx: typer.Context,
    layers: Annotated[
        list[str] | None,
        typer.Argument(metavar="LAYER", help=say("只预处理这些图层；不写时为全部", "these layers only; else all")),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            metavar="DIR|FILE.toml",
            help=say(
                "工作区；不写时从当前文件夹向上找 landrules.toml",
                "the workspace; else landrules.toml is sought from the current folder upward",
            ),
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help=say(
                "重读源文件的内容并核对副本的每一块；不符的重做",
                "read the sources' content and every block of the copies again; what does not agree is made anew",
            ),
        ),
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say("全部重做", "make everything anew"))] = False,
    lang: LangOption = None,
) -> int:
    """Prepare what is asked and tell it, a line a layer. Raises `InputError`: LR501, LR540 to LR544, LR806, LR830."""
    from landrules.intake.inventory import items, prepared
    from landrules.intake.workspace import find_workspace, load_workspace

    reader: Lang = ctx.obj
    path = workspace or find_workspace(Path.cwd())
    if path is None:
        raise InputError(Diagnostic("LR830", where=str(Path.cwd())))
    place = load_workspace(path)
    for name in layers or ():
        if name not in place.layers:
            raise InputError(unknown("LAYER", name, sorted(place.layers)))

    failed = False
    for item in items(place, layers or ()):
        begun = time.monotonic()
        title = " ".join(word for word in (item.name, item.edition) if word)
        if sys.stderr.isatty():
            print(f"{title} ...", file=sys.stderr, flush=True)
        try:
            found = prepared(place, item, rebuild=rebuild, verify=verify, tell=lambda line: complain((line,), reader))
        except InputError as error:
            complain(error.diagnostics, reader)
            failed = True
            continue
        deliver("".join(f"{line}\n" for line in _lines(title, found, reader)), None)
        if found.state == "built":
            print(f"{title}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
    return WRONG_INPUT if failed else 0


_STATES = {
    "built": ("已建", "built"),
    "current": ("已备妥", "current"),
    "none": ("已声明没有要素", "declared to have no features"),
    "elsewhere": ("不留副本，每次读取源数据", "no copy is kept; the source is read each time"),
}


def _lines(title: str, found: Prepared, lang: Lang) -> Iterator[str]:
    """What is said of one layer: a line, and one for each kind of fault."""
    from landrules.render.safe import neutral

    state = _STATES[found.state][lang == "en"]
    if found.state in ("none", "elsewhere"):
        yield neutral(f"{title}  {state}")
        return
    zh, en = lang == "zh", lang == "en"
    size = f"{found.bytes / 1e6:,.1f} MB" if found.bytes >= 100_000 else f"{found.bytes / 1e3:,.0f} kB"
    words = [
        f"{found.features:,} 个要素" if zh else f"{found.features:,} features",
        f"{found.vertices:,} 个顶点" if zh else f"{found.vertices:,} vertices",
        f"{found.invalid:,} 个无效" if zh else f"{found.invalid:,} invalid",
        f"{found.duplicates:,} 个重复" if zh else f"{found.duplicates:,} duplicates",
        f"{found.overlaps:,} 对重叠" if zh else f"{found.overlaps:,} overlapping pairs",
        f"面积 {found.area:,.0f} m²" if zh else f"area {found.area:,.0f} m²",
        f"副本 {size}" if zh else f"copy {size}",
    ]
    if found.tiled:
        tiles = (
            f"{found.tiled:,} 个大图形分成 {found.tiles:,} 块",
            f"{found.tiled:,} large ones in {found.tiles:,} tiles",
        )
        words.insert(2, tiles[en])
    yield neutral(f"{title}  {state}{'：' if zh else ': '}{'，'.join(words) if zh else ', '.join(words)}")
    yield from (neutral(f"    {line}") for line in _faults(found, lang))


def _faults(found: Prepared, lang: Lang) -> Iterator[str]:
    kinds = (
        ("无效", "invalid", found.invalid, [f"{id_} ({reason})" for id_, reason in found.faults]),
        ("重复", "duplicates", found.duplicates, [f"{a} = {b}" for a, b in found.twice]),
        ("重叠", "overlapping", found.overlaps, [f"{a} & {b} ({area:,.4f} m²)" for a, b, area in found.shared]),
        ("顶点很多而未能分块", "of very many vertices, not tiled", len(found.untiled), list(found.untiled)),
    )
    for zh, en, count, some in kinds:
        if count:
            more = "" if count <= len(some) else " …"
            yield f"{zh}：{'；'.join(some)}{more}" if lang == "zh" else f"{en}: {'; '.join(some)}{more}"
