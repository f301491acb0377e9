"""Closed lists of words that a text field may hold: (record, key) to its values (proposal.md 1)."""

from __future__ import annotations

from collections.abc import Mapping

from landrules.base.vocabulary.documents import FEE_KINDS, MATTERS, NOTICE_KINDS, OPINION_KINDS, RESULTS

ENUMS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("proposal", "schema"): ("landrules/proposal/1",),
    ("proposal", "stage"): (
        "pre_examination",
        "early_use",
        "conversion_expropriation",
        "temporary_use",
        "facility_filing",
        "plan_conformity",
        "supply",
        "planning_permit",
        "monitoring",
    ),
    ("proposal", "application_form"): ("independent_site", "batch", "temporary", "facility", "stock"),
    ("proposal", "construction_nature"): ("new", "extension", "rebuild"),
    ("proposal", "crossing_mode"): ("surface", "underground", "underwater", "aerial"),
    ("applicant", "kind"): ("company", "government", "cooperative", "household", "other"),
    ("industry_catalogue", "class"): ("encouraged", "restricted", "prohibited", "none"),
    ("decision", "mode"): ("approval", "verification", "filing"),
    ("list_basis", "kind"): (
        "central_document",
        "military",
        "major_list_national",
        "spatial_plan_state_council",
        "national_plan",
        "provincial_plan",
        "major_list_provincial",
        "provision",
        "urban_rail_plan",
        "poor_area_road",
    ),
    ("batch", "kind"): ("urban", "town_village"),
    ("batch", "ordinary_or_linkage"): ("ordinary", "linkage"),
    ("correction", "reason"): ("no_legal_source", "already_approved", "forest_boundary_53", "flooded_area", "other"),
    ("quota", "source"): ("national_major", "provincial_major", "stock_linkage", "special", "linkage"),
    ("balance", "regime"): ("2017", "2025"),
    ("balance", "mode"): ("self", "account", "fee", "government"),
    ("balance", "responsible"): ("user", "county", "collective"),
    ("expropriation", "ground"): ("lam45.1", "lam45.2", "lam45.3", "lam45.4", "lam45.5", "lam45.6"),
    ("fee", "kind"): FEE_KINDS,
    ("supply", "mode"): (
        "allocation",
        "tender",
        "auction",
        "listing",
        "agreement",
        "lease",
        "capital_contribution",
        "authorised_operation",
        "collective_grant",
    ),
    ("supply", "land_source"): ("existing", "new", "new_from_stock"),
    ("notice", "kind"): NOTICE_KINDS,
    ("supplement", "kind"): (
        "pbf_replenishment",
        "cultivated_supplement",
        "linkage_demolition",
        "wetland_restoration",
    ),
    ("opinion", "kind"): tuple(OPINION_KINDS),
    ("opinion", "result"): RESULTS,
    ("approval", "matter"): tuple(MATTERS),
    ("approval", "result"): RESULTS,
    ("parcel", "role"): ("parcel",),
    ("building", "role"): ("building",),
    ("parcel", "area_method"): ("ellipsoidal", "planar"),
    ("parcel", "ownership"): ("state", "collective"),
    ("parcel", "acquisition"): ("expropriate", "use_collective", "use_state"),
    ("parcel", "pair_role"): ("new", "demolition"),
    ("legal_source", "kind"): ("approved_conversion", "pre_1999", "registered", "other"),
}

STATED_GRADE_SYSTEMS: tuple[str, ...] = ("grade15", "quality_level")
"""The two grading systems in which a proposal may state quality."""
