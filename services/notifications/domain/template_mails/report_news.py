"""What people hear of a report where the template says nothing: that it is there, or why it is not."""

from dataclasses import dataclass

from services.notifications.domain.template_mails.wording import About, Letter, Part, Rows

NOTED = "The link is yours alone: please do not pass it on. Each time the report is opened is noted."


@dataclass(frozen=True)
class Made:
    """A report in words: its title, which edition, how long, and why there is none."""

    key: str
    title: str
    edition: int = 1
    pages: int = 0
    size: int = 0
    reason: str = ""


def released(report: Made, about: About, page: str) -> Letter:
    """Tell somebody that they can read it."""
    new = report.edition > 1
    lead = "There is a new version of this report. You can read it from now on." if new else "You can read this report."
    part = Part(lead, button="Read the report", page=page, facts=_facts(report, about), after=(NOTED,))
    of = about.title or about.school
    subject = f"{report.title}, {of}" if of else report.title
    return Letter(f"{subject} (version {report.edition})" if new else subject, report.title, lead, (part,))


def failed(report: Made, about: About) -> Letter:
    """Tell the coordinator that it could not be made."""
    facts = _facts(report, about)
    part = Part(report.reason, button="Have it made again", page="console_reports", facts=facts)
    return Letter(f"Not made: {report.title}", report.title, report.reason, (part,))


def _facts(report: Made, about: About) -> Rows:
    pages = "1 page" if report.pages == 1 else f"{report.pages} pages"
    length = f"{pages}, {max(report.size // 1024, 1)} KB as PDF" if report.pages else ""
    school = about.school if about.school != about.title else ""
    return (("Report", report.title), ("About", about.title), ("School", school), ("Length", length))
