"""The sentences of the language, for its reference: headings and Chinese from the tables here, English from the nodes.

The whole page, `grammar/README.md`, is put together in `landrules.book.reference`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from types import MappingProxyType

from landrules.lang import tree as t

PARTS: tuple[tuple[str, str, tuple[type, ...]], ...] = (
    ("声明", "Declarations", (t.Document, t.Import, t.Declaration, t.TableParam, t.Names, t.Text, t.TypeNode)),
    ("规则", "Norms", (t.NormDecl, t.Subject)),
    (
        "条款",
        "Clauses",
        (
            t.Title, t.Cites, t.Locus, t.Effective, t.PeriodNode, t.Condition, t.Given, t.SubjectTo, t.Duty, t.Tolerance,
            t.Effect, t.MessageClause, t.Except, t.Zone, t.Cell, t.Row, t.FieldClause, t.CodeClause, t.Setting,
        ),
    ),
    (
        "表达式",
        "Expressions",
        (
            t.Binary, t.Unary, t.Path, t.Call, t.Select, t.Aggregate, t.Average, t.ForEach, t.NumberLit, t.StringLit,
            t.DateLit, t.BoolLit, t.CodeLit, t.LevelLit, t.OtherLit, t.ListLit, t.RecordLit, t.AnyKey, t.Interval,
        ),
    ),
    (
        "测试",
        "Tests",
        (t.Test, t.Assign, t.Drawn, t.Shape, t.LayerState, t.LawDate, t.AccountRow, t.Expect),
    ),
)  # fmt: skip
"""The nodes by the part of a file they stand in, in the order a reader meets them."""

HEADINGS: Mapping[type, tuple[str, str]] = MappingProxyType(
    {
        t.Document: ("规则文件", "A file of rules"),
        t.Import: ("引入", "An import"),
        t.Declaration: ("声明", "A declaration"),
        t.TableParam: ("对照表的键", "A key of a table"),
        t.Names: ("名称和别名", "Names and aliases"),
        t.Text: ("双语文字", "A text in two languages"),
        t.TypeNode: ("类型", "A type"),
        t.NormDecl: ("规则的开头", "The head of a norm"),
        t.Subject: ("管哪片地", "The ground a norm speaks of"),
        t.Title: ("标题", "A title"),
        t.Cites: ("依据", "A citation"),
        t.Locus: ("条款项", "An article, paragraph and item"),
        t.Effective: ("施行日期", "Dates of effect"),
        t.PeriodNode: ("起止日期", "A period"),
        t.Condition: ("条件和要求", "Conditions and requirements"),
        t.Given: ("设", "A name given to a value"),
        t.SubjectTo: ("须经批准、须有意见", "Approvals and opinions"),
        t.Duty: ("义务", "A duty"),
        t.Tolerance: ("审查容差", "The review tolerance"),
        t.Effect: ("效果", "What follows"),
        t.MessageClause: ("审查意见用语", "The words of the opinion"),
        t.Except: ("例外", "An exception"),
        t.Zone: ("分区", "A zone"),
        t.Cell: ("分区内允许、限制、禁止的用途", "Uses permitted, restricted and prohibited in a zone"),
        t.Row: ("对照表的一行", "A row of a table"),
        t.FieldClause: ("图层的字段", "A field of a layer"),
        t.CodeClause: ("代码体系的一个代码", "A code of a scheme"),
        t.Setting: ("设定", "A setting"),
        t.Binary: ("比较、运算和并列", "Comparing, calculating and joining"),
        t.Unary: ("否定、负数和是否提供", "Negation, minus and whether a fact is given"),
        t.Path: ("名称", "A name"),
        t.Call: ("查表、查台账和函数", "Tables, accounts and functions"),
        t.Select: ("其中", "A selection"),
        t.Aggregate: ("汇总", "Sums, counts, extremes and areas"),
        t.Average: ("加权平均", "A weighted average"),
        t.ForEach: ("每项都须", "Something asked of each"),
        t.NumberLit: ("数值", "A number"),
        t.StringLit: ("文字值", "A text value"),
        t.DateLit: ("日期", "A date"),
        t.BoolLit: ("是和否", "Yes and no"),
        t.CodeLit: ("代码", "A code"),
        t.LevelLit: ("机关级别", "A level of authority"),
        t.OtherLit: ("其他", "Everything else"),
        t.ListLit: ("列举", "A list of values"),
        t.RecordLit: ("一份材料", "A record"),
        t.AnyKey: ("任意", "Any value"),
        t.Interval: ("区间", "A stretch of values"),
        t.Test: ("测试", "A test"),
        t.Assign: ("令", "A fact of the proposal"),
        t.Drawn: ("地块、建筑和要素", "Parcels, buildings and features"),
        t.Shape: ("图形", "A shape"),
        t.LayerState: ("图层缺失", "A layer that cannot answer"),
        t.LawDate: ("适用日期", "The law date"),
        t.AccountRow: ("台账的一行", "A row of an account"),
        t.Expect: ("预期", "What must come out"),
    }
)

EXPLAINED_ZH: Mapping[type, str] = MappingProxyType(
    {
        t.Document: "一个 `.rules` 文件就是一组依次写下的声明、规则和测试。中文、英文关键词都认，前后次序不影响结论。",
        t.Import: "用到另一个规则集里声明的图层、清单、参数等，先在这里引入那个规则集。",
        t.Declaration: (
            "声明给一样东西定名，后面的规则按这个名称使用它：规则集、文件（法律法规）、图层、代码体系、等级体系、清单、参数、台账、"
            "对照表、转换表、日历、规则组、填定、定义。\n\n"
            "行数多的对照表可以另存为 CSV（UTF-8）或 Excel 工作簿，与规则放在一起，首行写列名：各个键、`取值`，需要时加 `自`、`至`、"
            "`依据`、`条款`、`状态`、`核对日期`、`附注`；写成 `取值 (米)` 就给整列数值定了单位。转换表的文件里，同一个旧代码可以占几行，"
            "表示由人在几个新代码中选定一个。"
        ),
        t.TableParam: "查对照表要拿什么去查，例如“等级”，并写明它的类型。",
        t.Names: "每样东西可以有中文名和英文名，二者指同一样东西，在哪种文字的规则里都能用。",
        t.Text: "给人看的文字分中文、英文两份，至少写一份；只写一份时，两种语言的读者看到的都是这一份。",
        t.TypeNode: "类型说明一个值是什么：面积、长度、日期、代码等。面积不能与长度相比，这个体系的代码不能与那个体系的代码相比。",
        t.NormDecl: (
            "规则的开头写明这是哪一种规则：红线、用途管制、平衡、计划指标、控制指标、一般规则或例外；接着是名称，"
            "再写它管哪个图层、按哪个字段分区。大括号里写具体条款。"
        ),
        t.Subject: (
            "规则只审查项目用地落在这里的部分：某个图层的范围内，或者距公路、河道等要素若干米以内。“其中”进一步限定要素；"
            "“以外……以内”表示扣除内圈的一圈。"
        ),
        t.Title: "规则、图层、文件等在报告里显示的名称。",
        t.Cites: (
            "每条规则都要写明依据哪部法律的哪一条，以及是否对照过原文：已核对、部分核对、未核对或者虚构示例。"
            "没有全部核对的依据不会得出禁止的结论，只会提请人裁量。"
        ),
        t.Locus: "依据的具体位置，写到条、款、项；原文不按条编号的（附表、章节），用“部分”写明。",
        t.Effective: (
            "规则从哪一天起、到哪一天止有效。后面带大括号时，括号里的内容只在这段时间有效，同一条规则的新旧规定可以写在一起。"
        ),
        t.PeriodNode: "起止两天都算在内，可以只写一头。",
        t.Condition: (
            "“适用 当”和“当”说明规则在什么情形下适用；“须”是要求，不满足就是不符合。“否则”后面写不满足时告诉申请人的话。"
        ),
        t.Given: "给一个算式起个名字，本条规则后面可以反复引用，报告里也会列出它的值。",
        t.SubjectTo: (
            "要有哪一级机关的批准文件或者意见才行。“若”限定只在某种情形下要求；“不迟于”要求文件在某日之前作出。"
            "文件还没有时，结论是有条件允许，并列出要补办的手续。"
        ),
        t.Duty: "用地本身合法，但要履行的事项，会列入报告的义务清单。",
        t.Tolerance: "占用面积不超过容差的，不直接判为禁止，而是提请人裁量；可以授权下级在限度内另定。",
        t.Effect: (
            "规则适用时的结果：禁止占用、禁止建筑物、禁止项目，提请裁量，或者只是告知、鼓励、提示疑似。"
            "“准予用地”表示审查通过的这片地有了用地依据。"
        ),
        t.MessageClause: "写进审查意见的一句话，大括号里的算式会换成实际数值，并可指定单位。",
        t.Except: (
            "法律写有“但是……除外”的情形。例外的条件和要求都满足，这条规则的禁止才解除；例外里面还可以再写例外。"
        ),
        t.Zone: "用途管制规则里的一个分区，大括号里写这个分区内允许、限制、禁止哪些用途；几个分区规定相同的，可以写在一起。",
        t.Cell: "分区内允许、限制、禁止的用途代码。限制的用途要满足大括号里的要求；“其他”指没有列出的用途。写在各分区之前的，对所有分区有效。",
        t.Row: (
            "对照表的一行：前面是键，“取”后面是对应的值。键可以写一个代码、一个区间、“任意”或者“其他”；上级代码包括它下面的各级代码。"
            "没有一行对得上时，系统不猜，提请人裁量。"
        ),
        t.FieldClause: (
            "图层里规则要用到的字段及其类型。“按比例分摊”用于净面积一类随图斑切割而减少的量；“可缺”表示数据可以没有这个字段。"
        ),
        t.CodeClause: "代码体系里的一个代码、它的中英文名称，以及它属于哪个上级代码。",
        t.Setting: "声明或规则里只定一件事的短句，例如级别、版本、文号、取值、不得放宽、由省级填定、取代、竞合。各句的中英文写法见下面一段。",
        t.Binary: "把两个值相比、相算或并列。先算乘除，再算加减，然后比较，最后“且”“或”；拿不准时加括号。“缺则”给没有提供的值一个替代。",
        t.Unary: "“非”表示相反；“已提供”“未提供”问申请材料里有没有这一项，不问它的值。",
        t.Path: "用点号一级一级写出要取的值，例如“项目.项目类型”“公路.等级”。",
        t.Call: "名称后面加括号，括号里写键，就从对照表、台账里查出一个值，或者由函数算出一个值。",
        t.Select: "从一组图斑、地块或材料中只取符合条件的。括号里直接写它们的字段名。",
        t.Aggregate: (
            "把一组图斑、地块或材料汇总成一个数：之和、之数、最小值、最大值、的面积；“存在”问有没有。"
            "“的面积”按并集计算，重叠的地不重复算；“各项（……）之和”先逐项算式再相加。"
        ),
        t.Average: "按面积等加权的平均值，例如补划耕地的平均等别。",
        t.ForEach: "要求一组里的每一项都满足条件，或者每一种代码分别满足（例如各地类分别补足）。一项也没有时，视为满足。",
        t.NumberLit: "数字后面写单位，中文、英文、符号都认。有量纲的数不能省略单位。",
        t.StringLit: "申请材料中以文字填写的取值，放在直引号里。",
        t.DateLit: "年、月、日写全。",
        t.BoolLit: "“是”或者“否”。",
        t.CodeLit: "冒号前是代码体系，冒号后是代码；中英文规则里写法相同。",
        t.LevelLit: "作出批准、出具意见的机关是哪一级；“专家”指专家论证。",
        t.OtherLit: "没有列出的一切情形。",
        t.ListLit: "几个值放在方括号里，表示其中任何一个。",
        t.RecordLit: "只在测试里用：写出一份批准文件或意见的各项内容。",
        t.AnyKey: "这个键不论取什么值都对得上。",
        t.Interval: "从多少到多少。“至”两头都包括；用不等号可以写明含不含端点。",
        t.Test: "测试写一个设想的项目和它应当得出的结论。规则改动以后重新运行，就知道有没有改错。",
        t.Assign: "给设想的项目填一项事实。",
        t.Drawn: "画出设想的地块、建筑、补充地块，或者某个图层里的要素，并填写它们的字段。",
        t.Shape: "用米画出的简单图形：正方形、矩形、多边形、线、点；正方形和矩形的坐标是西南角的位置。",
        t.LayerState: "设想工作区没有这个图层，或者图层没有覆盖这片地，检验规则在资料不全时是否如实说“无法判定”。",
        t.LawDate: "按哪一天的法律审查。每个测试都要写。",
        t.AccountRow: "设想台账里登记的一个数。",
        t.Expect: (
            "某条规则应当得出的结论，还可以写明面积、缺少的事实、可能的结论、因哪个例外解除；“预期 结论”是整个项目的总结论。"
        ),
    }
)
"""What each sentence is for, said to a planner who does not program; the English stands in the docstring of its node."""

_INTRODUCTION = """\
## 总则 · Ground rules

