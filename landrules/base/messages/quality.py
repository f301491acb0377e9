"""Messages about data quality (LR7xx): reported before any rule speaks, and never moving a decision."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = (
    # --- attributes ---
    Message(
        "LR700",
        "本阶段必填的 {key}（{zh}）没有提供",
        "`{key}` ({zh}) is compulsory at this stage and is not supplied",
        "请补填；需要它的规则按“未提供”处理",
        "supply it; rules that ask for it treat it as not supplied",
    ),
    Message(
        "LR701",
        "{key} 应是{wanted}，这里是{found}",
        "`{key}` should be {wanted_en}, and this is {found_en}",
        "请改正；需要它的规则按“值无效”处理",
        "correct it; rules that ask for it treat it as invalid",
    ),
    Message(
        "LR702",
        "{key} 的值“{found}”不在清单里",
        "the value `{found}` of `{key}` is not in its list",
        "可用：{choices}",
        "the list has: {choices}",
    ),
    Message(
        "LR703",
        "{key} 的代码“{code}”不在 {scheme} 里",
        "the code `{code}` of `{key}` is not in {scheme}",
        "请核对代码；需要它的规则按“值无效”处理",
        "check the code; rules that ask for it treat it as invalid",
    ),
    Message(
        "LR704",
        "{key} 的编码体系“{scheme}”没有规则集声明",
        "the scheme `{scheme}` of `{key}` is declared by no ruleset",
        "已声明的体系：{choices}",
        "declared schemes: {choices}",
    ),
    Message(
        "LR705",
        "不认识的键“{key}”，没有使用",
        "the key `{key}` is not known and was not used",
        "{nearest_zh}",
        "{nearest_en}",
    ),
    Message(
        "LR706",
        "“{key}”像是个人信息，项目文件不应携带，没有读取",
        "`{key}` looks like personal data; a proposal should not carry it, and it was not read",
        "请从文件中删除",
        "remove it from the file",
    ),
    Message(
        "LR707",
        "{key} 的数 {found} 超出范围（{range}）",
        "the number {found} of `{key}` lies outside {range}",
        "请核对数值和单位",
        "check the number and its unit",
    ),
    Message(
        "LR708",
        "{key} 的“{found}”不是日期",
        "`{found}` of `{key}` is not a date",
        "请写成 YYYY-MM-DD",
        "write it as YYYY-MM-DD",
    ),
    Message(
        "LR709",
        "{key} 没有写明 unit 为 ha，整张表没有使用",
        "`{key}` does not state its unit as ha; the whole table was not used",
        '请在表里写 "unit": "ha"',
        'write "unit": "ha" in the table',
    ),
    # --- ground ---
    Message(
        "LR710",
        "地块图形无效（{reason}，在 {x}，{y} 附近），没有使用",
        "the geometry is invalid ({reason}, near {x}, {y}) and was not used",
        "请修复拓扑；在此之前空间类规则无法判定",
        "repair the topology; spatial rules cannot be decided before that",
    ),
    Message(
        "LR711",
        "地块 {first} 与 {second} 是同一块地",
        "the parcels {first} and {second} are the same ground",
        "请删去重复的地块；面积只计一次",
        "remove the duplicate; its area counts once",
    ),
    Message(
        "LR712",
        "地块 {first} 与 {second} 重叠 {area} 平方米（等效宽度 {width} 米）",
        "the parcels {first} and {second} overlap by {area} m² (equivalent width {width} m)",
        "请修正边界；重叠部分只计一次",
        "correct the boundary; the overlap counts once",
    ),
    Message(
        "LR713",
        "{kind_zh}没有 {key}，没有地面可算",
        "a {kind_en} without `{key}` has no ground",
        "请填写 {key}；在此之前空间类规则无法判定",
        "give `{key}`; spatial rules cannot be decided before that",
    ),
    Message("LR714", "高程（Z 或 M）没有使用", "heights (Z or M) were dropped"),
    Message(
        "LR715",
        "线按宽度 {width} 米展成面（两端平齐，转角尖接），平面面积 {area} 平方米",
        "the line was widened to {width} m (flat ends, mitred corners): {area} m² in the plane",
    ),
    Message(
        "LR716",
        "点按占地 {area} 平方米展成正方形",
        "the point was made a square of {area} m²",
    ),
    Message(
        "LR717",
        "{key}：{left} 与 {parts_zh} {right} 不相等",
        "`{key}`: {left} does not equal {parts_en} {right}",
        "请核对各项面积（公顷，四位小数）",
        "check the areas (ha, four decimals)",
    ),
    Message(
        "LR718",
        "地块编号 {number} 与要素 id {id} 不一致，以 id 为准",
        "the parcel number {number} differs from the feature's id {id}; the id is used",
    ),
    Message(
        "LR719",
        "建筑所属地块 {parcel} 不在文件里",
        "the building names the parcel {parcel}, which is not in the file",
    ),
    Message(
        "LR720",
        "{key} 的等级体系“{found}”不认识",
        "the grading system `{found}` of `{key}` is not known",
        "可用：{choices}；两个体系不能混用",
        "known: {choices}; the two are never mixed",
    ),
    Message(
        "LR721",
        "图形无效（{reason}），没有使用",
        "the geometry is invalid ({reason}) and was not used",
        "请修复；需要它的规则按“值无效”处理",
        "mend it; rules that ask for it treat it as invalid",
    ),
    Message(
        "LR722",
        "文件开头有 UTF-8 字节顺序标记，已略去",
        "the file begins with a UTF-8 byte order mark, which was dropped",
    ),
    Message(
        "LR723",
        "{key} 由 --set 改为 {value}",
        "`{key}` was set to {value} by --set",
    ),
    Message(
        "LR724",
        "有一条经纬度长边（{length} 米）没有中间点：在平面上拉直后偏离 {deviation} 米",
        "one edge in degrees is long and sparse ({length} m): drawn straight in the plane it strays by {deviation} m",
        "请在长边上加密点，或直接提交投影坐标",
        "add points on long edges, or submit projected coordinates",
    ),
    # --- layers ---
    Message(
        "LR740",
        "图层 {layer} 的要素 {id} 图形无效（{reason}），其外接框按“未覆盖”处理",
        "the feature {id} of layer {layer} is invalid ({reason}); its box counts as uncovered",
        "请通知图层的编制单位",
        "tell the office that keeps the layer",
    ),
    Message(
        "LR741",
        "图层 {layer} 有 {count} 个要素的 {field} 读不懂，例如 {id} 的“{found}”，按“值无效”处理",
        "{count} features of layer {layer} have a {field} that cannot be read, such as `{found}` of {id}; it is invalid",
        "请核对 landrules.toml 的字段绑定和代码",
        "check the binding in landrules.toml and the codes",
    ),
    Message(
        "LR742",
        "图层 {layer} 的要素 {id} 没有图形",
        "the feature {id} of layer {layer} has no geometry",
    ),
    # --- what decides is less than the data can tell ---
    Message(
        "LR750",
        "“{title_zh}”的结论“{outcome_zh}”在定位误差之内：占用 {area} 平方米，等效宽度至多 {width} 米，"
        "而图层 {layer_zh} 的位置精度为 {accuracy} 米，此处也可能并未占用",
        "“{title_en}” ({outcome_en}) hangs on less than the data can tell: the {area} m² met are at most {width} m wide, "
        "and the layer {layer_en} is accurate to {accuracy} m, so perhaps nothing is met",
        "结论不变；请核实该处界线后再作为依据",
        "the outcome stands; check the edge there before relying on it",
    ),
    Message(
        "LR751",
        "“{title_zh}”的结论“{outcome_zh}”在定位误差之内：{layer_zh} {feature} 距 {parcel} 只有 {distance} 米，"
        "而该图层的位置精度为 {accuracy} 米，结论也可能是“{other_zh}”",
        "“{title_en}” ({outcome_en}) hangs on less than the data can tell: {feature} of the layer {layer_en} lies "
        "{distance} m from {parcel}, and the layer is accurate to {accuracy} m, so it could also be {other_en}",
        "结论不变；请核实该处界线后再作为依据",
        "the outcome stands; check the edge there before relying on it",
    ),
    Message(
        "LR752",
        "“{title_zh}”的结论“{outcome_zh}”在定位误差之内：{parcel} 至{layer_zh} {feature} 的距离为 {distance} 米，控制宽度为 "
        "{limit} 米，而该图层的位置精度为 {accuracy} 米，结论也可能是“{other_zh}”",
        "“{title_en}” ({outcome_en}) hangs on less than the data can tell: {parcel} lies {distance} m from {feature} of the layer "
        "{layer_en}, the strip is {limit} m wide, and the layer is accurate to {accuracy} m, so it could also be "
        "{other_en}",
        "结论不变；请核实该处界线后再作为依据",
        "the outcome stands; check the edge there before relying on it",
    ),
    Message(
        "LR753",
        "“{title_zh}”的结论“{outcome_zh}”在定位误差之内：图层 {layer_zh} 在用地内的界线长 {length} 米，位置精度为 "
        "{accuracy} 米，量得的面积可相差 {area} 平方米，结论也可能是“{other_zh}”",
        "“{title_en}” ({outcome_en}) hangs on less than the data can tell: the layer {layer_en} has {length} m of edge inside "
        "the site and is accurate to {accuracy} m, so the area measured may differ by {area} m², and it could also be "
        "{other_en}",
        "结论不变；请核实该处界线后再作为依据",
        "the outcome stands; check the edge there before relying on it",
    ),
    Message(
        "LR754",
        "“{title_zh}”的结论“{outcome_zh}”在定位误差之内：沿图层 {layer_zh} 划定的范围边线就在近旁，"
        "而该图层的位置精度为 {accuracy} 米，结论也可能是“{other_zh}”",
        "“{title_en}” ({outcome_en}) hangs on less than the data can tell: an edge of the strips along the layer {layer_en} "
        "runs there, and the layer is accurate to {accuracy} m, so it could also be {other_en}",
        "结论不变；请核实该处界线后再作为依据",
        "the outcome stands; check the edge there before relying on it",
    ),
    Message(
        "LR760",
        "图层 {layer_zh} 声明无缝隙，但在 {parcels_zh} 内有 {area} 平方米没有要素，"
        "最大一处 {largest} 平方米，在 {place}",
        "the layer {layer_en} is declared to have no gaps, but {area} m² in {parcels_en} have no feature; "
        "the largest such place, {largest} m², is at {place}",
        "请通知图层的编制单位；此处按“没有要素”处理",
        "tell the office that keeps the layer; the ground counts as having no feature",
    ),
    Message(
        "LR761",
        "图层 {layer_zh} 声明无缝隙，但在 {parcels_zh} 内要素相互重叠 {area} 平方米，"
        "最大一处 {largest} 平方米，在 {place}",
        "the layer {layer_en} is declared to have no gaps, but its features overlap by {area} m² in {parcels_en}; "
        "the largest such place, {largest} m², is at {place}",
        "请通知图层的编制单位；重叠的土地只计一次",
        "tell the office that keeps the layer; ground covered twice counts once",
    ),
    Message(
        "LR762",
        "图层 {layer_zh} 占用的 {total} 平方米中，有 {area} 平方米（{count} 处）是宽度不超出位置精度（{accuracy} 米）的狭条，"
        "也可能只是前后版次的{base_zh}描绘不同，而并未调出",
        "of the {total} m² of {layer_en}, {area} m² in {count} part(s) are slivers within the accuracy of {accuracy} m: the "
        "editions of {base_en} may only have been drawn differently there, and nothing have left",
        "仍按已调出处理；请对照两个版次核实",
        "it counts as having left; compare the editions there",
    ),
    Message(
        "LR780",
        "申报的 {key} 为 {declared} 公顷，实测为 {measured} 公顷",
        "{key} is stated as {declared} ha and measured as {measured} ha",
        "请核对申报表，或说明差异原因",
        "check the application's table, or explain the difference",
    ),
)
