"""A small programme as the portal hears of it: four schools in a group, their visits, links of every purpose."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from services.portal.app import build
from services.portal.domain.links import link_id_of
from services.portal.domain.sign_in.secrets import Key, Secrets
from services.portal.handlers.exports import ExportNotes
from services.portal.handlers.feeds import FeedSteps
from services.portal.handlers.sign_in import SignInSteps
from services.portal.handlers.tokens import TokenSteps
from services.portal.pages.application import application
from services.portal.pages.portal import Portal
from services.portal.pages.rendering import Renderer
from services.portal.settings import PortalSettings
from shared.commands.notifications import MailRow, MailRows
from shared.commands.reporting import Chunk
from shared.commands.reports import FetchReport, ReportRow
from shared.commands.scheduling import BriefText, ShowVisit, VisitDetail, VisitorNotes
from shared.commands.sharing import GroupSharing, Shared
from shared.errors import Rejected
from shared.events.matching import GroupFormed
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard
from shared.events.programmes import (
    EnrolledPerson,
    FacilitatorAppointed,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolFacts,
    TopicWeight,
)
from shared.events.reporting import FindingsRequested, ReportCompiled
from shared.events.scheduling import Attendee, CohortEventScheduled, Visit, VisitScheduled
from tests.fakes import FakeClock, FakeWork
from tests.fakes.bus import MemoryBus
from tests.fakes.portal.dead_letters import FakeDeadLetters
from tests.fakes.portal.models import Collections
from tests.fakes.portal.owners import FakeOpenings, FakeOwners
from tests.fakes.portal.stores import memory_stores
from tests.unit.portal import dates
from tests.unit.portal.template import TEMPLATE

NOW = dt.datetime(2027, 4, 12, 8, 0, tzinfo=dt.UTC)
PROGRAMME, COHORT, GROUP = "prg-1", "coh-1", "grp-1"
SCHOOLS = {
    "sch-a": ("Hollins Primary School", "Sheffield, S6 4AB", "feedback", "homework"),
    "sch-b": ("St Oswald\u2019s Catholic Academy", "Leeds, LS8 1QQ", "homework", "wellbeing"),
    "sch-c": ("Carr Wood Junior School", "Bradford, BD7 2TT", "wellbeing", "most-able"),
    "sch-d": ("The Beck Academy", "Hull, HU5 3RR", "most-able", "feedback"),
}
PEOPLE = {
    "per-a-head": "Amara Osei", "per-a-lead": "Tom Whitfield", "per-a-cpd": "Ruth Kaplan", "per-a-chair": "Ian Moss",
    "per-b-head": "Siobhán O\u2019Neill", "per-b-lead": "Dev Patel",
    "per-c-head": "Grace Lin", "per-c-lead": "Omar Haddad",
    "per-d-head": "Helen Pryce", "per-d-lead": "Marek Nowak", "per-fac": "Joan Ellery", "per-coo": "Nadia Rahman",
}  # fmt: skip
TITLES: dict[str, Any] = {
    "head": "headteacher",
    "lead": "senior-leader",
    "cpd": "cpd-lead",
    "chair": "chair-of-governors",
}
VISIT, PAST, EVENT, REPORT, IMPACT = "vis-a", "vis-b", "evt-1", "rpt-1", "rpt-2"
SECRET = "k" * 32
PUBLIC = "http://127.0.0.1:8080"
PURPOSES: dict[str, tuple[str, str, str]] = {
    "answer": ("per-b-head", VISIT, "visit"),
    "visit-brief": ("per-a-cpd", VISIT, "visit"),
    "attendance": ("per-fac", PAST, "visit"),
    "appraisal": ("per-fac", PAST, "visit"),
    "take-home": ("per-a-head", PAST, "visit"),
    "survey": ("per-a-head", PAST, "visit"),
    "findings": ("per-a-head", "sch-a", "school"),
    "report": ("per-a-chair", REPORT, "report"),
    "my-visits": ("per-a-head", PROGRAMME, "programme"),
    "cohort": ("per-a-head", COHORT, "cohort"),
    "unsubscribe": ("per-a-head", PROGRAMME, "programme"),
}
BRIEF = BriefText(
    practice="How we give feedback in the lesson itself, in Years 3 to 6. Watch maths at 10:00.",
    challenge="Marking still takes teachers four evenings a week. What would you drop?",
    notes=VisitorNotes(
        safeguarding_lead="Ruth Kaplan, 0114 496 0000", sign_in="Main reception, Park Road entrance.\nAsk for Ruth.",
        identity="Photo identification.", parking="None on site; the tram stop is four minutes away.", arrival="8:45",
    ),
    written_by="per-a-cpd", written_on=dt.date(2027, 3, 1),
)  # fmt: skip
REPORT_HTML = "<!doctype html><html lang=en><title>Report</title><style>p{color:#123}</style><h1>Report</h1><p>Body</p>"


def token_for(purpose: str, person: str = "", target: str = "") -> str:
    """The token of a link in this world: known, as if read from the mail."""
    return f"tok-{purpose}-{person}-{target}-abcdefghijklmnop"


@dataclass
class World(MemoryBus):
    """The portal as `build()` wires it, on a bus in memory and over fakes, and a browser."""

    collections: Collections = field(default_factory=Collections)
    stores: Any = None
    owners: FakeOwners = field(default_factory=FakeOwners)
    openings: FakeOpenings = field(default_factory=FakeOpenings)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    public: str = PUBLIC
    letters: FakeDeadLetters = field(default_factory=FakeDeadLetters)

    def __post_init__(self) -> None:
        self.work = FakeWork(now=NOW)
        self.stores = self.stores or memory_stores(self.collections)
        self.settings = PortalSettings(public_url=self.public, portal_secret=SECRET)
        super().__init__(self.clock)
        self.carry(build(self.settings, stores=self.stores))
        secrets, machine = Secrets(Key(SECRET.encode())), self.clock
        self.sign_in = SignInSteps(
            self.stores.sign_in, self.service.transact, secrets, clock=self.clock, machine=machine,
            draw=lambda: uuid4().hex, lasts=dt.timedelta(hours=12),
        )  # fmt: skip
        self.tokens = TokenSteps(
            self.stores.tokens, self.stores.sign_in.accounts, self.service.transact, clock=self.clock,
            draw=lambda: uuid4().hex,
        )  # fmt: skip
        self.portal = Portal(
            self.stores.read, self.owners, self.openings, self.clock, SECRET.encode(), self.settings, Renderer(),
            self.sign_in, self.tokens,
            FeedSteps(self.stores.feeds, self.service.transact, secrets, lambda: uuid4().hex),
            ExportNotes(self.service.transact, lambda: uuid4().hex), self.letters,
        )  # fmt: skip
        self.app = application(self.portal)
        self.brief: BriefText | None = BRIEF
        self.agreements = {dates.AGREEMENT: dates.agreement()}
        self.call_offers = {dates.OFFER: dates.call_offer(), dates.OFFER_TO_A: dates.call_offer_to_a()}
        self.owners.finds = finds(self)

    def browser(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(transport=transport, base_url=self.public, follow_redirects=True)

    async def issue(self, purpose: str, person: str = "", target: str = "", kind: str = "", **more: Any) -> str:
        """Put a link into a mail; return its token."""
        usual = PURPOSES[purpose]
        token = token_for(purpose, person, target)
        event = LinkIssued(
            version=1, link_id=link_id_of(token), person_id=person or usual[0], purpose=purpose,
            target_id=target or usual[1], target_kind=kind or usual[2], programme_id=PROGRAMME,
            expires=more.pop("expires", NOW + dt.timedelta(days=60)), **more,
        )  # fmt: skip
        await self.handle(event)
        return token

    def visit_of(self, visit_id: str, on: dt.date, host: str, **more: Any) -> Visit:
        return Visit(
            visit_id=visit_id, cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP, activity="visit",
            host_school_id=host, on=on, starts=dt.time(9), ends=dt.time(15, 30), timezone="Europe/London",
            facilitator_id="per-fac", attendees=pairs(), **more,
        )  # fmt: skip


def pairs() -> tuple[Attendee, ...]:
    return tuple(
        Attendee(person_id=f"per-{letter}-{part}", role=TITLES[part], school_id=f"sch-{letter}")
        for letter in "abcd"
        for part in ("head", "lead")
    )


async def filled(world: World) -> World:
    """Tell the portal everything."""
    opened = ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Yorkshire peer visits 2026/27", year=2026, coordinator_id="per-coo",
        template=TEMPLATE,
    )  # fmt: skip
    await world.handle(opened)
    for person_id, name in PEOPLE.items():
        await world.handle(ContactCard(person_id=person_id, version=1, name=name, email=f"{person_id}@example.org"))
    for number, school_id in enumerate(SCHOOLS):
        await world.handle(enrolment(number, school_id))
    appointed = FacilitatorAppointed(version=1, appointment_id="app-1", programme_id=PROGRAMME, person_id="per-fac")
    await world.handle(appointed)
    formed = GroupFormed(
        version=1, group_id=GROUP, cohort_id=COHORT, programme_id=PROGRAMME, revision=1, number=7,
        school_ids=tuple(SCHOOLS),
    )  # fmt: skip
    await world.handle(formed)
    for visit_id, on, host in ((VISIT, dt.date(2027, 5, 13), "sch-a"), (PAST, dt.date(2027, 3, 11), "sch-b")):
        visit = world.visit_of(visit_id, on, host)
        await world.handle(VisitScheduled(version=1, **visit.model_dump()))
    await world.handle(cohort_event())
    await told_by_reporting(world)
    await dates.told(world)
    return world


async def told_by_reporting(world: World) -> None:
    asked = FindingsRequested(
        version=1, request_id="req-1", programme_id=PROGRAMME, cohort_id=COHORT, school_id="sch-a",
        person_ids=("per-a-head", "per-a-lead"), due=dt.date(2027, 7, 2),
    )  # fmt: skip
    await world.handle(asked)
    for report_id, kind, school in ((REPORT, "action-plan", "sch-a"), (IMPACT, "impact", None)):
        compiled = ReportCompiled(
            version=1, report_id=report_id, kind=kind, programme_id=PROGRAMME, cohort_id=COHORT, school_id=school,
            edition=1, sha256="x", pages=3, pdf_bytes=84_000, formats=("pdf", "html", "xlsx"),
        )  # fmt: skip
        await world.handle(compiled)


def enrolment(number: int, school_id: str) -> SchoolEnrolled:
    name, place, strength, need = SCHOOLS[school_id]
    letter = school_id[-1]
    parts = [part for part in TITLES if f"per-{letter}-{part}" in PEOPLE]
    town, postcode = place.split(", ")
    facts = SchoolFacts(
        school_id=school_id, urn=107000 + number, name=name, phase="primary", authority_code="373",
        authority="Sheffield",
        town=town, postcode=postcode,
    )  # fmt: skip
    return SchoolEnrolled(
        version=1, programme_id=PROGRAMME, enrolment_id=f"enr-{letter}", school=facts, farthest_travel_km=40,
        people=tuple(EnrolledPerson(person_id=f"per-{letter}-{part}", role=TITLES[part]) for part in parts),
        strengths=(TopicWeight(topic=strength, weight=4),), needs=(TopicWeight(topic=need, weight=5),),
    )  # fmt: skip


def cohort_event() -> CohortEventScheduled:
    return CohortEventScheduled(
        version=1, event_id=EVENT, cohort_id=COHORT, programme_id=PROGRAMME, activity="closing", title="Closing event",
        on=dt.date(2027, 6, 24), starts=dt.time(13), ends=dt.time(16), timezone="Europe/London",
        place="Cutlers\u2019 Hall, Sheffield", attendees=pairs(),
    )  # fmt: skip


def finds(world: World) -> dict[str, Any]:
    """What the owners answer."""

    def visit(query: ShowVisit) -> VisitDetail:
        kept = world.collections.one("dated", query.visit_id)
        if kept is None:
            raise Rejected("unknown-visit", "There is no such visit.")
        state = world.visit_of(query.visit_id, dt.date.fromisoformat(kept["on"]), kept["host_school_id"])
        return VisitDetail(
            visit=state.model_dump(),
            state=kept["state"],
            version=1,
            brief=world.brief if query.visit_id == VISIT else None,
        )

    def part(query: FetchReport) -> Chunk:
        whole = REPORT_HTML.encode() if query.format == "html" else b"%PDF-1.7 " + b"x" * 600
        shown = whole[query.offset : query.offset + 256]
        return Chunk(
            filename=f"Hollins report.{query.format}", media_type="application/pdf", size=len(whole), content=shown,
            sha256=hashlib.sha256(whole).hexdigest(),
        )  # fmt: skip

    row = ReportRow(
        report_id=REPORT, kind="action-plan", title="Action plan report", programme_id=PROGRAMME, cohort_id=COHORT,
        school_id="sch-a", state="compiled", edition=1, pages=3, pdf_bytes=84_000, formats=("pdf", "html", "xlsx"),
        compiled_at=NOW,
    )  # fmt: skip
    known = {"ShowReport": row, "ShowSharing": sharing(), "ListMails": mails()}
    return {"ShowVisit": visit, "FetchReport": part, **dates.finds(world), **known}


def sharing() -> GroupSharing:
    by_need = {facts[3]: school for school, facts in SCHOOLS.items()}
    shared = [
        Shared(
            topic=facts[2],
            title=facts[2].replace("-", " ").capitalize(),
            from_school=school,
            to_schools=(by_need[facts[2]],),
        )
        for school, facts in SCHOOLS.items()
        if facts[2] in by_need
    ]
    return GroupSharing(group_id=GROUP, shared=tuple(shared), nearest_km=12.2, farthest_km=61.4)


def mails() -> MailRows:
    row = MailRow(
        mail_id="mai-1", person_id="per-a-head", to="x@example.org", template="findings-request", template_version="1",
        subject="Findings", state="accepted", attempts=1, message_id="<a@b>", queued_at=NOW,
        changed_at=NOW, target_id="req-1",
    )  # fmt: skip
    return MailRows(total=1, mails=(row,), by_state={}, by_template={})
