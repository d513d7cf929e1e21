"""The words that each kind of mail needs, by its key: what the template prints beyond who it is to."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from services.notifications.domain import words
from services.notifications.domain.targets import Target
from services.notifications.mail.scribe import Scribe
from services.notifications.mail.views import ReportView, TroubleView

Words = dict[str, Any]
_REPORT_TITLES = {
    "action-plan": "Findings and action plan",
    "appraisal": "Appraisal",
    "impact": "Impact of the programme",
}


def words_for(scribe: Scribe) -> Words:
    """Return what the template of the scribe's mail prints; raises KeyError when something is not known."""
    return _BY_TEMPLATE.get(scribe.mail.template, _about_target)(scribe)


def _about_target(scribe: Scribe) -> Words:
    facts = scribe.mail.facts
    target: Target = scribe.known.targets[scribe.mail.target_id]
    moved = words.day(dt.date.fromisoformat(facts["moved_from"])) if facts.get("moved_from") else ""
    return {"t": scribe.target(target, moved, facts.get("why", "")), "left": scribe.mail.left}


def _offered(scribe: Scribe) -> Words:
    facts = scribe.mail.facts
    offers = [dt.date.fromisoformat(day) for day in json.loads(facts["offers"])]
    deadline = words.moment(dt.datetime.fromisoformat(facts["deadline"]), facts["timezone"])
    return {
        "others": scribe.others(), "days": [words.day(day) for day in offers], "deadline": deadline,
        "about": _about(scribe),
    }  # fmt: skip


def _refused(scribe: Scribe) -> Words:
    people = scribe.mail.refs["people"].split()
    found = scribe.known.agreements.get(scribe.mail.target_id)
    return {
        "who": words.listed([scribe.name(one) for one in people]),
        "days": [words.day(day) for day in found.offers] if found else [],
        "about": _about(scribe),
        "notes": [(scribe.name(one.person_id), one.note) for one in found.notes] if found else [],
        "command": f"kindred dates show {scribe.mail.target_id[:12]}",
    }


def _agreed(scribe: Scribe) -> Words:
    return {**_about_target(scribe), "about": _about(scribe)}


def _about(scribe: Scribe) -> str:
    found = scribe.known.agreements.get(scribe.mail.target_id)
    return found.about if found else ""


def _call_offered(scribe: Scribe) -> Words:
    return {"others": scribe.others(), "minutes": int(scribe.mail.facts["minutes"])}


def _call(scribe: Scribe) -> Words:
    return {**_about_target(scribe), "minutes": int(scribe.mail.facts["minutes"])}


def _cohort_formed(scribe: Scribe) -> Words:
    group = scribe.group()
    pair = scribe.programme.template.enrolment.pair if scribe.programme else ()
    invited = scribe.mail.role in pair
    titles = words.listed([words.role_title(role) for role in pair])
    steps = [
        f"{'You get' if invited else f'The {titles} of each school get'} an invitation for every visit and event.",
        "Each school hosts one visit day. Before it, the host writes what the others shall look at.",
    ]
    if scribe.mail.role in {"chair-of-governors", "clerk", "governor"}:
        steps.append("You get your school's report when there is one. Until then you do not have to do anything.")
    return {"group": group, "names": words.listed([school.name for school in group.others]), "steps": steps}


def _group_changed(scribe: Scribe) -> Words:
    group, facts = scribe.group(), scribe.mail.facts
    joined = [scribe.school_name(school_id) for school_id in facts.get("joined", "").split()]
    left = [scribe.school_name(school_id) for school_id in facts.get("left", "").split()]
    parts = [f"{words.listed(joined)} joined your group."] if joined else []
    parts += [f"{words.listed(left)} left your group."] if left else []
    return {"group": group, "change": " ".join(parts) or "Your group has changed."}


def _waiting(scribe: Scribe) -> Words:
    return {"rule": scribe.mail.facts.get("rule", "").replace("-", " ")}


def _findings(scribe: Scribe) -> Words:
    return {"due": words.day(dt.date.fromisoformat(scribe.mail.facts["due"]))}


def _report(scribe: Scribe) -> Words:
    facts, programme = scribe.mail.facts, scribe.programme
    kind = facts["kind"]
    specs = programme.template.reports if programme else ()
    title = next((spec.title for spec in specs if spec.key == kind), _REPORT_TITLES[kind])
    about = scribe.school_name(scribe.mail.refs.get("school")) or (programme.name if programme else "")
    attached = facts.get("attached") == "yes"
    found: Words = {"report": ReportView(title, about, int(facts["pages"]), attached, int(facts["edition"]) > 1)}
    target = scribe.known.targets.get(scribe.mail.target_id)
    if scribe.mail.template == "appraisal-report":
        found["t"] = scribe.target(target) if target else {"day": "the programme"}
    return found


def _question(scribe: Scribe) -> Words:
    facts, target = scribe.mail.facts, scribe.known.targets.get(scribe.mail.target_id)
    about = "a group"
    if target is not None:
        view = scribe.target(target)
        about = f"{view.host or view.title}, {view.day}"
    person = scribe.mail.refs.get("person")
    return {
        "question": words.question(facts["question"]), "about": about, "sentence": facts.get("sentence", ""),
        "who": scribe.name(person) if person else "",
    }  # fmt: skip


def _reasons(scribe: Scribe) -> Words:
    facts = scribe.mail.facts
    return {
        "reasons": json.loads(facts.get("reasons", "[]")), "more": int(facts.get("more", "0")),
        "sentence": facts.get("sentence", ""),
    }  # fmt: skip


def _plain(scribe: Scribe) -> Words:
    return dict(scribe.mail.facts)


def _report_failed(scribe: Scribe) -> Words:
    facts = scribe.mail.facts
    school = scribe.school_name(scribe.mail.refs.get("school"))
    return {"reason": facts["reason"], "report": _REPORT_TITLES[facts["kind"]], "school": school}


def _troubles(scribe: Scribe) -> Words:
    rows = json.loads(scribe.mail.facts.get("troubles", "[]"))
    shown = [TroubleView(scribe.name(row["person_id"]), row["to"], row["subject"], row["detail"]) for row in rows]
    return {"troubles": shown}


_BY_TEMPLATE: dict[str, Callable[[Scribe], Words]] = {
    "dates-offered": _offered,
    "dates-refused": _refused,
    "dates-agreed": _agreed,
    "dates-withdrawn": _agreed,
    "call-offered": _call_offered,
    "call-booked": _call,
    "call-cancelled": _call,
    "cohort-formed": _cohort_formed,
    "group-changed": _group_changed,
    "waiting-list": _waiting,
    "findings-request": _findings,
    "findings-reminder": _findings,
    "action-overdue": _findings,
    "report-ready": _report,
    "appraisal-report": _report,
    "impact-report": _report,
    "coordinator-question": _question,
    "scheduling-failed": _reasons,
    "cohort-failed": _reasons,
    "cohort-draft": _plain,
    "calendar-draft": _plain,
    "report-failed": _report_failed,
    "bounce-notice": _troubles,
}
