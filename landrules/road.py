"""The road: one proposal from its file to a decision with reasons.

rulesets and workspace are read, the law date is settled, the plan names the norms in force and the layers they need,
each layer is overlaid once, every norm is judged, the findings are joined. Files are read in `intake/` only; nothing
after it looks at a clock, a network or a locale. Layers are read and overlaid for some proposals at once (`Session.cases`);
a check is a batch of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.figures import AccountRow
from landrules.base.frozen import frozen
from landrules.base.version import VERSION
from landrules.engine.answer import Answer
from landrules.engine.assemble import answer
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.gather import Near, gather_each
from landrules.engine.plan import Plan, Planner
from landrules.engine.stability import stability
from landrules.geo.along import boxes_along
from landrules.geo.crs import proj_version
from landrules.geo.kernel import FloatArray, array_of
from landrules.geo.site import AbsentLayer, Layer, Proposal
from landrules.intake.accounts import read_accounts
from landrules.intake.around import EVERYWHERE, Around
from landrules.intake.departed import open_departed
from landrules.intake.files import load_proposal
from landrules.intake.layers import open_layers
from landrules.intake.proposal import application_date, read_proposal
from landrules.intake.sources import opened
from landrules.intake.workspace import Tolerance, Workspace, find_workspace, load_workspace
from landrules.rules.codec import UnreadableError, dump, load
from landrules.rules.load import load_ruleset
from landrules.rules.model import RuleSet

if TYPE_CHECKING:
    from landrules.engine.report import Report


@frozen
class Options:
    """What a caller may add to a proposal and a workspace. Dates are never taken from the clock.

    Without `geometry` the answer holds no coordinate; without `drawn` no shapes, for whoever shows none: everything that
    is said in words is there.
    """

    law_date: date | None = None
    data_as_of: date | None = None
    rules: tuple[str | Path, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    geometry: bool = True
    drawn: bool = True


PLAIN = Options()
"""Nothing added."""


LawDateSource = Literal["option", "application_date"]


@frozen(eq=False)
class Request:
    """A proposal that is through the door, its plan, and what it asks of the layers.

    `boxes` (n, 4) are where something can matter to it (minx, miny, maxx, maxy in the plane); `None`: anywhere.
    """

    proposal: Proposal
    plan: Plan
    data_as_of: date
    law_date_source: LawDateSource
    boxes: FloatArray | None

    @property
    def extent_m2(self) -> float:
        """How much land is asked about, in m²: without end where anything may matter."""
        if self.boxes is None:
            return inf
        width, height = self.boxes[:, 2] - self.boxes[:, 0], self.boxes[:, 3] - self.boxes[:, 1]
        return float((width * height).sum())


@frozen(eq=False)
class Case:
    """A proposal with everything that its judgement may look at."""

    request: Request
    evidence: Evidence


def check(
    proposal: str | Path | bytes,
    *,
    workspace: str | Path | Workspace | Session | None = None,
    law_date: date | None = None,
    data_as_of: date | None = None,
    rules: Sequence[str | Path] | None = None,
    settings: Mapping[str, str] | None = None,
    geometry: bool = True,
) -> Report:
    """Judge a proposal: may this project use this land, and why?

    `proposal` is a file, or its bytes. `workspace` is a folder, a `landrules.toml`, one already loaded, or a `Session`
    that has read all that does not change from proposal to proposal; without it the nearest one above the proposal, else
    above the current folder, is taken. `rules` replace the workspace's rulesets.
    `law_date` overrides the application date; `data_as_of` picks the editions of layers. Raises `InputError` with
    every diagnostic where the proposal, the rules or the workspace are wrong: nothing was decided then.
    """
    options = Options(law_date, data_as_of, tuple(rules or ()), settings or {}, geometry)
    return _session(proposal, workspace, options).check(proposal, options)


def answer_to(
    proposal: str | Path | bytes, workspace: str | Path | Workspace | Session | None, options: Options
) -> Answer:
    """The same as plain records, which no model has to be built for; what is printed is made of them."""
    session = _session(proposal, workspace, options)
    return session.answer(session.read(proposal, options.settings), options)


def _session(
    proposal: str | Path | bytes, workspace: str | Path | Workspace | Session | None, options: Options
) -> Session:
    if isinstance(workspace, Session):
        return Session.open(workspace.workspace, options.rules) if options.rules else workspace
    place = workspace if isinstance(workspace, Workspace) else open_workspace(workspace, proposal)
    return Session.open(place, options.rules)


def judge(proposal: Proposal, rulesets: RuleSet, workspace: Workspace, options: Options) -> Report:
    """The road itself, from a proposal that is through the door, for one proposal alone."""
    return Session.of(workspace, rulesets).judge(proposal, options)


@frozen
class Session:
    """A county's workspace, its law and its accounts, read once for any number of proposals.

    What the files said when it was opened holds as long as it lasts: whoever wants what they say now opens another.
    Layers are asked for with each proposal. Threads may share a session, and it can be sent to another process, which
    then has the same law and the same figures, whatever the files say by that time.
    """

    workspace: Workspace
    rulesets: RuleSet
    accounts: tuple[AccountRow, ...]
    tolerances: Mapping[str, tuple[Fraction, str]]
    planner: Planner = field(compare=False, repr=False)

    @classmethod
    def open(cls, workspace: str | Path | Workspace, rules: Sequence[str | Path] = ()) -> Session:
        """Read a workspace, its rulesets (or `rules` in their place) and its accounts.

        Raises `InputError` with every diagnostic where one of them is wrong.
        """
        place = workspace if isinstance(workspace, Workspace) else load_workspace(Path(workspace))
        return cls.of(place, load_ruleset(tuple(rules) or place.rulesets, None if rules else place.root))

    @classmethod
    def of(cls, workspace: Workspace, rulesets: RuleSet) -> Session:
        """The session of a workspace and rulesets that are loaded. Raises `InputError` as `open` does."""
        accounts = read_accounts(workspace.accounts) if workspace.accounts else ()
        tolerances = settle_tolerances(workspace.tolerances, rulesets)
        return cls(workspace, rulesets, accounts, tolerances, Planner.of(rulesets))

    def read(self, proposal: str | Path | bytes, settings: Mapping[str, str] | None = None) -> Proposal:
        """A proposal through the door: a file, or its bytes. Raises `InputError` with every diagnostic."""
        plane, schemes = self.workspace.plane, self.rulesets.schemes
        if isinstance(proposal, bytes):
            return read_proposal(proposal, "proposal", plane, schemes, settings or {})
        return load_proposal(Path(proposal), plane, schemes, settings or {})

    def check(self, proposal: str | Path | bytes, options: Options = PLAIN) -> Report:
        """Read a proposal and judge it."""
        return self.judge(self.read(proposal, options.settings), options)

    def judge(self, proposal: Proposal, options: Options = PLAIN) -> Report:
        """The answer to a proposal that is through the door, as it is published."""
        from landrules.engine.report import Report

        return Report.of(self.answer(proposal, options))

    def answer(self, proposal: Proposal, options: Options = PLAIN) -> Answer:
        """The road itself, from a proposal that is through the door. `options.rules` were heard at the opening."""
        (case,) = self.cases((self.request(proposal, options),))
        return self.conclude(case, options)

    def request(self, proposal: Proposal, options: Options = PLAIN) -> Request:
        """What a proposal asks of the workspace. Raises `InputError` where nothing tells the law date."""
        day, source = settle_law_date(proposal, options.law_date)
        steps = self.planner.on(day)
        boxes = boxes_near(proposal, steps)
        return Request(proposal, steps, options.data_as_of or day, source, boxes)

    def cases(self, requests: Sequence[Request]) -> list[Case]:
        """Layers read and overlaid for some proposals at once: for each what it would be alone.

        Raises `InputError` where a layer cannot be read for one of them. What is held grows with the land that they ask
        about (`Request.extent_m2`).
        """
        layers = read_layers_near(self.workspace, self.rulesets, requests)
        near = [Near(r.proposal, r.plan, own, r.data_as_of) for r, own in zip(requests, layers, strict=True)]
        evidence = gather_each(self.rulesets, near, self.accounts, self.tolerances)
        return [Case(request, found) for request, found in zip(requests, evidence, strict=True)]

    def conclude(self, case: Case, options: Options = PLAIN) -> Answer:
        """A case judged, and the answer to it."""
        steps, evidence = case.request.plan, case.evidence
        results = evaluate(steps.programs, evidence)
        return answer(
            results,
            evidence,
            steps.layers,
            version=VERSION,
            proj="" if self.workspace.plane.is_engineering else proj_version(),
            workspace_sha256=self.workspace.sha256,
            settings=options.settings,
            law_date_source=case.request.law_date_source,
            geometry=options.geometry,
            drawn=options.drawn,
            hanging=stability(steps.programs, results, evidence),
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Sent as values; the law is compiled anew where it arrives."""
        law = dump(self.rulesets, ())
        return _arrived, (self.workspace, law, self.accounts, dict(self.tolerances))


