"""Messages about what stops a proposal at the door (LR6xx): nothing was decided."""

from __future__ import annotations

from landrules.base.messages.row import Message

PROPOSAL: tuple[Message, ...] = (
    # --- the file and its text ---
    Message("LR600", "文件是空的", "the file is empty", "请检查导出是否成功", "check that the export succeeded"),
    Message(
        "LR601",
        "文件不完整：到第 {line} 行第 {column} 列就断了",
        "the file is cut off: it ends at line {line}, column {column}",
        "请重新导出或重新传输整个文件",
        "export or transfer the whole file again",
    ),
    Message(
        "LR602",
        "第 {line} 行第 {column} 列不是正确的 JSON",
        "line {line}, column {column} is not correct JSON",
        "常见原因是缺少逗号、引号，或括号不配对",
        "often a comma or a quotation mark is missing, or a bracket has no partner",
    ),
    Message(
        "LR603",
        "文件不是 UTF-8 编码，像是 {encoding}",
        "the file is not UTF-8; it looks like {encoding}",
        "请另存为 UTF-8 编码",
        "save it as UTF-8",
    ),
    Message(
        "LR604",
        "文件里写着“{word}”，这不是一个数",
        "the file says `{word}`, which is not a number",
        "没有数值时请不要写这个键",
        "where there is no value, leave the key out",
    ),
    Message(
        "LR605",
        "同一对象里“{key}”写了两次",
        "`{key}` stands twice in one object",
        "请只保留一个",
        "keep one of them",
    ),
    Message(
        "LR606",
        "文件嵌套太深，无法读取",
        "the file is nested too deeply to be read",
        "项目文件最多十几层；请检查导出程序",
        "a proposal needs a dozen levels at most; check the program that wrote it",
    ),
    Message(
        "LR607",
        "不能读取文件：{reason_zh}",
        "the file cannot be read: {reason_en}",
        "请核对路径和文件",
        "check the path and the file",
    ),
    Message(
        "LR608",
        "文件里有半个字符（{escape}），不能显示",
        "the file holds half a character ({escape}), which cannot be shown",
        "请检查导出程序如何写四字节的汉字",
        "check how the program that wrote it escapes characters beyond the basic plane",
    ),
    # --- the envelope ---
    Message(
        "LR610",
        "文件应是 FeatureCollection（或单个 Feature），这里是{found}",
        "a FeatureCollection (or one Feature) is wanted, and this is {found_en}",
        "请按 GeoJSON 导出地块；landrules schema proposal 给出完整格式",
        "export the parcels as GeoJSON; `landrules schema proposal` prints the whole format",
    ),
    Message(
        "LR611",
        "文件没有 proposal 成员，项目属性不知从何读取",
        "the file has no member `proposal`, so there are no attributes of the project",
        '请在 FeatureCollection 里加 "proposal": {{"id": …, "stage": …}}',
        'add "proposal": {{"id": …, "stage": …}} to the FeatureCollection',
    ),
    Message(
        "LR612",
        "{key} 应是{wanted}，这里是{found}",
        "`{key}` should be {wanted_en}, and this is {found_en}",
        "请改成所需的形式",
        "write it in that form",
    ),
    Message(
        "LR613", "没有项目代码 id", "the proposal has no `id`", "请填写项目代码（或备案编号）", "give the project code"
    ),
    Message(
        "LR614",
        "没有办理阶段 stage",
        "the proposal has no `stage`",
        "请填写其一：{choices}",
        "give one of: {choices}",
    ),
    Message(
        "LR615",
        "办理阶段 stage 的值“{found}”不认识",
        "`{found}` is no `stage` that is known",
        "请填写其一：{choices}",
        "give one of: {choices}",
    ),
    Message(
        "LR616",
        "没有法定日期：项目没有申请日期 application_date，也没有用 --law-date 指定",
        "there is no law date: the proposal has no `application_date` and no --law-date was given",
        "请填写申请日期，或加 --law-date YYYY-MM-DD",
        "give the application date, or add --law-date YYYY-MM-DD",
    ),
    Message(
        "LR617",
        "申请日期 application_date 无效，不能据以确定法定日期",
        "`application_date` is not a valid date, so the law date is not known",
        "请写成 YYYY-MM-DD，或加 --law-date YYYY-MM-DD",
        "write it as YYYY-MM-DD, or add --law-date YYYY-MM-DD",
    ),
    Message("LR618", "文件里没有地块", "the file holds no parcel", "请至少给出一个地块", "give at least one parcel"),
    # --- features and geometry ---
    Message(
        "LR620",
        "第 {number} 个要素没有 id",
        "feature number {number} has no `id`",
        "请给每个要素一个唯一的 id（通常是地块编号）",
        "give every feature an id of its own, normally the parcel number",
    ),
    Message(
        "LR621",
        "id “{id}”用了 {count} 次",
        "the id `{id}` is used {count} times",
        "每个要素的 id 必须唯一",
        "every feature needs an id of its own",
    ),
    Message("LR622", "没有图形", "there is no geometry", "请给出地块的图形", "give the geometry of the parcel"),
    Message(
        "LR623",
        "图形类型 {found} 不能作为{role_zh}",
        "a geometry of type {found} cannot be a {role_en}",
        "可用的类型：{choices}",
        "types that can be used: {choices}",
    ),
    Message(
        "LR624",
        "有一个环只有 {count} 个点",
        "a ring has only {count} positions",
        "一个环至少四个点，首尾相同；请在制图软件里删除或修复这个环",
        "a ring needs at least four, first and last equal; remove or mend the ring in the drawing program",
    ),
    Message(
        "LR625",
        "有一个环没有闭合：首点（{first}），末点（{last}）",
        "a ring is not closed: it starts at ({first}) and ends at ({last})",
        "首尾两点必须相同",
        "first and last position must be equal",
    ),
    Message(
        "LR626",
        "坐标不是有限的数：{found}",
        "a coordinate is not a finite number: {found}",
        "每个点是两个数（东、北），可带高程",
        "a position is two numbers (east, north), and may have a height",
    ),
    Message(
        "LR619",
        "坐标（{x}，{y}）远在平面 {code} 所能表示的范围之外",
        "the position ({x}, {y}) lies far beyond what the plane {code} can hold",
        "请核对坐标，常见原因是多写了一位数字",
        "check the coordinates; often there is one digit too many",
    ),
    Message(
        "LR627",
        "crs 成员读不懂",
        "the member `crs` cannot be read",
        '写法：{{"type": "name", "properties": {{"name": "urn:ogc:def:crs:EPSG::4527"}}}}',
        'write {{"type": "name", "properties": {{"name": "urn:ogc:def:crs:EPSG::4527"}}}}',
    ),
    # --- values that may never be written ---
    Message(
        "LR630",
        "{key} 的值是 null",
        "the value of `{key}` is null",
        "没有就不要写这个键；空清单 [] 表示“没有”",
        "leave the key out where nothing is known; an empty list [] says that there are none",
    ),
    Message(
        "LR631",
        "{key} 的代码“{code}”没有写明编码体系",
        "the code `{code}` of `{key}` names no scheme",
        '请写成 "survey:{code}" 或 {{"scheme": "survey", "code": "{code}"}}：同一代码在两个体系里意思可能不同',
        'write "survey:{code}" or {{"scheme": "survey", "code": "{code}"}}: one code can mean two things in two schemes',
    ),
    # --- settings of the command line, and other formats ---
    Message(
        "LR640",
        "--set {text} 读不懂",
        "--set {text} cannot be read",
        "写法：--set 键=值，例如 --set balance.mode=self",
        "write --set KEY=VALUE, for example --set balance.mode=self",
    ),
    Message(
        "LR641",
        "--set 的键“{key}”不认识",
        "the key `{key}` of --set is not known",
        "最接近的是 {nearest}",
        "the nearest is {nearest}",
    ),
    Message(
        "LR645",
        "{format} 文件不带项目属性，旁边也没有 {sidecar}",
        "a {format} file carries no attributes of the project, and there is no {sidecar} beside it",
        '请在旁边放一个 {sidecar}，内容是 {{"id": …, "stage": …}}',
        'put a {sidecar} beside it that holds {{"id": …, "stage": …}}',
    ),
    Message(
        "LR646",
        "不认识的文件格式“{suffix}”",
        "the file format `{suffix}` is not known",
        "可用：{choices}",
        "these are: {choices}",
    ),
)
