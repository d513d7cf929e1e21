"""Reports for tests: ordinary ones, and some with the worst that people and machines put into a form."""

import datetime as dt

from services.reporting.domain.impact import Block
from services.reporting.domain.reports.action_plan import action_plan_report
from services.reporting.domain.reports.appraisal import appraisal_report
from services.reporting.domain.reports.impact import Asked, impact_report
from services.reporting.domain.reports.model import SchoolLine
from shared.commands.reporting import Finding, PlannedAction

TODAY = dt.date(2027, 6, 21)
SCHOOL = SchoolLine(name="Millbrook Primary School", urn=999901, authority="Leeds")
PROGRAMME = "Yorkshire peer visits"
HOSTILE = (
    "\x00\x07\x1b[31mred\x7f \u202eesrever\u202c \u2066isolated\u2069 \ue000 \U0010ffff \ufdd0"
    ' #set page(fill: red) #read("/etc/passwd") #import "@preview/x:1.0.0" $x^2$ \\ `raw` *b* _i_ <l> @ref = Head'
    " {{ 7*7 }} {% include 'base.html' %} {# no #} <script>alert(1)</script> <img src=x onerror=alert(1)> &amp;"
    ' =HYPERLINK("http://evil.example","click") +1 -1 @SUM(A1)'
    " \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f \u2705 \U0001f600"
    " 1\ufe0f\u20e3"
    " \u00e9 e\u0301 Q\u0334\u0337\u0328 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea"
    " \u0939\u093f\u0928\u094d\u0926\u0940 \u09ac\u09be\u0982\u09b2\u09be \u0a2a\u0a70\u0a1c\u0a3e\u0a2c\u0a40"
    " \u0e44\u0e17\u0e22 \u6f22\u5b57 \ud55c\uad6d\uc5b4 \U00013000 \U0001fae8"
)  # fmt: skip
LONG = ("Pupils read aloud every day. " * 1725)[:50_000]
UNBROKEN = "W" * 50_000

STATEMENTS = {
    "plan_to_use": "I plan to use something from today in my own school",
    "want_to_share": "I saw something I want to share with other leaders",
}

FINDINGS = (
    Finding(
        title="Reading fluency is improving but uneven",
        detail="Pupils in Years 3 and 4 read well.\n\nIn Years 5 and 6 one class in three still decodes.",
        status="at-risk",
        evidence=("12 lesson visits", "Fluency screen, 184 pupils"),
    ),
    Finding(title="Attendance systems work well", status="on-track", evidence=("Attendance returns",)),
    Finding(title="Governors challenge leaders", detail="Minutes show it.", status="complete"),
)
ACTIONS = (
    PlannedAction(
        what="Choose texts by fluency band", owner="English lead", due=dt.date(2027, 7, 16),
        success="Nine readers in ten can read the class text", priority="Reading",
    ),
    PlannedAction(
        what="Train teaching assistants", owner="Deputy head", due=dt.date(2027, 12, 3),
        success="All trained", status="under-way", priority="Reading",
    ),
    PlannedAction(
        what="Call on the first day of absence", owner="Office", due=dt.date(2027, 5, 28),
        success="Every absence called", status="under-way", priority="Attendance",
    ),
    PlannedAction(
        what="Publish minutes", owner="Clerk", due=dt.date(2027, 3, 1), success="On the website", status="done",
    ),
    PlannedAction(what="Buy tablets", owner="Bursar", due=dt.date(2027, 4, 1), success="Bought", status="dropped"),
)  # fmt: skip


def action_plan(**changes):
    given = {
        "report_id": "rpt-1a2b3c4d5e6f", "edition": 2, "title": "Findings and action plan", "programme": PROGRAMME,
        "cohort": "Cohort of 2026/27", "school": SCHOOL, "summary": "Attendance has risen in every term.",
        "findings": FINDINGS, "actions": ACTIONS, "visits_attended": 3, "today": TODAY,
    }  # fmt: skip
    return action_plan_report(**{**given, **changes})


def appraisal(**changes):
    given = {
        "report_id": "rpt-9f8e7d6c5b4a", "edition": 1, "title": "Appraisal after the visit", "programme": PROGRAMME,
        "host": SCHOOL, "held_on": dt.date(2027, 5, 13), "visitors": 6,
        "partners": ("Oakfield Academy", "St Mary's C of E Primary School"),
        "strengths": ("Reading is taught with conviction.", "Middle leaders know their subjects."),
        "develop": ("Questioning rests on few volunteers.",), "next_steps": ("Visit Oakfield's mathematics.",),
        "evidence": ("8 lesson visits", "Talk with 12 pupils"), "today": dt.date(2027, 5, 15),
    }  # fmt: skip
    return appraisal_report(**{**given, **changes})


def blocks_and_asked(groups, name="Hill School"):
    blocks, asked = [], []
    for group in range(groups):
        for visit in range(3):
            target = f"vis-{group}-{visit}"
            asked.append(Asked(target, f"{name}, {3 + visit} March 2027", f"grp-{group}", f"Group {group + 1}"))
            if (group + visit) % 5:
                agree = {"plan_to_use": 6, "want_to_share": 5 - visit}
                blocks.append(Block(scope="target", scope_id=target, group_id=f"grp-{group}", answers=7, agree=agree))
    asked.append(Asked("evt-1", "Launch event, 17 September 2026", None))
    blocks.append(Block(scope="target", scope_id="evt-1", answers=31, agree={"plan_to_use": 25, "want_to_share": 22}))
    return blocks, asked


def impact(groups=4, name="Hill School", **changes):
    blocks, asked = blocks_and_asked(groups, name)
    given = {
        "report_id": "rpt-5555aaaa", "edition": 1, "title": "Impact of the programme", "programme": PROGRAMME,
        "year": "2026/27", "schools": 3 * groups, "blocks": blocks, "asked": asked, "statements": STATEMENTS,
        "smallest": 5, "today": TODAY,
    }  # fmt: skip
    return impact_report(**{**given, **changes})


def hostile_action_plan():
    findings = (
        Finding(title=HOSTILE, detail=LONG, status="off-track", evidence=(HOSTILE, UNBROKEN[:2000])),
        Finding(title="x", detail=UNBROKEN),
    )
    actions = (
        PlannedAction(
            what='=HYPERLINK("http://evil.example","click")', owner=UNBROKEN[:300], due=TODAY,
            success=HOSTILE, priority=HOSTILE,
        ),
        *(PlannedAction(what=f"Do {n}", owner="o", due=TODAY, success="s", priority=f"{n}") for n in range(12)),
    )  # fmt: skip
    school = SchoolLine(name=HOSTILE, urn=1, authority=HOSTILE)
    return action_plan(summary=HOSTILE + LONG, findings=findings, actions=actions, school=school, programme=HOSTILE)


def hostile_appraisal():
    lines = (HOSTILE, "\n\n\n", "one\n\ntwo\r\nthree\u2028four", LONG)
    return appraisal(
        strengths=lines, develop=(HOSTILE,), next_steps=(), evidence=lines, partners=(HOSTILE,), title=HOSTILE
    )


def hostile_impact():
    return impact(groups=40, name=HOSTILE, statements={"plan_to_use": HOSTILE, "want_to_share": UNBROKEN[:300]})