def _arrived(
    workspace: Workspace, law: bytes, accounts: tuple[AccountRow, ...], tolerances: Mapping[str, tuple[Fraction, str]]
) -> Session:
    rulesets = load(law, {})
    if not isinstance(rulesets, RuleSet):
        raise UnreadableError("no rulesets")
    return Session(workspace, rulesets, accounts, tolerances, Planner.of(rulesets))


def open_workspace(stated: str | Path | None, proposal: str | Path | bytes) -> Workspace:
    """The workspace stated, or the nearest one above the proposal's folder, else above the current folder."""
    if stated is not None:
        return load_workspace(Path(stated))
    starts = [Path.cwd()] if isinstance(proposal, bytes) else [Path(proposal).resolve().parent, Path.cwd()]
    found = next((path for start in starts if (path := find_workspace(start)) is not None), None)
    if found is None:
        raise InputError(Diagnostic("LR830", where=str(starts[0])))
    return load_workspace(found)


def settle_law_date(proposal: Proposal, stated: date | None) -> tuple[date, LawDateSource]:
    """The day whose law applies. Raises `InputError` where neither option nor application date tells it."""
    if stated is not None:
        return stated, "option"
    found = application_date(proposal)
    if isinstance(found, Diagnostic):
        raise InputError(found)
    return found, "application_date"


