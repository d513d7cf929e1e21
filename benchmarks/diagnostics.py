"""A diagnostic by a rubric that many people have answered, for `benchmarks.reports`."""

import datetime as dt

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.counting.showing import brought_up_to_date
from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.reports.block_filling import block_report
from services.reporting.domain.reports.blocks import BlockReport
from services.reporting.domain.reports.material import Material
from services.reporting.domain.reports.model import SchoolLine
from shared.template import Template
from shared.template.resolving import Situation

TODAY = dt.date(2027, 6, 21)
STAGES = ("early", "firm", "leading")
GROUPS = {"head": "Head", "lead": "Lead", "governor": "Governor"}
DESCRIPTOR = "Most of the staff can say it in their own words. Leaders refer to it when they plan their week."
TEMPLATE = Template.model_validate(
    {
        "key": "bench", "version": 1, "title": "Bench", "summary": "For measuring.", "clock": {},
        "roles": [{"key": key, "title": title} for key, title in GROUPS.items()],
        "lists": [{
            "key": "strategies", "stages": [{"key": one, "title": one.capitalize()} for one in STAGES],
            "entries": [{"key": f"s{n}", "title": f"Strategy {n}", "descriptors": [DESCRIPTOR] * 3} for n in range(6)],
        }],
        "forms": [{
            "key": "diagnostic", "title": "Where we stand", "by": list(GROUPS), "confidential": "counts-only",
            "by_role": True, "fields": [{"key": "stages", "kind": "level", "of": "strategies"}],
        }],
        "reports": [{
            "key": "diagnostic", "title": "Where we stand", "about": "school", "after": ["coordinator"], "to": ["head"],
            "blocks": [{"kind": "rubric", "form": "diagnostic", "field": "stages"}],
        }],
    }
)  # fmt: skip
PROGRAMME = EngineProgramme(
    programme_id="prg-1", name="Bench", year=2026, coordinator_id="per-1", template=TEMPLATE, version=1
)


def answered(people: int) -> Sheet:
    """The sheet after so many answers, brought up to date."""
    sheet = Sheet(
        sheet_id="sht-1", programme_id="prg-1", form="diagnostic", about="school", about_id="sch-1", mark="m",
        begun=TODAY, least=5, groups=GROUPS,
    )  # fmt: skip
    form = TEMPLATE.forms[0]
    for number in range(people):
        levels = {f"s{n}": STAGES[(number + n) % 3] for n in range(6)}
        sheet = sheet.with_answers(list(GROUPS)[number % 3], {"stages": levels}, form)
    return brought_up_to_date(sheet)


def report(sheet: Sheet) -> BlockReport:
    """The diagnostic report of a school."""
    words = {**{one: one.capitalize() for one in STAGES}, **{f"s{n}": f"Strategy {n}" for n in range(6)}}
    made = block_report(
        Material(
            programme=PROGRAMME, report=TEMPLATE.reports[0], report_id="rpt-1", edition=1, about_id="sch-1",
            subject=Subject(situation=Situation(school_id="sch-1")), today=TODAY,
            school=SchoolLine(name="Hollins", urn=100_001, authority="Leeds"), sheets={"diagnostic": (sheet,)},
            asked={"sht-1": dict.fromkeys(GROUPS, 70)}, options={"diagnostic.stages": words},
        )
    )  # fmt: skip
    assert made is not None
    return made
