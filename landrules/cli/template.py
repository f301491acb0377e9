"""The workspace that `landrules init` writes: every line explained in both languages, to be filled in by hand.

The layers are the eight that decide most cases, under the names of the national databases; the rest are added the same
way. What is left out is never taken for "there is none": it stays unknown, and a rule that needs it says so.
"""

from __future__ import annotations

WORKSPACE = """\
# landrules 工作区 / a landrules workspace
#
# 写明：用哪个坐标系、哪些规则、每个图层在哪个文件、覆盖到哪里。所有路径相对于本文件，整个文件夹可以复制到别处。
# It says which coordinate system, which rules, which file holds each layer and how far it reaches. Every path is
# relative to this file, so the folder can be copied elsewhere.
#
# 行首的 # 表示未启用；填好后去掉 #。 / A leading # switches a line off; take it away when filled in.

[workspace]
name = ""                # 县（市、区）名称 / name of the county
county = ""              # 六位行政区代码 / its six-digit code
# 以米为单位的投影坐标系，通常是县所在的 3 度带：第 39 带为 EPSG:4527。叠加在这个平面上进行。
# A projected system in metres, normally the county's 3-degree zone: EPSG:4527 is zone 39. Overlay runs in this plane.
crs = "EPSG:4527"
# 规则集：随程序提供的名称，或本文件夹里的 .rules 文件。
# Rulesets: names of those that come with the program, or .rules files in this folder.
rulesets = ["cn"]
# 行政区界（XZQ）。不写：无法判断“全县”的范围，coverage 为 complete、none 或 district 的图层一律按未知处理。
# The boundary (XZQ). Left out: nobody knows how far "the county" reaches, and layers whose coverage is complete, none or
# district count as unknown.
# boundary = { path = "layers/county.gpkg", table = "XZQ", code = "XZQDM" }
# 指标和占补平衡台账。不写：用到它们的规则结果为“需补正”。
# Accounts of quotas and balances. Left out: rules that need them cannot be judged.
# accounts = "accounts.csv"

# ---------------------------------------------------------------- 图层 / layers
#
# path, table   文件（gpkg、shp、gdb、geojson）和其中的图层名 / the file and the table in it
# id            图斑标识字段 / the column that identifies a feature
# edition       数据的时点，不加引号 / the day the data speak of, no quotation marks
# valid_to      最后有效日（可选） / last day it may be used (optional)
# accuracy_m    平面位置精度，米（可选） / positional accuracy in metres (optional)
# fields        规则里的名称 = 数据里的字段 / name in the rules = column in the data
# coverage      数据覆盖到哪里 / how far the data reach:
#   { kind = "file", path = "...", table = "..." }                      面文件之内 / inside these polygons
#   { kind = "complete", beyond_m = 0, by = "...", date = 2026-01-06 }  全县完整 / all of the county
#   { kind = "none", beyond_m = 1000, by = "...", date = 2026-01-06 }   全县没有，由谁何时说明 / the county has none
#   { kind = "district", code = "349901104" }                           只有一个乡镇 / one district only
#
# 一个图层有前后几版数据时，逐版写 [[layers.名称.editions]]：path、table、edition、valid_to，其余与图层相同的不必重复。
# 规则里“调出”某图层的土地由前后两版算出，不必另写；回溯期内任一天没有对应版本的，按未知处理。
# Several editions of a layer stand as [[layers.NAME.editions]], each with path, table, edition, valid_to; what they leave
# out is the layer's. Ground that `left` a layer is worked out from its editions and needs no entry; where some day of the
# look-back has no edition it is unknown.
#
# 不写 coverage：有图斑的地方算数，没有图斑的地方按“未知”，不按“没有”。beyond_m 写县界外多远仍然成立。
# Without coverage a feature counts where it is, and where there is none nothing is known: unknown, never "none".
# beyond_m says how far beyond the boundary the statement holds.
# 不写某个图层：需要它的规则结果为“需补正”，报告里写明缺哪个图层；从不当作没有。
# Without a layer the rules that need it cannot be judged, and the report names it; it is never taken for empty.

# 地类图斑，年度国土变更调查数据库 / land-class patches, the annual survey database
# 用于：地类、耕地净面积、占补平衡 / for: land class, net cultivated area, balance
# [layers.dltb]
# path = "layers/county.gpkg"
# table = "DLTB"
# id = "BSM"
# edition = 2025-12-31
# accuracy_m = 0.5
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
#
# [layers.dltb.fields]
# class = { column = "DLBM", scheme = "survey" }
# gross_area = { column = "TBMJ", unit = "m2" }
# net_area = { column = "TBDLMJ", unit = "m2" }
# slope_grade = { column = "GDPDJB" }
# grade = { column = "GDDB", system = "grade15" }

# 永久基本农田图斑，永久基本农田数据库 / permanent basic farmland, its own database
# [layers.pbf]
# path = "layers/county.gpkg"
# table = "YJJBNTTB"
# id = "BSM"
# edition = 2025-12-31
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
#
# [layers.pbf.fields]
# class = { column = "DLBM", scheme = "survey" }
# gross_area = { column = "YJJBNTTBMJ", unit = "m2" }
# net_area = { column = "YJJBNTMJ", unit = "m2" }
# grade = { column = "GDDB", system = "grade15" }

# 生态保护红线，“三区三线”划定成果 / ecological protection red line, the result of the three-lines delimitation
# core 由自然保护地分区（ZRBHDFQ）得出 / core comes from the reserve zone
# [layers.erl]
# path = "layers/county.gpkg"
# table = "STBHHX"
# id = "BSM"
# edition = 2022-11-30
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
# fields = { kind = { column = "HXLX" }, core = { column = "ZRBHDFQ", map = { "核心保护区" = true, "" = false } } }

# 城镇开发边界，“三区三线”划定成果；按名称不按代码 / urban development boundary; by name, not by code
# [layers.udb]
# path = "layers/county.gpkg"
# table = "CZKFBJ"
# id = "BSM"
# edition = 2024-09-12
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
#
# [layers.udb.fields.zone]
# column = "GHFQMC"
# scheme = "udb_zone"
# map = { "城镇集中建设区" = "concentrated", "城镇弹性发展区" = "elastic", "特别用途区" = "special" }

# 规划分区，国土空间总体规划数据库 / planning zones, the overall plan's database
# 不写：用途管制无法判断，任何用地都得不到规划依据 / left out: use control cannot be judged, no ground is authorised
# [layers.plan_zone]
# path = "layers/county.gpkg"
# table = "GHFQ"
# id = "BSM"
# edition = 2024-09-12
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
# fields = { zone = { column = "GHFQDM", scheme = "plan_zone" } }

# 规划用地用海，总体规划、详细规划或村庄规划 / planned land use: overall, detailed or village plans
# 只覆盖部分乡镇时用 file 或 district / where only some townships have one, use file or district
# [layers.plan_use]
# path = "layers/county.gpkg"
# table = "GHYDYH"
# id = "BSM"
# edition = 2024-09-12
# coverage = { kind = "file", path = "layers/county.gpkg", table = "GHYDYH_COVERAGE" }
# fields = { class = { column = "YDYHFLDM", scheme = "lulc2023" } }

# 行政区，年度国土变更调查数据库 / districts, the annual survey database
# [layers.admin_unit]
# path = "layers/county.gpkg"
# table = "XZQ"
# id = "BSM"
# edition = 2025-12-31
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
# fields = { code = { column = "XZQDM" }, name = { column = "XZQMC" } }

# 公路用地；等级写明国道、省道、县道、乡道或高速 / highway land with its class
# [layers.highway]
# path = "layers/county.gpkg"
# table = "highway"
# id = "BSM"
# edition = 2025-12-31
# coverage = { kind = "complete", beyond_m = 0, by = "", date = 2026-01-06 }
# fields = { class = { column = "class", scheme = "highway_class" } }

# 本县没有的：由主管部门说明，不需要文件 / what the county has none of: an authority says so, no file is needed
# [layers.railway]
# coverage = { kind = "none", beyond_m = 1000, by = "", date = 2026-01-08 }

# 审查容差：国家规则为 0，由有权的一级确定，写明是谁 / review tolerances: nationally 0; whoever may set one is named
# [review.tolerance]
# "cn.permanent_basic_farmland.pbf_occupation" = { m2 = 1, author = "" }
"""
