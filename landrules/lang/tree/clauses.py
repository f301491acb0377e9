"""The clauses that stand in a block."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal, Union

from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.lang.tree.expressions import (
    NO_COMMENTS,
    Comments,
    Expr,
    Locus,
    Names,
    NumberLit,
    Path,
    PeriodNode,
    Status,
    Text,
    TypeNode,
)

_c = NO_COMMENTS


@frozen
class Title:
    """`title zh "…" en "…"` · `标题 中文 "…" 英文 "…"`."""

    text: Text
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Cites:
    """`cites land_administration_law article 35, article 44 paragraph 2 verified 2026-11-22` ·
    `依据 《土地管理法》第三十五条、第四十四条第二款 核对 2026-11-22`.

    Status: `verified D` 核对 D · `partly verified D` 部分核对 D · `unverified` 未核对 · `example` 示例. An optional
    remark follows: `note zh "…" en "…"` · `附注 中文 "…" 英文 "…"`. Locuses may be absent.
    """

    instrument: Path
    loci: tuple[Locus, ...]
    status: Status
    verified_on: date | None
    note: Text | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Effective:
    """`effective from 2020-01-01` · `施行 自 2020-01-01`, or with a body that holds in that period only:
    `effective to 2024-12-31 { requires … }`.
    """

    period: PeriodNode
    body: tuple[Clause, ...] | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


ConditionKind = Literal["applies", "when", "requires"]


@frozen
class Condition:
    """`applies when E` · `适用 当 E`; `when E` · `当 E`; `requires E [otherwise zh "…" en "…"]` · `须 E [否则 中文 "…" …]`."""

    kind: ConditionKind
    expr: Expr
    otherwise: Text | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Given:
    """`given pbf_net zh 永农净面积 = E` · `设 永农净面积 英文 "pbf_net" = E`."""

    names: Names
    expr: Expr
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class SubjectTo:
    """A document somebody must have issued.

    `subject to approval pbf_conversion by pbf_approver(proposal.province_code) provided E` ·
    `须经 永农审批级别（项目.省代码） 批准 永农转用 若 E`;
    `subject to opinion unavoidability_pbf by province` · `须有 省级 出具的 永农不可避让 意见 [若 E]`.
    `issuer` is an expression of type level, or absent (any issuer: `须有 永农不可避让 意见`, `须经批准 永农转用`).
    `no later than proposal.application_date` · `不迟于 项目.申请日期` before `provided` asks for an earlier date than the law date.
    """

    kind: Literal["approval", "opinion"]
    matter: str
    issuer: Expr | None
    provided: Expr | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c
    latest: Expr | None = None


@frozen
class Duty:
    """`duty zh "…" en "…" [provided E]` · `义务 中文 "…" 英文 "…" [若 E]`: lawful, with this to be done."""

    text: Text
    provided: Expr | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Tolerance:
    """`tolerance 0 m2 [handed down to county up to 1 m2]` · `容差 0 平方米 [授权 县级 至多 1 平方米]`."""

    limit: NumberLit
    handed_to: str
    up_to: NumberLit | None
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


EffectWord = Literal[
    "occupation", "buildings", "project", "permits", "refers", "informs", "encourages", "suspects", "authorises"
]


@frozen
class Effect:
    """What follows where the norm applies: `prohibits occupation|buildings|project` · `禁止 占用|建筑物|项目`;
    `refers` · `提请裁量` (in an exception or a cell: left to a person); `informs` · `告知`; `encourages` · `鼓励`;
    `suspects` · `疑似` (a lead to be looked into); `authorises` · `准予用地` (ground on which it permits is authorised).
    """

    word: EffectWord
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class MessageClause:
    """`message zh "占用 {area of occupied in mu}" en "occupies {area of occupied in ha}"` · `提示 中文 "…" 英文 "…"`.

    A placeholder is an expression of either language with an optional ` in UNIT`.
    """

    text: Text
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Except:
    """`except national_key_project zh 国家重点项目 { … }` · `例外 国家重点项目 英文 "national_key_project" { … }`."""

    names: Names
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Cell:
    """In a zone of a use control: `permits lulc2023:01, lulc2023:02` · `允许 …`; `restricts lulc2023:1202 { … }` · `限制 …`;
    `prohibits other` · `禁止 其他`. Also before any zone, for every zone.
    """

    word: Literal["permits", "restricts", "prohibits"]
    uses: tuple[Expr, ...]
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Zone:
    """`zone plan_zone:farm_protect { … }` · `分区 plan_zone:farm_protect { … }`; several codes by comma."""

    codes: tuple[Expr, ...]
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Setting:
    """A clause that sets one thing of a declaration.

    `level national` · `级别 国家` (national provincial municipal county township · 国家 省 市 县 乡镇);
    `version "2026.1"` · `版本 "…"`; `default refer|deny` · `未授权土地 须裁量|禁止`;
    `uncovered refer|deny|permit` · `未覆盖 须裁量|禁止|允许`; `number "…"` · `文号 "…"`; `source "file.csv"` · `数据 "…"`;
    `value E` · `取值 E`; `debit E` · `占用方 E`; `credit E` · `补充方 E`; `confirmation balance_confirmation` · `确认文件 …`;
    `range 1 to 15` · `范围 1 至 15`; `better lower|higher` · `优者 小|大`; `includes C, C` · `包括 C，C`;
    `tightens downward|upward` · `收紧 向下|向上`; `repealed by X` · `废止于 X`;
    `ends uncertain` · `失效日 存疑` (the end of an instrument's validity was not read: past it, unverified);
    `policy unique|any|collect sum|collect min|collect max|collect count` · `命中 唯一|一致|汇总求和|汇总最小|汇总最大|汇总计数`;
    (rows that fit one case: none may · they agree · all count; a sum, least or greatest of no row is left to a person);
    `complete` · `完备` (a table without gaps, between the first and the last day of its rows);
    `open` · `开放` (a list that ends in "and the like": what it does not name is left to a person);
    `absolute` · `不得放宽`; `may be relaxed by province` · `可由 省级 放宽`; `filled by province` · `由 省级 填定`;
    `supersedes X [since 2025-01-01]` · `取代 X [起于 2025-01-01]`; `rivals X` · `竞合 X`;
    `at least E` · `不低于 E`; `at most E` · `不高于 E`; `used E` · `已用 E`; `requested E` · `本次 E`;
    `prefers announced_zone` · `优先 公布控制区`; `left pbf since E` · `调出 永久基本农田 起于 E`;
    `holiday 2026-10-01 [to 2026-10-07]` · `休假 2026-10-01 [至 2026-10-07]`; `workday 2026-10-10` · `上班 2026-10-10`.
    `key` is the English keyword; `values` are expressions (words become `StringLit`).
    """

    key: str
    values: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class FieldClause:
    """`field net_area zh 净面积 area apportioned optional` · `字段 净面积 英文 "net_area" 面积 按比例分摊 可缺`."""

    names: Names
    type: TypeNode
    apportioned: bool
    optional: bool
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class CodeClause:
    """`code national zh "国道" en "National highway" [under trunk]` · `代码 national 中文 "国道" 英文 "…" [属 trunk]`."""

    code: str
    text: Text
    under: str
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


@frozen
class Row:
    """`row highway_class:national gives 20 m [{ cites … effective … }]` · `行 highway_class:national 取 20 米 [{ … }]`.

    Keys by comma: a code, a value, a list of values, a stretch (`10 ha to 35 ha`, `> 35 ha`), `any` · `任意`;
    `other` · `其他` matches what no other row in force does. In a crosswalk a row gives one code, or a list of those
    among which a person must choose.

    A code means all codes under it too: a row for a code and one for a code under it meet, which `policy unique`
    forbids; in a crosswalk the row of the nearest code counts. Stretches are of numbers, quantities and dates, never of
    grades. Of rows that fit, one that says `other` for less counts before one that says it for more. Where no row
    fits, the law leaves the case to a person.
    """

    keys: tuple[Expr, ...]
    value: Expr
    body: tuple[Clause, ...]
    span: Span = field(compare=False, repr=False)
    comments: Comments = _c


Clause = Union[
    Title, Cites, Effective, Condition, Given, SubjectTo, Duty, Tolerance, Effect, MessageClause, Except, Cell, Zone,
    Setting, FieldClause, CodeClause, Row,
]  # fmt: skip
