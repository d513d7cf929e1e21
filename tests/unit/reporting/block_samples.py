"""Reports of blocks for tests: ordinary ones, and one with the worst that people and machines put into a form."""

from services.reporting.domain.reports import plan_figures
from services.reporting.domain.reports.blocks import (
    ActionsPart,
    BlockReport,
    CertificatePart,
    FindingsPart,
    PointsPart,
    Seen,
    TablePart,
    TextPart,
)
from services.reporting.domain.reports.model import Head
from services.reporting.domain.status import Rating
from tests.unit.reporting import samples
from tests.unit.reporting.samples import ACTIONS, HOSTILE, LONG, TODAY, UNBROKEN

SEEN = (
    Seen(
        title="Reading fluency is improving but uneven",
        detail="Pupils in Years 3 and 4 read well.\n\nIn Years 5 and 6 one class in three still decodes.",
        evidence=("12 lesson visits", "Fluency screen, 184 pupils"),
    ),
    Seen(title="Attendance systems work well", detail="", evidence=("Noted at a visit: Looking at figures",)),
)


def head(**changes):
    given = {
        "programme": "Northern project exchange", "title": "Findings and action plan",
        "subject": "Millbrook Primary School", "facts": ("URN 999901", "Leeds", "2026/27"),
        "prepared": "Prepared 21 June 2027", "prepared_on": TODAY, "reference": "RPT-1A2B3C4D", "edition": 2,
    }  # fmt: skip
    return Head(**{**given, **changes})


def plan(actions=ACTIONS, title="What the school will do"):
    found = tuple(plan_figures.action_line(number, one, TODAY) for number, one in enumerate(actions, start=1))
    bars = plan_figures.bars((one.priority, one.rating) for one in found)
    return ActionsPart(title=title, actions=found, bars=bars, months=plan_figures.months(found))


def findings(**changes):
    actions = plan()
    given = {
        "head": head(), "lead": plan_figures.lead(actions.actions, len(SEEN)),
        "summary": "Reading is taught with conviction.\n\nFluency in Years 5 and 6 needs a plan.",
        "cards": plan_figures.cards(actions.actions, len(SEEN), 3, TODAY),
        "parts": (FindingsPart(title="What was found", findings=SEEN), actions),
    }  # fmt: skip
    return BlockReport(**{**given, **changes})


def record(**changes):
    statement = (
        "Viola Swift of Hill School took part in Northern project exchange in 2026/27 as practitioner "
        "at Millbrook Primary School."
    )
    done = (
        "Visit to the host school, three days: 3 February 2027, 10 February 2027 and 24 February 2027",
        "Presentation of the findings: 10 June 2027",
        "Findings and action plan: sent in on 3 May 2027 and agreed by the school that it is about",
    )
    rows = (("3 February 2027", "Millbrook Primary School", "Yes"), ("10 February 2027", "Millbrook", "Yes"))
    given = {
        "head": head(title="Record of leadership development", subject="Viola Swift"), "lead": statement,
        "summary_title": "",
        "parts": (
            CertificatePart(title="What was done", name="Viola Swift", statement=statement, done=done),
            PointsPart(title="What you aimed at", lines=("Listening and asking", "Weighing evidence")),
            PointsPart(title="How far you have come", lines=("Listening and asking: Secure",)),
            TablePart(title="Your visits", columns=("Day", "Where", "Was there"), rows=rows, note="Two days."),
        ),
    }  # fmt: skip
    return BlockReport(**{**given, **changes})


def impact(**changes):
    rating: tuple[Rating, ...] = ("complete", "on-track", "at-risk", "off-track")
    labelled = [(f"School {number % 5}", rating[number % 4]) for number in range(23)]
    rows = (("Complete", "6"), ("On track", "6"), ("At risk", "6"), ("Off track", "5"))
    ledger = (("Hill School", "1", "1", "+0"), ("Millbrook Primary School", "2", "1", "+1"))
    given = {
        "head": head(title="What the exchange has changed", subject="Northern project exchange", facts=("2026/27",)),
        "lead": "Your school posts a project that somebody else looks into.", "summary_title": "In short",
        "parts": (
            TablePart(
                title="How the actions stand", columns=("How it stands", "Actions"), rows=rows, numbers=(1,),
                bars=plan_figures.bars(labelled), note="23 actions in five plans, as on 21 June 2027.",
            ),
            TablePart(
                title="Who gave and who received", columns=("School", "Gave", "Received", "Difference"), rows=ledger,
                numbers=(1, 2, 3), note="A school gives when a colleague works on something elsewhere.",
            ),
        ),
    }  # fmt: skip
    return BlockReport(**{**given, **changes})


def brochure(**changes):
    rows = (("1 September 2026 to 30 September 2026", "Schools join"), ("5 November 2026", "The list goes round"))
    text = "A colleague of yours looks into a question at another school.\n\nEach project takes a few visits."
    given = {
        "head": head(title="About project exchange", subject="Northern project exchange", facts=("2026/27",)),
        "lead": "Your school posts a project that somebody else looks into.", "summary_title": "In short",
        "parts": (
            TextPart(title="What it is", text=text),
            TablePart(title="The year", columns=("When", "What"), rows=rows),
        ),
    }  # fmt: skip
    return BlockReport(**{**given, **changes})


def hostile():
    seen = Seen(title=HOSTILE, detail=LONG, evidence=(HOSTILE, UNBROKEN[:2000]))
    worst = (HOSTILE, "\n\n\n", "one\n\ntwo\r\nthree\u2028four", LONG)
    actions = samples.hostile_action_plan().actions
    return findings(
        head=head(programme=HOSTILE, title=HOSTILE, subject=HOSTILE, facts=(HOSTILE,)),
        summary=HOSTILE + LONG,
        parts=(
            FindingsPart(title=HOSTILE, findings=(seen,)),
            ActionsPart(title=HOSTILE, actions=actions, bars=(), months=()),
            PointsPart(title=HOSTILE, lines=worst),
            TextPart(title=HOSTILE, text=HOSTILE),
            TablePart(
                title=HOSTILE, columns=(HOSTILE, "=1+1"), rows=((HOSTILE, UNBROKEN[:300]), ("=HYPERLINK(1)", "+1")),
                numbers=(1,), note=HOSTILE,
            ),
            CertificatePart(title=HOSTILE, name=HOSTILE, statement=HOSTILE, text=LONG, done=worst, ended=HOSTILE),
        ),
    )  # fmt: skip
