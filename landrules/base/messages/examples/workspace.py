"""Examples about workspaces, layers and coordinate systems (LR5xx), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR501": _told(
            "landrules check site.geojson --workspace qinxi", "landrules check site.geojson --workspace qingxi"
        ),
        "LR520": _told(
            '"coordinates": [[[117.2, 30.6], …]]',
            '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}',
        ),
        "LR521": _told('"coordinates": [[[117.21, 30.65], …]]', '"coordinates": [[[117.21034512, 30.65120033], …]]'),
        "LR522": _told('crs = "EPSG:45270"', 'crs = "EPSG:4527"'),
        "LR523": _told('crs = "EPSG:2229"   # US survey feet', 'crs = "EPSG:4527"   # metres'),
        "LR524": _told(
            '"coordinates": [[[39523100.0, 3392800.0], …]]',
            '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4527"}}',
        ),
        "LR525": _told(
            '"coordinates": [[[30.65120033, 117.21034512], …]]', '"coordinates": [[[117.21034512, 30.65120033], …]]'
        ),
        "LR526": _told(
            'crs EPSG:4527, "coordinates": [[[40523100.0, 3392800.0], …]]',
            'crs EPSG:4528, "coordinates": [[[40523100.0, 3392800.0], …]]',
        ),
        "LR527": _told(
            "39523100.0 3392800.0  +  40476100.0 3392800.0", "39523100.0 3392800.0  +  39523900.0 3392800.0"
        ),
        "LR528": _told("EPSG:4527 (117°), 122.4°E", "EPSG:4529 (123°), 122.4°E"),
        "LR529": _told("EPSG:4527 (117°), 118.9°E", "EPSG:4528 (120°), 118.9°E"),
        "LR530": _told("EPSG:4214 (Beijing 54) → EPSG:4490", "EPSG:4490 → EPSG:4527"),
        "LR531": _told("EPSG:4610 → EPSG:4527", "EPSG:4490 → EPSG:4527"),
        "LR532": _told("EPSG:4527, (39523100.0, 93392800.0)", "EPSG:4527, (39523100.0, 3392800.0)"),
        "LR533": _told(
            'crs EPSG:4527, "coordinates": [[[117.21034512, 30.65120033], …]]',
            'crs EPSG:4490, "coordinates": [[[117.21034512, 30.65120033], …]]',
        ),
        "LR534": _told(
            '[workspace] crs = "engineering", data EPSG:4490', '[workspace] crs = "EPSG:4527", data EPSG:4490'
        ),
        "LR535": _told('[workspace]\ncrs = "EPSG:4490"', '[workspace]\ncrs = "EPSG:4527"'),
        "LR536": _told(
            '"covers": {"type": "Polygon", "coordinates": [[0, 0], [1, 1]]}',
            '"covers": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}',
        ),
        "LR537": _told(
            '"covers": [[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]',
            '"covers": [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]',
        ),
        "LR540": _told("name = 清溪县", 'name = "清溪县"'),
        "LR541": _told('[layers.pbf]\npaht = "pbf.gpkg"', '[layers.pbf]\npath = "pbf.gpkg"'),
        "LR542": _told('[workspace]\nname = "清溪县"', '[workspace]\nname = "清溪县"\ncrs = "EPSG:4527"'),
        "LR543": _told('[layers.pbf]\nedition = "2025"', "[layers.pbf]\nedition = 2025-12-31"),
        "LR544": _told("[layers.pbf]\nedition = 2025-12-31", '[layers.pbf]\npath = "pbf.gpkg"\nedition = 2025-12-31'),
        "LR545": _told('path = "layer/pbf.gpkg"', 'path = "layers/pbf.gpkg"'),
        "LR546": _told('path = "layers/pbf.gpkg"   # 0 bytes', 'path = "layers/pbf.gpkg"   # exported again'),
        "LR547": _told('table = "YJJBNT"', 'table = "YJJBNTTB"'),
        "LR548": _told('[layers.dltb.fields]\nclass = "DLBN"', '[layers.dltb.fields]\nclass = "DLBM"'),
        "LR549": _told(
            '[layers.pbf.fields]\nowner = "QSDWMC"',
            '[layers.pbf.fields]\nnet_area = { column = "TBDLMJ", unit = "m2" }',
        ),
        "LR550": _told(
            '[layers.pbf]\npath = "pbf.shp"   # no .prj', '[layers.pbf]\npath = "pbf.shp"\ncrs = "EPSG:4527"'
        ),
        "LR551": _told('[layers.pbf]\npath = "county.gpkg"', '[layers.pbf]\npath = "county.gpkg"\ntable = "YJJBNTTB"'),
        "LR552": _told(
            'coverage = { kind = "district", code = "349999" }', 'coverage = { kind = "district", code = "349901" }'
        ),
        "LR553": _told(
            'coverage = { kind = "district", code = "349901" }',
            '[workspace]\nboundary = { path = "xzq.gpkg", column = "XZQDM" }',
        ),
        "LR554": _told("edition = 2025-12-31 + edition = 2025-12-31", "edition = 2024-12-31 + edition = 2025-12-31"),
        "LR555": _told('net_area = "TBDLMJ"', 'net_area = { column = "TBDLMJ", unit = "m2" }'),
        "LR556": _told('net_area = { column = "TBDLMJ", unit = "m" }', 'net_area = { column = "TBDLMJ", unit = "m2" }'),
        "LR557": _told(
            'coverage = { kind = "polygon", path = "bow_tie.geojson" }',
            'coverage = { kind = "polygon", path = "county.geojson" }',
        ),
        "LR558": _told('class = "DLBM"', 'class = { column = "DLBM", scheme = "survey" }'),
        "LR560": _told('[workspace]\naccounts = "acount.csv"', '[workspace]\naccounts = "accounts.csv"'),
        "LR561": _told("region,year,kind,amount", "region,year,kind,amount,unit,as_of,status"),
        "LR562": _told(
            "349901,2025,mean_quality_occupied,five,,2026-01-10,final",
            "349901,2025,mean_quality_occupied,5,,2026-01-10,final",
        ),
        "LR563": _told("349901,2025,… 2026-01-10 + 349901,2025,… 2026-01-10", "349901,2025,… 2026-01-10"),
        "LR570": _told('postgis = "service=county"', 'pip install "landrules[postgis]"'),
        "LR571": _told('postgis = "county"', 'postgis = "service=county"'),
        "LR572": _told(
            'postgis = "host=db dbname=county password=123"', 'postgis = "host=db dbname=county"   # + pgpass'
        ),
        "LR573": _told('postgis = "service=conty"', 'postgis = "service=county"'),
        "LR574": _told('postgis = "dbname=postgres"', 'postgis = "dbname=county"   # CREATE EXTENSION postgis'),
        "LR575": _told(
            'postgis = "service=county"\ntable = "public.dltb"',
            'postgis = "service=county"\ntable = "public.dltb"\ngeometry = "geom"',
        ),
        "LR576": _told('table = "public.DLTB"', 'table = "public.dltb"'),
        "LR577": _told('table = "public.dltb_view"', 'table = "public.dltb_view"\nkey = "fid"'),
        "LR578": _told('key = "dlbm"', 'key = "fid"'),
        "LR579": _told('table = "survey.dltb"', "GRANT SELECT ON survey.dltb TO reviewer"),
        "LR580": _told(
            '[layers.pbf]\npath = "pbf.gpkg"\npostgis = "service=county"',
            '[layers.pbf]\npostgis = "service=county"\ntable = "public.pbf"',
        ),
        "LR581": _told('options = "-c statement_timeout=1"', "CREATE INDEX ON public.dltb USING gist (geom)"),
        "LR582": _told("the server is shut down", "the server runs"),
        "LR583": _told("geometry: SRID 4490 + SRID 4527", "geometry(MultiPolygon, 4527)"),
        "LR584": _told("REFRESH MATERIALIZED VIEW pbf", "REFRESH MATERIALIZED VIEW CONCURRENTLY pbf"),
        "LR585": _told('geometry = "shape"', 'geometry = "geom"'),
    }
)
