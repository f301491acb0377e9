"""The voice in one language: names, numbers, dates and lists as an official writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING
from landrules.base.vocabulary import MATTERS, OPINION_KINDS
from landrules.book.glossary import EMPTY, Entry, Glossary
from landrules.book.phrases import HOLDERS, ISSUERS, KEYS_EN, LEVELS, PLURALS, STATUSES, TYPES, WORDS, Pair
from landrules.lang import tree as t

_UNITS_EN = {"m2": "m²", "km2": "km²", "wan_yuan": "ten thousand yuan"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # the locale must not matter
_UNIT_TAIL = re.compile(r"_(?:ha|m2|wan|kg|pct|km|m|wan_ha|yuan_m2|deg)$")
_DOCUMENTS_EN = {
    "pbf_conversion": "the conversion of permanent basic farmland",
    "conversion": "the conversion of agricultural land",
    "erl_occupation": "the occupation of the ecological red line",
    "unavoidability_pbf": "the unavoidability of permanent basic farmland",
    "erl_unavoidability": "the unavoidability of the ecological red line",
    "erl_limited_activity": "limited human activity in the ecological red line",
    "plan_amendment": "the amendment of the plan",
    "balance_confirmation": "the confirmation of the balance",
    "balance_sheet": "the plan of supplementary cultivated land",
    "sea_use": "the use of the sea",
    "eia": "the environmental impact assessment",
    "expropriation": "expropriation",
    "temporary_use": "temporary use",
    "planning_permit": "the planning permit",
    "river_works": "works in the river scope",
    "highway_works": "works along the highway",
    "railway_works": "works along the railway",
    "pipeline_works": "works in the pipeline zone",
    "power_line_works": "works in the power-line zone",
    "relic_works": "works at the relic site",
    "mineral_overlay": "important minerals below the site",
    "pre_examination": "the pre-examination",
    "project_approval": "the project",
    "design_approval": "the design",
    "survey_report": "the boundary survey",
    "boundary_points": "the boundary points",
    "survey_overlay": "the overlay with the annual survey",
    "title_documents": "the title",
    "plan_evidence": "conformity with the plan",
    "replenishment_plan": "the replenishment of permanent basic farmland",
    "protected_area_view": "the protected area, by its authority,",
    "forest_use": "the use of forest land",
    "grassland_use": "the use of grassland",
    "wetland_use": "the use of wetland",
    "geohazard_assessment": "geological hazards",
    "heritage_view": "heritage",
    "old_tree_view": "old and notable trees",
    "topsoil_plan": "the stripping of topsoil",
    "land_saving": "the saving of land",
    "industry_view": "the industry's requirements",
    "development_scheme": "the scheme of development by tract",
    "social_security": "social security",
    "stability_risk": "risks to social stability",
    "mining_licence": "the mining licence",
    "penalty_file": "the handling of illegal use",
    "temporary_contract": "the temporary-use contract",
    "reclamation_plan": "reclamation",
    "collective_consent": "the collective's consent",
    "land_use_agreement": "the land-use agreement",
    "agriculture_view": "agricultural needs (the agricultural service centre)",
    "nr_station_view": "the site (the natural-resources station)",
    "township_filing": "the filing with the township",
    "flood_view": "flood control",
    "water_soil_plan": "water and soil conservation",
    "road_authority_consent": "the road (its authority's consent)",
    "railway_agreement": "railway safety",
    "airport_view": "the airport's clearance",
}


@frozen
class Speech:
    """A language and the names known in it; `local` are words that stand for themselves (an item of a `for each`).

    With `item`, bare names are fields of the items of a collection ("plots whose class is …").
    """

    lang: Lang
    names: Glossary = EMPTY
    local: frozenset[str] = frozenset()
    item: bool = False

    @property
    def zh(self) -> bool:
        """Whether the voice is Chinese."""
        return self.lang == "zh"

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.zh else en

    def pair(self, pair: Pair) -> str:
        """A word of a table."""
        return pair.zh if self.zh else pair.en

    def text(self, text: t.Text) -> str:
        """An author's text; where this language has none the other stands in."""
        return (text.zh or text.en) if self.zh else (text.en or text.zh)

    def quoted(self, text: str) -> str:
        """A term between quotes, the same in both languages."""
        return f"“{text}”"

    # ---- names

    def word(self, part: str) -> str:
        """One part of a dotted name."""
        en = self.names.spelled(part, "en")
        if en in PLURALS:
            return self.pair(PLURALS[en])
        if self.zh:
            return self.names.spelled(part, "zh").replace("_", " ")
        return KEYS_EN.get(en) or _UNIT_TAIL.sub("", en).replace("_", " ")

    def alias(self, names: t.Names) -> str:
        """A declared name in this language; underscores are blanks."""
        return (names.zh or names.en).replace("_", " ") if self.zh else (names.en or names.zh).replace("_", " ")

    def heading(self, entry: Entry) -> str:
        """What a declared thing is called: its title, else its name."""
        return (self.text(entry.title) if entry.title is not None else "") or self.alias(entry.names)

    def term(self, parts: tuple[str, ...]) -> str:
        """A name that means a declared thing, between quotes; a layer stands without."""
        entry = self.names.find(parts)
        if entry is None:
            return self.quoted(self.say(".".join(parts), ".".join(parts).replace("_", " ")))
        if entry.kind == "layer":
            return self.layer(parts)
        return self.quoted(self.heading(entry))

    def layer(self, parts: tuple[str, ...]) -> str:
        """A layer as one speaks of it."""
        entry = self.names.find(parts)
        if entry is None or entry.kind != "layer":
            return self.say("的", " ").join(self.word(p) for p in parts)
        title = self.heading(entry)
        return title if self.zh else lower_first(title)

    def holder(self, part: str) -> str | None:
        """A word for a whole: the project, the parcel, the occupied part."""
        pair = HOLDERS.get(self.names.spelled(part, "en"))
        return self.pair(pair) if pair is not None else None

    def instrument(self, parts: tuple[str, ...]) -> str:
        """The short name of a law: in Chinese its alias in 《》, in English its title without the remark behind it."""
        entry = self.names.find(parts)
        if self.zh:
            short = entry.names.zh if entry is not None else self.names.spelled(parts[-1], "zh")
            name = short or (self.heading(entry) if entry is not None else parts[-1].replace("_", " "))
            return f"《{name}》"
        if entry is not None and entry.title is not None and entry.title.en:
            return re.sub(r"\s*\([^()]*\)$", "", entry.title.en) or entry.title.en
        return " ".join(w.capitalize() for w in self.names.spelled(parts[-1], "en").replace("_", " ").split(" "))

    def document(self, matter: str) -> str:
        """What an approval or an opinion is about."""
        en = self.names.spelled(matter, "en")
        if self.zh:
            return {**OPINION_KINDS, **MATTERS}.get(en) or self.names.spelled(matter, "zh")
        return _DOCUMENTS_EN.get(en) or en.replace("_", " ")

    def closed_word(self, key: str, value: str) -> str:
        """A word of a closed text field, said as people say it; any other text between quotes."""
        field = self.names.spelled(key, "en")
        pair = WORDS.get((field, value))
        if pair is None and field in ("matter", "kind") and (value in MATTERS or value in OPINION_KINDS):
            return self.document(value)
        return self.pair(pair) if pair is not None else self.quoted(value)

    def code(self, code: t.CodeLit) -> str:
        """A code by its title, numeric codes with the code behind."""
        titles = self.names.codes.get((code.scheme, code.code))
        if titles is None:
            return f"{code.scheme}:{code.code}"
        zh, en = titles
        title = (zh or en) if self.zh else lower_first(en or zh)
        if not any(c.isdigit() for c in code.code):
            return title or code.code
        return f"{title}（{code.code}）" if self.zh else f"{title} ({code.code})"

    def level(self, name: str) -> str:
        """A level that issues documents."""
        pair = ISSUERS.get(name)
        return self.pair(pair) if pair is not None else name

    def rank(self, name: str) -> str:
        """A level of rulesets."""
        pair = LEVELS.get(name)
        return self.pair(pair) if pair is not None else name

    def status(self, name: str) -> str:
        """How far a source was verified."""
        return self.pair(STATUSES[name])

    def type(self, node: t.TypeNode) -> str:
        """A type of values."""
        head = self.pair(TYPES[node.name]) if node.name in TYPES else node.name
        if not node.of:
            return head
        entry = self.names.find((node.of,))
        of = self.heading(entry) if entry is not None else node.of
        return f"{self.quoted(of)}{head}" if self.zh else f"{head} of {self.quoted(of)}"

    # ---- numbers and dates

    def number(self, node: t.NumberLit) -> str:
        """A number with its unit."""
        return self.quantity(format(node.value, "f"), node.unit)

    def quantity(self, digits: str, unit: str) -> str:
        """Digits with a unit, as they stand in official text."""
        if not unit:
            return digits
        if unit in ("percent", "%"):
            return f"{digits}%"
        symbol = BY_SPELLING[unit].symbol
        if self.zh:
            return f"{digits}{BY_SPELLING[unit].zh}"
        name = _UNITS_EN.get(symbol, symbol)
        return f"{digits} {'day' if symbol == 'days' and digits == '1' else name}"

    def unit(self, unit: str) -> str:
        """The name of a unit."""
        return BY_SPELLING[unit].zh if self.zh else _UNITS_EN.get(BY_SPELLING[unit].symbol, BY_SPELLING[unit].symbol)

    def day(self, day: date) -> str:
        """A date: 2020年1月1日, 1 January 2020."""
        if self.zh:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def period(self, start: date | None, end: date | None) -> str:
        """A stretch of time at the head of a sentence, without its comma; both ends included; empty for always."""
        if start is not None and end is not None:
            if start == end:
                return self.say(f"{self.day(start)}当日", f"on {self.day(start)}")
            return self.say(f"自{self.day(start)}至{self.day(end)}", f"from {self.day(start)} to {self.day(end)}")
        if start is not None:
            return self.say(f"自{self.day(start)}起", f"from {self.day(start)}")
        if end is not None:
            return self.say(f"截至{self.day(end)}", f"until {self.day(end)}")
        return ""

    # ---- joining

    def listed(self, words: Sequence[str], last: str = "or") -> str:
        """Words in a row: A、B或者C, "A, B or C"; `last` is or, and."""
        if len(words) < 2:
            return "".join(words)
        if self.zh:
            link = {"or": "或者", "and": "和"}[last]
            return f"{'、'.join(words[:-1])}{link}{words[-1]}"
        return f"{', '.join(words[:-1])} {last} {words[-1]}"

    def bracketed(self, text: str) -> str:
        """Text in round brackets."""
        return f"（{text}）" if self.zh else f" ({text})"

    @property
    def colon(self) -> str:
        """A colon, with a blank behind it in English."""
        return self.say("：", ": ")

    @property
    def stop(self) -> str:
        """The end of a sentence."""
        return self.say("。", ".")


def lower_first(text: str) -> str:
    """A title in the middle of a sentence; acronyms and names in capitals stay.

    >>> lower_first("Permanent basic farmland"), lower_first("PBF reserve")
    ('permanent basic farmland', 'PBF reserve')
    """
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def capital(text: str) -> str:
    """The beginning of an English sentence; Chinese stays as it is."""
    return text[:1].upper() + text[1:]
