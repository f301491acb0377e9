"""Which facts a stage of procedure asks for: the matrix of proposal.md 1.1 to 1.9, as data.

One letter per column PRE CON BAT TMP FAC PLN: M compulsory, C compulsory on a condition, o optional, - not used. A
missing M is a line of data quality; a missing M or C is *not supplied* for the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Column = Literal["PRE", "CON", "BAT", "TMP", "FAC", "PLN"]

COLUMNS: tuple[Column, ...] = ("PRE", "CON", "BAT", "TMP", "FAC", "PLN")

COLUMN_OF_STAGE: Mapping[str, Column] = {
    "pre_examination": "PRE",
    "early_use": "CON",
    "conversion_expropriation": "CON",
    "temporary_use": "TMP",
    "facility_filing": "FAC",
    "plan_conformity": "PLN",
}
"""Supply, planning permit and monitoring are not in the matrix."""

PROJECT: Mapping[str, str] = {
    "id": "MMMMMM",
    "case_no": "oooooo",
    "supervision_no": "-ooo--",
    "name": "MMMMMM",
    "stage": "MMMMMM",
    "application_form": "MMMMMM",
    "applicant": "MMMMMM",
    "project_kind": "MMMMMM",
    "industry_code": "MMoooo",
    "industry_catalogue": "CCC--C",
    "construction_nature": "MMo-Mo",
    "is_construction": "MMMMMM",
    "use_after": "M--ooM",
    "scale": "MMooMo",
    "investment_wan": "MMooMo",
    "site_text": "MoooMo",
    "province_code": "MMMMMM",
    "county_code": "MMMMMM",
    "township_code": "MMMMMM",
    "crosses_districts": "CCCC-o",
    "districts": "CCCC-o",
    "project_approval": "oM-o--",
    "feasibility": "-C----",
    "preliminary_design": "-C----",
    "approving_level": "MMMMMo",
    "is_national_major": "CCoo-o",
    "list_basis": "CCoo-o",
    "activity_kind": "CCCCCC",
    "pv_part": "CCCCCC",
    "crop_kind": "CCCCCC",
    "mineral": "CCCCCC",
    "discharges": "CCCCCC",
    "destroys_plough_layer": "CCCCCC",
    "crossing_mode": "CCCCCC",
    "is_temporary": "CCCCCC",
    "dispute_pending": "CCCCCC",
    "amendments": "-C----",
    "phase": "-C----",
    "application_date": "MMMMMM",
    "accepted_date": "oooooo",
    "supplement_deadline": "oooooo",
    "survey_year": "MMMMMo",
    "use_period": "---MM-",
    "construction_period": "----M-",
    "land_table": "MMMM-o",
    "land_table.total": "MMMM-o",
    "land_table.agricultural": "MMMM-o",
    "land_table.cultivated": "MMMM-o",
    "land_table.pbf": "MMMM-o",
    "land_table.construction": "MMM--o",
    "land_table.unused": "MMM--o",
    "land_table.paddy": "-MM---",
    "land_table.irrigated": "-MM---",
    "land_table.dryland": "-MM---",
    "land_table.orchard": "-MM---",
    "land_table.forest": "-MM---",
    "land_table.grassland": "-MM---",
    "land_table.other_agricultural": "-MM---",
    "land_table.collective": "-MM---",
    "land_table.state": "-MM---",
    "facility": "----M-",
    "pre_examination": "-M----",
    "plan": "oMM--M",
    "quota": "-MM---",
    "balance": "-CC-C-",
    "expropriation": "-CC---",
    "agreements": "-CC---",
    "supply": "-Mo---",
    "illegal_use": "-MM---",
    "petition": "-oo---",
    "reclamation": "-C-MM-",
}

PARCEL: Mapping[str, str] = {
    "parcel_no": "MMMMMM",
    "parcel_name": "oooooo",
    "area_method": "MMMMMM",
    "use_after": "oMMMMo",
    "section": "CC----",
    "facility_part": "----C-",
    "owner_unit": "oMMooo",
    "owner_code": "oMMooo",
    "ownership": "oMMooo",
    "acquisition": "oMMooo",
    "registered": "oMMooo",
    "dispute_pending": "oMMooo",
    "land_classes": "oMMooo",
    "survey_classes": "oooooo",
    "legal_source": "CCCCCC",
    "development": "CCCCCC",
    "supply_mode": "oooooo",
    "term_years": "oooooo",
    "pair_id": "--C---",
    "pair_role": "--C---",
    "status": "oooooo",
}
"""Besides these, a parcel states `area_ha` or `area_m2`."""


def column_of(stage: str, application_form: str) -> Column | None:
    """The column of the matrix for a stage and form, or `None` for a stage outside it.

    >>> column_of("conversion_expropriation", "batch")
    'BAT'
    """
    column = COLUMN_OF_STAGE.get(stage)
    return "BAT" if column == "CON" and application_form == "batch" else column


def compulsory(matrix: Mapping[str, str], column: Column) -> tuple[str, ...]:
    """The keys that a column marks M, in the order of the paper.

    >>> compulsory({"a": "MMMMMM", "b": "-M----"}, "PRE")
    ('a',)
    """
    at = COLUMNS.index(column)
    return tuple(key for key, cells in matrix.items() if cells[at] == "M")
