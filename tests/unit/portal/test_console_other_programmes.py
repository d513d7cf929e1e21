"""Whatever the console's addresses name belongs to the programme that they name: of another's ids there is nothing."""

import datetime as dt
import re

import pytest

from services.portal.pages.console.routes import CONSOLE
from services.portal.pages.sessions import csrf_token
from shared.commands.agreed_visits import AgreedVisitRow, ArrangementDetail
from shared.commands.imports import ImportUndo
from shared.commands.matching import CohortRow, CohortRows, GroupReasons
from shared.commands.participation import ParticipationRow, ParticipationRows
from shared.commands.parties import PartyRow, PartyRows
from shared.commands.previews import MailPreview, Reader
from shared.commands.programmes import ImportReport
from shared.commands.programmes_queries import EnrolmentRows, ProgrammeRows
from shared.commands.rounds import RoundDetail, RoundRow
from shared.commands.scheduling import CohortEventDetail, VisitDetail
from shared.commands.sharing import GroupSharing
from shared.commands.templates import ProgrammeSetup
from shared.errors import Rejected
from shared.events.scheduling_parts import CohortEvent
from tests.unit.portal import console
from tests.unit.portal.console import IMPORT
from tests.unit.portal.signing import NADIA
from tests.unit.portal.world import COHORT, EVENT, GROUP, NOW, PROGRAMME, VISIT, cohort_event
from tests.unit.reporting.entries import exchange

WHOLE, OTHER = exchange.PROGRAMME, "prg-other"
URN, PARTY = 107000, "pty-1"
ROUNDS = [{"key": "exchange", "title": "Who goes where", "kind": "placements", "people": "naming", "things": "project"}]
THINGS = {
    "group_id": (PROGRAMME, GROUP), "import_id": (PROGRAMME, IMPORT), "visit_id": (PROGRAMME, VISIT),
    "urn": (PROGRAMME, str(URN)), "party_id": (WHOLE, PARTY), "round": (WHOLE, "exchange"), "form": (WHOLE, "project"),
    "key": (WHOLE, "tasks.write"), "event_id": (PROGRAMME, EVENT),
}  # fmt: skip
"""What an address names besides a programme: whose it is, and its id."""
OF_THE_TEMPLATE = {"activity", "number"}
"""What names a part of the programme's own template: its owner is asked for it with the programme."""
NAMES = re.compile(r"{(\w+)}")
ROUTES = [
    (path, method, kept)
    for path, _, methods in CONSOLE
    for method in methods
    if "programme_id" in (named := NAMES.findall(path))
    and (kept := [one for one in named if one != "programme_id"])
    and not OF_THE_TEMPLATE & set(kept)
]


@pytest.fixture
async def desk(world, desk):
    """A coordinator of three programmes, in the first two of which there is something; owners answer by their ids."""
    trusts = {"party": {"kind": "trust"}, "roles": [{"key": "lead"}, {"key": "chief", "at": "trust"}], "activities": []}
    here = exchange.opened(**trusts, forms=exchange.FORMS, matching=ROUNDS, reports=[])
    other = exchange.opened(**trusts, forms=[], reports=[]).model_copy(update={"programme_id": OTHER})
    for event in (here, other):
        await world.handle(event)
    rows = tuple(console._programme(one, one, "closed", 4) for one in (PROGRAMME, WHOLE, OTHER))
    visit = world.visit_of(VISIT, NOW.date(), "sch-a").model_dump()
    enrolled = world.owners.finds["ListEnrolments"]
    group = world.owners.finds["ShowCohort"].groups[0]
    round_ = RoundRow(
        round_id="rnd-1", programme_id=WHOLE, round="exchange", title="Who goes where", state="published", revision=3,
        placed=0, people_without=0, things_without=0,
    )  # fmt: skip
    world.owners.finds |= {
        "ListProgrammes": ProgrammeRows(programmes=rows),
        "ListCohorts": lambda query: CohortRows(cohorts=(_cohort(query.programme_id),)),
        "WhyGroup": GroupReasons(group=group, schools=(), median_coverage=0.5, programme_id=PROGRAMME),
        "ShowSharing": GroupSharing(group_id=GROUP, shared=()),
        "ShowVisit": VisitDetail.model_validate({"visit": visit, "state": "published", "version": 1}),
        "ShowCohortEvent": CohortEventDetail(event=_event(), state="published", version=1),
        "ShowEventProgramme": _none, "ShowDays": _days(),
        "ImportStatus": ImportReport(import_id=IMPORT, state="done", kind="enrolments", programme_id=PROGRAMME),
        "ShowImportUndo": ImportUndo(),
        "ListEnrolments": lambda query: _of(query, EnrolmentRows(total=0, enrolments=()), enrolled),
        "ListParticipation": lambda query: _of(query, ParticipationRows(rows=()), _parts),
        "ListParties": lambda query: PartyRows(parties=(_party(),) if query.programme_id == WHOLE else ()),
        "ShowSetup": lambda query: _setup(here if query.programme_id == WHOLE else other),
        "PreviewMail": _mail,
        "ShowRound": RoundDetail(round=round_, placements=(), people_without=(), things_without=()),
    }  # fmt: skip
    return desk