def boxes_near(proposal: Proposal, steps: Plan) -> FloatArray | None:
    """Where something can matter to a proposal, in boxes of the plane; `None`: anywhere."""
    if steps.reach is None:
        return None
    return boxes_along(array_of([p.geometry for p in (*proposal.parcels, *proposal.buildings)]), float(steps.reach))


def read_layers(
    workspace: Workspace, steps: Plan, rulesets: RuleSet, proposal: Proposal, as_of: date
) -> dict[str, Layer | AbsentLayer]:
    """Every layer that norms in force read, near the proposal; what is not bound or out of date says so."""
    request = Request(proposal, steps, as_of, "option", boxes_near(proposal, steps))
    return read_layers_near(workspace, rulesets, (request,))[0]


def read_layers_near(
    workspace: Workspace, rulesets: RuleSet, requests: Sequence[Request]
) -> list[dict[str, Layer | AbsentLayer]]:
    """Every layer that norms in force read, near each of several proposals, all in one snapshot of the databases.

    Proposals that ask for boxes look a layer up together, one that asks for everything alone.
    """
    out: list[dict[str, Layer | AbsentLayer]] = [{} for _ in requests]
    named = dict.fromkeys(name for request in requests for name in request.plan.layers)
    bases = (schema.departed.base for name in named if (schema := rulesets.layers[name]).departed is not None)
    bounded = [k for k, request in enumerate(requests) if request.boxes is not None]
    groups = [bounded, *([k] for k, request in enumerate(requests) if request.boxes is None)]
    with opened(workspace, (*named, *bases)) as held:
        for rows in filter(None, groups):
            around = _around([requests[k].boxes for k in rows])
            for name in named:
                asking = [at for at, k in enumerate(rows) if name in requests[k].plan.layers]
                of = [requests[rows[at]] for at in asking]
                for at, layer in zip(asking, _read(held, name, rulesets, of, around.of_some(asking)), strict=True):
                    out[rows[at]][name] = layer
    return out


def _around(boxes: Sequence[FloatArray | None]) -> Around:
    sets = [own for own in boxes if own is not None]
    return Around.of(sets) if sets else EVERYWHERE


def _read(
    held: Workspace, name: str, rulesets: RuleSet, requests: Sequence[Request], around: Around
) -> Sequence[Layer | AbsentLayer]:
    """A layer near some proposals; ground that left another is told for each by itself."""
    schema, schemes = rulesets.layers[name], rulesets.schemes
    if schema.departed is None or name in held.layers:
        days = [(request.plan.law_date, request.data_as_of) for request in requests]
        return open_layers(held, name, schema, schemes, days, around)
    return [
        open_departed(
            held,
            name,
            schema,
            schemes,
            since=r.plan.since[name],
            law_date=r.plan.law_date,
            data_as_of=r.data_as_of,
            boxes=r.boxes,
        )
        for r in requests
    ]


def settle_tolerances(stated: Mapping[str, Tolerance], rulesets: RuleSet) -> Mapping[str, tuple[Fraction, str]]:
    """The review tolerances of a workspace. Raises `InputError` where a norm hands down none, or not so much."""
    norms = {n.id: n for n in rulesets.norms}
    faults = []
    for name, tolerance in stated.items():
        rule = norms[name].tolerance if name in norms else None
        if rule is None or rule.up_to is None:
            faults.append(Diagnostic("LR495", {"norm": name}, where="landrules.toml [review]"))
        elif tolerance.m2 > rule.up_to:
            args = {"norm": name, "tolerance": tolerance.m2, "up_to": float(rule.up_to)}
            faults.append(Diagnostic("LR494", args, where="landrules.toml [review]"))
    if faults:
        raise InputError(faults)
    return {name: (t.m2, t.author) for name, t in stated.items()}
