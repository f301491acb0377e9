"""Declarations, norms, tests, and the document that holds them."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal, Union

from landrules.base.frozen import frozen
from landrules.base.source import SourceFile, Span
from landrules.lang.tree.clauses import Clause
from landrules.lang.tree.expressions import NO_COMMENTS, Call, Comments, Expr, Names, NumberLit, Path, Text, TypeNode

_c = NO_COMMENTS


@frozen
class Import:
    """`import cn.vocabulary` · `引入 国家.词汇`."""

    path: Path
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class TableParam:
    """A key of a lookup table: `class zh 等级 code of highway_class`."""

    names: Names
    type: TypeNode


DeclKind = Literal[
    "ruleset", "instrument", "layer", "scheme", "grades", "calendar", "group", "list", "parameter", "account", "table",
    "crosswalk", "fill", "define",
]  # fmt: skip


@frozen
class Declaration:
    """A declared name that is not a norm.

    `ruleset cn.x { … }` 规则集 · `instrument x { … }` 文件 · `layer x { field … }` 图层 ·
    `scheme x { code … | source "f.csv" }` 代码体系 · `grades grade15 { range … better … }` 等级体系 ·
    `list x code of survey { includes … }` 清单 · `parameter x area { value … }` 参数 · `account x area { … }` 台账 ·
    `table x (class code of highway_class) length { row … | source "f.csv" }` 对照表 ·
    `crosswalk x (class code of survey) code of lulc2023 { row … | source "f.csv" }` 转换表 ·
    `calendar x { effective … holiday … workday … }` 日历 (which days are worked, in the years it covers) ·
    `group x { includes a, b }` 规则组 (norms that an exception may name together) ·
    `fill x for cn.y.limit { value … }` 填定 x 针对 国家.y.上限 (a parameter that a higher level leaves open; `target`) ·
    `define x = E` 定义 (body empty, `expr` set).

    A file of rows lies beside the ruleset: CSV in UTF-8, or a workbook (`"f.xlsx"`, `"f.xlsx#sheet"`). Its first row names
    the columns: the keys in either language, `value` · `取值`, and where wanted `from` · `自`, `to` · `至`, `instrument` ·
    `依据`, `article` · `条款`, `status` · `状态`, `verified_on` · `核对日期`, `note` · `附注`; `value (m)` gives numbers their
    unit. Cells are written as in a row; codes may leave out their scheme, texts their quotes. In a file of a crosswalk
    several rows of one key name the codes among which a person must choose.
    """

    kind: DeclKind
    names: Names
    type: TypeNode | None
    params: tuple[TableParam, ...]
    expr: Expr | None
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c
    target: Path | None = None


@frozen
class Subject:
    """The ground a norm speaks of.

    `on pbf [where (…)]` · `图层 永久基本农田 [其中（…）]`; `within E of highway [where (…)]` · `距 公路 [其中（…）] E 以内`
    (measured from the edge of the land, or from the line). `within 30 m beyond 10 m of highway` ·
    `距 公路 10 米 以外 30 米 以内`: a second strip, without the first.
    """

    layer: Path
    where: Expr | None
    within: Expr | None
    span: Span = field(compare=False, repr=False)
    beyond: Expr | None = None


NormKind = Literal["use_control", "red_line", "balance", "quota", "indicator", "rule", "exception"]


@frozen
class NormDecl:
    """A norm in the words of the field.

    `red line x on pbf { … }` 红线 · `use control x on plan_zone by zone for parcel.use_after { … }`
    用途管制 x 图层 规划分区 按 分区 针对 地块.用途 · `balance x per proposal { … }` 平衡 x 按项目 ·
    `quota x { used … requested … at most … }` 计划指标 · `indicator x { value … at least … at most … }` 控制指标 ·
    `rule x [on … | within …] { … }` 规则 · `exception x to cn.y.z, cn.y.w { … }` 例外 x 针对 国家.y.z、国家.y.w.
    `by` is the zone field and `uses` the use expression of a use control; `excepts` the norms, exceptions or groups that
    an exception names.
    """

    kind: NormKind
    names: Names
    subject: Subject | None
    by: str
    uses: Expr | None
    excepts: tuple[Path, ...]
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Shape:
    """`square 100 m at (0, 0)` · `正方形 100 米 位于 (0, 0)`; `rectangle 200 m by 100 m at (0, 0)` · `矩形 200 米 乘 100 米 位于 …`;
    `polygon (0 0, 10 0, 10 10)` · `多边形 …`; `line (0 0, 100 0)` · `线 …`; `point (5 5)` · `点 …`; metres of an engineering plane,
    corner at the south-west. `sizes` are the lengths in metres, `points` the coordinates.
    """

    kind: Literal["square", "rectangle", "polygon", "line", "point"]
    sizes: tuple[Decimal, ...]
    points: tuple[tuple[Decimal, Decimal], ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Assign:
    """`set proposal.is_construction = true` · `令 项目.是建设项目 = 是`."""

    path: Path
    value: Expr
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Drawn:
    """`parcel P1 SHAPE { use_after = … }` 地块 · `building W1 SHAPE {…}` 建筑 · `supplement S1 SHAPE {…}` 补充地块 ·
    `feature pbf YN1 SHAPE { grade = 6 }` 要素 永久基本农田 YN1 …. Shape may be absent for a supplement.
    """

    what: Literal["parcel", "building", "supplement", "feature"]
    layer: str
    id: str
    shape: Shape | None
    fields: tuple[tuple[str, Expr], ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class LayerState:
    """`unbound erl` · `未绑定 生态保护红线`; `uncovered pbf [SHAPE]` · `未覆盖 永久基本农田 [SHAPE]` (everywhere without a shape)."""

    state: Literal["unbound", "uncovered"]
    layer: str
    shape: Shape | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class LawDate:
    """`on 2026-06-18` · `日期 2026-06-18`."""

    value: date
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class AccountRow:
    """`account mean_quality("349901", 2025) = 5` · `台账 年均质量("349901", 2025) = 5`."""

    call: Call
    value: Expr
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Expect:
    """`expect pbf_occupation deny [area 5000 m2] [missing proposal.list_basis, …] [possible permit, deny] [by exception_name]` ·
    `预期 占用 禁止 [面积 5000 平方米] [缺 …] [可能 …] [因 例外名]`; `expect decision deny` · `预期 结论 禁止`.

    Outcomes: deny indeterminate refer conditional permit not_applicable information ·
    禁止 无法判定 须裁量 有条件允许 符合 不适用 告知.
    """

    norm: Path | None
    outcome: str
    area: NumberLit | None
    missing: tuple[Path, ...]
    possible: tuple[str, ...]
    by: str
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


TestItem = Union[Assign, Drawn, LayerState, LawDate, AccountRow, Expect]


@frozen
class Test:
    """`test zh "…" en "…" { … }` · `测试 中文 "…" 英文 "…" { … }`: a story, a site, what must come out."""

    text: Text
    items: tuple[TestItem, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


Item = Union[Import, Declaration, NormDecl, Test]


@frozen
class Document:
    """A whole file. `trailing` are comment lines after the last item; `lang` the language its keywords are in."""

    source: SourceFile = field(compare=False, repr=False)
    lang: Literal["zh", "en"]
    items: tuple[Item, ...]
    trailing: tuple[str, ...] = ()