def _event():
    return CohortEvent.model_validate(cohort_event().model_dump(include=set(CohortEvent.model_fields)))


def _days():
    hours = {"starts": dt.time(9), "ends": dt.time(12)}
    day = AgreedVisitRow(visit_id=VISIT, number=1, on=NOW.date(), state="published", sequence=0, **hours)
    return ArrangementDetail(
        arrangement_id="arr-1", programme_id=PROGRAMME, activity="day", kind="agreed-visit", title="A day",
        match_id="mat-1", host_school_id="sch-a", school_id="sch-b", state="agreed", needed=1, most=1,
        timezone="Europe/London", hold_working_days=3, visits=(day,), **hours,
    )  # fmt: skip


def _none(_query):
    raise Rejected("unknown-event", "There is no such event.")


def _setup(opened):
    named = opened.model_dump(include={"programme_id", "name", "year", "template", "coordinator_id"})
    return ProgrammeSetup.model_validate({**named, "stands": "running", "today": NOW.date()})


def _mail(query):
    if query.programme_id != WHOLE:
        raise Rejected("unknown-mail", "There is no such mail.")
    reader = Reader(person_id="per-a-head", name="Ada", school="Hollins")
    said = {"subject": "Write", "text": "Please write.", "html": "<p>Please write.</p>"}
    return MailPreview(key=query.key, what="A task", to="ada@x.example", reader=reader, role="head", **said)


def _of(query, nothing, found):
    return found(query) if query.programme_id == PROGRAMME else nothing


def _parts(query):
    row = ParticipationRow(urn=URN, school_id="sch-a", school="Hollins", enrolled=True, answer="maybe", reason="Soon.")
    return ParticipationRows(rows=(row,) if query.urn == URN else ())


def _party():
    return PartyRow(party_id=PARTY, kind="trust", name="Acorn Trust", schools=(), people=())


def _cohort(programme_id):
    return CohortRow(
        cohort_id=COHORT if programme_id == PROGRAMME else "coh-other", programme_id=programme_id, revision=3,
        state="draft", groups=1, schools=5, waiting=1, score=0.6,
    )  # fmt: skip


def filled_in(path, programme_id, kept):
    ids = {"programme_id": programme_id, **{name: THINGS[name][1] for name in kept}}
    return NAMES.sub(lambda name: ids[name[1]], path)


async def sent(world, desk, method, path):
    if method == "GET":
        return await desk.get(path, follow_redirects=False)
    (session,) = await world.stores.sign_in.sessions.of_person(NADIA)
    fields = {"csrf": csrf_token(world.portal.key, session.session_id), "do": "nothing", "once": "1"}
    return await desk.post(path, data=fields, headers={"origin": world.public}, follow_redirects=False)


def test_every_route_with_a_programme_and_something_else_is_walked():
    assert {name for _, _, kept in ROUTES for name in kept} == THINGS.keys()
    assert len(ROUTES) > 12


@pytest.mark.parametrize(("path", "method", "kept"), ROUTES)
async def test_of_another_programme_s_ids_there_is_nothing(world, desk, path, method, kept):
    (programme_id,) = {THINGS[name][0] for name in kept}
    own = await desk.get(filled_in(path, programme_id, kept), follow_redirects=False)
    assert own.status_code in {200, 303}, own.text
    answer = await sent(world, desk, method, filled_in(path, OTHER, kept))
    assert answer.status_code == 404
    assert world.owners.commands == []


@pytest.mark.parametrize("path", ["", "/to-put-right.csv"])
async def test_an_import_of_a_programme_is_none_of_the_register(desk, path):
    assert (await desk.get(f"/console/register/imports/{IMPORT}{path}")).status_code == 404


@pytest.mark.parametrize("urn", ["x", "0", "-1"])
@pytest.mark.parametrize("page", ["schools", "participation"])
async def test_what_is_no_urn_is_no_school(desk, page, urn):
    assert (await desk.get(f"/console/programmes/{PROGRAMME}/{page}/{urn}")).status_code == 404
