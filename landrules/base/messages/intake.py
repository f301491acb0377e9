"""Messages about workspace, layers and proposal files (LR5xx, LR6xx)."""

from __future__ import annotations

from landrules.base.messages.proposal import PROPOSAL
from landrules.base.messages.row import Message
from landrules.base.messages.workspace import WORKSPACE

# --- LR520 to LR537: reference systems and the numbers written in them (geo/crs.py, geo/region.py) ---
REFERENCE_SYSTEMS: tuple[Message, ...] = (
    Message(
        "LR520",
        "文件没有声明坐标系，数值是度，按经度、纬度（CGCS2000，与 WGS 84 视为相同）读取",
        "the file names no coordinate system; its numbers are degrees and are read as longitude, latitude "
        "(CGCS2000, taken as equal to WGS 84)",
        "如果坐标来自网络地图（高德、百度等），请先取得未偏移的原始数据",
        "if the coordinates come from a web map, get the unshifted original first",
    ),
    Message(
        "LR521",
        "经纬度只有 {decimals} 位小数，又没有声明坐标系：可能来自有偏移的网络地图",
        "the degrees have only {decimals} decimals and no coordinate system is named: they may come from a shifted web map",
        "请核实坐标来源；8 位小数约为 1 毫米",
        "check where the coordinates come from; 8 decimals are about a millimetre",
    ),
    Message(
        "LR522",
        "不认识的坐标系“{text}”",
        "the coordinate system `{text}` is not known",
        "请写 EPSG 代码，例如 EPSG:4490（经纬度）或 EPSG:4527（3 度带第 39 带）；地方独立坐标系须先转换",
        "write an EPSG code such as EPSG:4490 (degrees) or EPSG:4527 (3-degree zone 39); "
        "a local city system must be converted first",
    ),
    Message(
        "LR523",
        "坐标系 {code} 的单位是“{unit}”，不是{wanted}",
        "the coordinate system {code} counts in {unit}, not in {wanted_en}",
        "请转换为以米为单位的坐标系后再提交",
        "convert the data to a system in metres first",
    ),
    Message(
        "LR524",
        "坐标是米（东 {x}，北 {y}），但没有声明坐标系",
        "the coordinates are metres (east {x}, north {y}) but no coordinate system is named",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR525",
        "坐标轴颠倒：第一个数 {x} 像{first_zh}，第二个数 {y} 像{second_zh}",
        "the axes are swapped: the first number {x} looks like a {first_en}, the second {y} like {second_en}",
        "文件里应先写东坐标（经度），后写北坐标（纬度）",
        "write east (longitude) first and north (latitude) second",
    ),
    Message(
        "LR526",
        "东坐标 {x} 不符合坐标系 {code}：{reason_zh}",
        "the easting {x} does not fit the coordinate system {code}: {reason_en}",
        "请核对带号，声明数据实际所用的坐标系",
        "check the zone and name the system that the data are really in",
    ),
    Message(
        "LR527",
        "同一文件里有不同带的坐标：{zones}",
        "one file holds coordinates of different zones: {zones}",
        "请把全部数据转换到同一带或经纬度（EPSG:4490）",
        "convert everything to one zone or to degrees (EPSG:4490)",
    ),
    Message(
        "LR528",
        "位置距中央子午线 {meridian}° 有 {degrees}°，超过 3°",
        "the place lies {degrees}° from the central meridian {meridian}°, more than 3°",
        "请核对坐标和坐标系；确实在该处的，请在工作区改用相应带的坐标系",
        "check coordinates and coordinate system; if the place is right, give the workspace the plane of its own zone",
    ),
    Message(
        "LR529",
        "位置距中央子午线 {meridian}° 有 {degrees}°，超过 1.5°：属于邻带，长度和平面面积变形较大（椭球面积不受影响）",
        "the place lies {degrees}° from the central meridian {meridian}°, more than 1.5°: it belongs to the next zone, "
        "and plane lengths and areas are stretched (ellipsoidal areas are not)",
    ),
    Message(
        "LR530",
        "不能把{source_zh}坐标（{source_code}）直接换成{target_zh}（{target_code}）：实际相差几十到一百多米，各地不同",
        "{source_en} coordinates ({source_code}) cannot be turned into {target_en} ({target_code}) here: "
        "the true shift is tens to more than a hundred metres and differs by region",
        "请用省级测绘部门的转换参数转换后再提交",
        "have the data converted with the parameters of the provincial geodetic centre",
    ),
    Message(
        "LR531",
        "没有从 {source_code} 到 {target_code} 的可靠转换",
        "there is no reliable conversion from {source_code} to {target_code}",
        "请先用可靠的参数把数据转换到 {target_code}",
        "convert the data to {target_code} with known parameters first",
    ),
    Message(
        "LR532",
        "坐标（{x}，{y}）在 {source_code} 与 {target_code} 之间无法换算",
        "the coordinates ({x}, {y}) cannot be converted from {source_code} to {target_code}",
        "请核对坐标系、带号和坐标轴顺序",
        "check the coordinate system, the zone and the order of the axes",
    ),
    Message(
        "LR533",
        "声明的坐标系 {code} 以{wanted}为单位，但坐标（{x}，{y}）像是{found}",
        "the file names {code}, which counts in {wanted_en}, but the coordinates ({x}, {y}) look like {found_en}",
        "请声明数据实际所用的坐标系",
        "name the coordinate system that the data are really in",
    ),
    Message(
        "LR534",
        "工作区的平面是 {plane}，而数据的坐标系是 {code}：工程坐标与地球坐标不能混用",
        "the workspace's plane is {plane} and the data are in {code}: engineering coordinates do not mix with the earth's",
        "只有测试和图纸才用 crs: engineering",
        "use `crs: engineering` only for tests and drawings",
    ),
    Message(
        "LR535",
        "{code} 不能作为工作区的平面：叠加需要以米为单位的投影坐标系",
        "{code} cannot be the workspace's plane: overlay needs a projected coordinate system in metres",
        "通常用县所在的 3 度带，例如 EPSG:4527",
        "normally the county's 3-degree zone, for example EPSG:4527",
    ),
    Message(
        "LR536",
        "这不是可以读取的 GeoJSON 图形：{reason_zh}",
        "this is no GeoJSON geometry that can be read: {reason_en}",
        "需要 Polygon 或 MultiPolygon，每个环至少四个点，首尾相同，坐标是有限的数",
        "a Polygon or MultiPolygon is wanted, each ring of at least four positions, closed, with finite numbers",
    ),
    Message(
        "LR537",
        "图形无效（{reason}，在 {x}，{y} 附近）",
        "the geometry is invalid ({reason}, near {x}, {y})",
        "请在制图软件里修复拓扑后再提交；这里不会悄悄修复",
        "repair the topology in the drawing program; nothing is repaired here in silence",
    ),
)
# --- end of LR520 to LR537 ---

ROWS: tuple[Message, ...] = (*REFERENCE_SYSTEMS, *WORKSPACE, *PROPOSAL)
