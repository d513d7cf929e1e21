"""A programme, its cohort and a visit, as services answer with them; and a command run on a fake client."""

import datetime as dt
from typing import Any

from kindred.cli.app import main
from shared.commands import programmes_queries as queries
from shared.commands.base import Done
from shared.commands.matching import CohortDetail, CohortRow, GroupRow
from shared.commands.scheduling import VisitDetail
from shared.events.scheduling_parts import Visit
from tests.unit.kindred.fake_client import FakeClient

PROGRAMME = queries.ProgrammeRow(
    programme_id="prg-1",
    name="Peer visits 2026/27",
    year=2026,
    template="peer-visits",
    template_version=1,
    state="enrolling",
    enrolled=3,
    coordinator_id="per-0",
)
ONE = queries.ProgrammeRows(programmes=(PROGRAMME,))
GROUP = GroupRow(
    group_id="grp-1",
    number=1,
    school_ids=("sch-1", "sch-2"),
    urns=(107001, 107002),
    names=("Abbey", "Brook"),
    score=0.5,
    parts={},
    reasons=("Both give and receive.",),
)
COHORT = CohortDetail(
    cohort=CohortRow(
        cohort_id="coh-1", programme_id="prg-1", revision=2, state="draft", groups=1, schools=2, waiting=0, score=0.5
    ),
    groups=(GROUP,), groups_total=1, waiting=(), parts={}, minimum=0.1, p5=0.1, seed=1, engine="test", seconds=0.1,
)  # fmt: skip
VISIT = VisitDetail(
    visit=Visit(
        visit_id="vis-abcdef", cohort_id="coh-1", programme_id="prg-1", group_id="grp-1", activity="visit-day",
        host_school_id="sch-2", on=dt.date(2027, 3, 11), starts=dt.time(9), ends=dt.time(15), timezone="Europe/London",
        facilitator_id=None, attendees=(),
    ),
    state="published", version=1,
)  # fmt: skip


def run(client: FakeClient, *words: str) -> int:
    async def connect() -> Any:
        return client

    return main(list(words), connect)


def done(**fields: Any) -> Done:
    return Done(**{"id": "x-1", **fields})


def cells(shown: str) -> list[list[str]]:
    """The rows of the tables in an output, cell by cell, headings left out."""
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in shown.splitlines() if line[:1] == "│"]
