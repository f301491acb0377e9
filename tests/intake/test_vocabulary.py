"""One key, one Chinese name; every key of the paper's dossiers is known."""

from __future__ import annotations

from collections import Counter

import pytest

from landrules.base.quantity import BY_SPELLING, Dimension
from landrules.base.valuetype import ListType, RecordType
from landrules.base.vocabulary import ENUMS, NAMES, PROPOSAL, WORDS, documents, en_of, names, records, zh_of
from landrules.base.vocabulary.fields import sized
from landrules.base.vocabulary.stages import COLUMNS, PARCEL, PROJECT, column_of, compulsory


def test_names_are_a_bijection() -> None:
    groups = (names.IDENTITY, names.DATES, names.LAND, names.PARCELS, names.PROCEDURE, names.WORDS)
    # a word such as `parcel` may also be a key, but stands in one group only
    assert [key for key, n in Counter(k for g in groups for k in g).items() if n > 1] == []
    assert [zh for zh, n in Counter(NAMES.values()).items() if n > 1] == []
    assert all(en_of(zh_of(key)) == key for key in NAMES)


def test_chinese_names_are_identifiers_of_letters() -> None:
    for zh in (*NAMES.values(), *documents().values()):
        assert all("\u4e00" <= char <= "\u9fff" for char in zh), zh


def test_documents_share_the_names_of_facts_and_no_other() -> None:
    for key, zh in documents().items():
        assert NAMES.get(key, zh) == zh
        assert key == next((k for k, v in NAMES.items() if v == zh), key)
    assert len(set(documents().values())) == len(documents())


def test_every_field_has_the_one_name_and_every_name_a_field() -> None:
    used = {spec.key: spec.zh for record in records() for spec in record.fields.values()}
    assert all(NAMES[key] == zh for key, zh in used.items())
    assert set(NAMES) - set(used) - set(WORDS) == {"grade", "system"}  # the words of a stated {system, value}


def test_units_belong_to_the_dimension_of_the_field() -> None:
    for record in records():
        for spec in record.fields.values():
            if spec.unit:
                assert isinstance(spec.type, Dimension)
                assert BY_SPELLING[spec.unit].dimension is spec.type


def test_a_key_without_a_unit_is_not_a_sized_one() -> None:
    with pytest.raises(ValueError, match="total has no suffix"):
        sized("total")


def test_enumerations_and_matrix_name_real_fields() -> None:
    by_name = {record.name: record for record in records()}
    for record, key in ENUMS:
        assert key in by_name[record].fields, (record, key)
    for path, cells in PROJECT.items():
        assert len(cells) == len(COLUMNS) and set(cells) <= set("MCo-")
        at: RecordType = PROPOSAL
        for step in path.split("."):
            kind = at.fields[step].type
            kind = kind.item if isinstance(kind, ListType) else kind
            at = kind if isinstance(kind, RecordType) else at
    assert all(key in by_name["parcel"].fields and len(cells) == 6 for key, cells in PARCEL.items())


def test_the_stage_chooses_the_column() -> None:
    assert column_of("conversion_expropriation", "batch") == "BAT"
    assert column_of("conversion_expropriation", "independent_site") == "CON"
    assert column_of("supply", "stock") is None
    assert "pre_examination" in compulsory(PROJECT, "CON")
    assert "pre_examination" not in compulsory(PROJECT, "BAT")
