"""Nothing in a template is passed over: each setting of the language says which module acts on it.

A setting that nothing acts on is refused, by name where it is planned (`kinds.LATER_SETTINGS`). Two walks hold this.
Each setting of each model is read outside of the language and its validation; and each setting of each *kind*, which
other kinds may share, stands in `ACTS` with the module that reads it for that kind.
"""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from pydantic import BaseModel

import shared.template
from shared.template import kinds
from shared.template.kind import Kind
from tests.architecture.test_shape import ROOT, tracked

VALIDATION = ("shared/template/reading/", "shared/template/preview.py")
HELD_BY_VALIDATION = {
    "Membership.joins": "only what happens anyway is accepted",
    "Membership.leaves": "only what happens anyway is accepted",
    "Template.payments": "what it promises is held by what tasks may be",
}
ACTS = {
    "services/matching/domain/terms.py": (
        "groups: sizes weights phases_apart islands regions rules review_before_publishing"
    ),
    "services/matching/handlers/rounds.py": "placements: people things",
    "services/matching/domain/rounds/candidates.py": "placements: wishes",
    "services/matching/domain/rounds/facts.py": "placements: choose rules",
    "services/matching/domain/rounds/offering.py": "placements: waiting",
    "services/matching/domain/rounds/agreeing.py": "placements: agreed_outside",
    "services/matching/domain/pairs/facts.py": "pairs: who skip rules; rings: who skip rules; neighbours: who pupils",
    "services/matching/domain/pairs/decisions.py": "pairs: begins; rings: begins; neighbours: begins",
    "services/matching/assigning/pair_drafting.py": "neighbours: kilometres",
    "services/matching/handlers/pair_projection.py": "neighbours: accept",
    "services/scheduling/domain/visits/terms.py": (
        "visit: opens closes starts ends facilitated dating; cohort-event: opens closes starts ends venue"
    ),
    "services/scheduling/domain/visits/event_programme.py": "cohort-event: agenda; session: agenda",
    "services/scheduling/handlers/event_programmes.py": "cohort-event: tables",
    "services/scheduling/domain/agreed/window.py": "agreed-visit: opens closes; meeting: opens closes",
    "services/scheduling/domain/agreed/beginnings.py": "agreed-visit: least as_many_as",
    "services/scheduling/domain/agreed/days.py": (
        "agreed-visit: at most doings hold_working_days; meeting: at hold_working_days"
    ),
    "services/scheduling/handlers/agreed/queries.py": "agreed-visit: starts ends; meeting: starts ends",
    "services/scheduling/domain/agreed/setting.py": "meeting: minutes optional",
    "services/notifications/mail/agreed_words.py": "agreed-visit: pack",
    "services/notifications/mail/packs.py": "duty: pack",
    "services/portal/pages/papers.py": "meeting: papers",
    "services/scheduling/domain/duties/laying.py": "duty: strand apart_school_weeks",
    "services/scheduling/domain/duties/lines.py": "duty: over at cadence",
    "services/scheduling/handlers/duties/facts.py": "duty: form",
    "services/scheduling/handlers/sessions/planning.py": "session: during each apart_weeks apart_school_weeks",
    "services/scheduling/handlers/sessions/room.py": "session: starts ends papers_days",
    "services/scheduling/handlers/sessions/loading.py": "session: at led_by minutes",
    "services/reporting/handlers/ordering.py": "session: papers",
    "services/scheduling/domain/sessions/places.py": "session: picking sign_up",
    "services/scheduling/handlers/sessions/queries.py": "session: routes",
    "services/scheduling/domain/sessions/records.py": "session: attendance venue",
    "services/scheduling/domain/duties/visiting.py": "duty: starts ends",
    "services/scheduling/handlers/duties/visits.py": "duty: invite_weeks",
    "services/scheduling/domain/dates/open_calls.py": "call: lasts",
    "services/programmes/domain/calls_asked.py": "call: asks",
}
"""Module -> the settings that it reads for a kind of round or activity."""
BY_VALIDATION = {
    ("visit", "at"): "`host` alone",
    ("cohort-event", "at"): "`venue` alone",
    ("duty", "tick"): "`weekly` alone",
    ("duty", "confidential"): "`existence-only` alone; forms about it are refused",
}
"""What says nothing but what happens anyway: any other value is refused."""


def models() -> dict[str, type[BaseModel]]:
    """Every model of the language by its name."""
    modules = [import_module(each.name) for each in iter_modules(shared.template.__path__, "shared.template.")]
    found = [pair for module in modules for pair in inspect.getmembers(module, inspect.isclass)]
    return {
        name: one for name, one in found if issubclass(one, BaseModel) and one.__module__.startswith("shared.template")
    }


def read_in(paths: list[Path]) -> set[str]:
    """The names of attributes that these modules read."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def acting() -> list[Path]:
    """The modules that carry templates out: services, and the parts of `shared` that they share."""
    every = {path.relative_to(ROOT).as_posix(): path for path in tracked("services/*.py", "shared/*.py")}
    return [path for name, path in every.items() if not name.startswith(VALIDATION)]


def unread(read: set[str]) -> set[str]:
    """Settings that nothing reads and that are not refused, as planned or as having another way."""
    refused = {**kinds.LATER_SETTINGS, **kinds.SUPERSEDED}
    return {
        f"{name}.{field}"
        for name, model in models().items()
        for field in model.model_fields
        if field not in read | refused.get(name, {}).keys()
    }


def test_every_setting_is_read_by_what_carries_templates_out() -> None:
    assert unread(read_in(acting())) == HELD_BY_VALIDATION.keys()


def test_a_setting_that_nothing_reads_would_be_found() -> None:
    assert "Activity.pack" in unread(read_in(acting()) - {"pack"})


def test_every_setting_of_a_kind_names_the_module_that_acts_on_it() -> None:
    said = {
        (kind, setting): path
        for path, text in ACTS.items()
        for part in text.split("; ")
        for kind, _, settings in [part.partition(": ")]
        for setting in settings.split()
    }
    later = {
        (kind, setting)
        for model in ("Round", "Activity")
        for setting in kinds.LATER_SETTINGS.get(model, {})
        for kind in _all()
    }
    declared = {(kind, setting) for kind, one in _all().items() for setting in one.needs | one.may} - later
    assert declared == said.keys() | BY_VALIDATION.keys()
    assert {one for one, path in said.items() if one[1] not in read_in([ROOT / path])} == set()


def _all() -> dict[str, Kind]:
    return kinds.ROUNDS | kinds.ACTIVITIES