规则文件的文法在 [landrules.lark](landrules.lark)，关键词在 `landrules/lang/keywords.py`。

- 内容写在大括号里，条款一条接一条，换行随意；`#` 之后到行尾是注释。
- 中文、英文关键词可以混写，意思相同；`landrules fmt` 统一成一种。引号之外，全角标点 `（），：；、｛｝［］＝≠≤≥` 与半角通用。
- 名称用汉字、字母、数字和 `_`，不能以数字开头；其他名称，以及与关键词相同的名称，写在 `《》` 里。
- 文字放在直引号里，转义与 JSON 相同。审查意见用语里，`{算式}` 和 `{算式 in 单位}` 会换成数值；要写大括号本身就写两个。
- 代码带体系，版本号加引号，日期写作 `2026年11月22日` 或者 `2026-11-22`。
- 中文关键词与名称之间空一格：写 `地类 属于 耕地`，不写 `地类属于耕地`。数字与单位可以相连：`20米 以内`。

The grammar is [landrules.lark](landrules.lark); the words come from `landrules/lang/keywords.py`.

- Blocks in braces, one clause after another, line breaks free, `#` comments to the end of the line.
- English and Chinese may be mixed when read; `landrules fmt` prints one of them. The signs `（），：；、｛｝［］＝≠≤≥` are
  read like their plain forms outside quotes.
- A name is letters, digits and `_`, in any script, not beginning with a digit. Any other name, and one that would be
  read as a word of the language, stands in `《》`.
- Texts stand between straight quotes with the escapes of JSON. In a message, `{expression}` and `{expression in unit}`
  are filled in; a brace is doubled to mean itself.
- Codes carry their scheme, versions are quoted, dates are `2026-11-22` (or `2026年11月22日`).
- A Chinese keyword stands apart from names: `地类 属于 耕地`, not `地类属于耕地`. Units may touch: `20米 以内`.
"""


def sentences() -> str:
    """The ground rules and every sentence form, as Markdown: for people in Chinese, then in full in English."""
    out = [_INTRODUCTION]
    for zh, en, nodes in PARTS:
        out.append(f"## {zh} · {en}\n")
        for node in nodes:
            out.append(f"### {' · '.join(HEADINGS[node])}\n\n{EXPLAINED_ZH[node]}\n\n{_doc(node)}\n")
    return "\n".join(out)


def _doc(node: type) -> str:
    text = inspect.cleandoc(node.__doc__ or "")
    return re.sub(r"\n\n+", "\n\n", text)
