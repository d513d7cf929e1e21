"""Findings and action plan: rows that can be added and taken out, with or without JavaScript."""

from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.questions import worded
from services.portal.domain.reading import Reading
from services.portal.domain.records import FindingsRequest, School
from services.portal.domain.rows import indexes, stepped
from services.portal.pages.forms import findings_fields as form_of
from services.portal.pages.forms.form import Facts, FormPage, Saved, Values
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.reporting import FormState, ShowForm


class FindingsPage(FormPage):
    """A school's, written by its pair; sending it again makes a new version."""

    purpose: ClassVar[str] = "findings"
    template: ClassVar[str] = "findings.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return whose findings, for which cohort, and the questions."""
        asked, school = await _about(portal, visitor)
        programme = await portal.read.programmes.get(school.programme_id)
        spec = programme.form("findings") if programme else None
        if not access.may_find(visitor.person_id, school, asked, spec):
            raise Hidden
        cohort_id = asked.cohort_id if asked else await _cohort(portal, school)
        return {
            "school": school,
            "asked": asked,
            "cohort_id": cohort_id,
            "programme": programme,
            "title": spec.title if spec else "Findings and action plan",
            "questions": worded(form_of.QUESTIONS, spec),
            "intro": spec.intro if spec else "",
            "indexes": indexes,
            "statuses": form_of.FINDING_STATUS,
            "action_statuses": form_of.ACTION_STATUS,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was sent before, or an empty row of each."""
        about = ShowForm(
            form="findings",
            target_id=facts["school"].school_id,
            person_id=visitor.person_id,
            cohort_id=facts["cohort_id"],
        )
        state: FormState = await portal.owners.find(about)
        return form_of.values_of(state.content)

    def step(self, values: Values, button: str) -> tuple[dict[str, str], str] | None:
        """Add or take out a finding or an action."""
        kind = button.split("-")[1] if "-" in button else ""
        return stepped(values, button, form_of.COLUMNS, form_of.MOST.get(kind, 0))

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return findings and plan."""
        school: School = facts["school"]
        return form_of.read(
            reading,
            facts["questions"],
            programme_id=school.programme_id,
            cohort_id=facts["cohort_id"],
            school_id=school.school_id,
            person_id=visitor.person_id,
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say that the report follows and who gets it."""
        found, plan = len(command.findings), len(command.actions)
        said = f"{facts['school'].name}: {words.count(found, 'finding')} and {words.count(plan, 'action')} saved."
        after = (
            "The report is being made now and goes by mail to your headteacher, CPD lead, chair of governors and clerk."
        )
        return Saved("Findings and action plan saved", (said, after))


async def _about(portal: Portal, visitor: Visitor) -> tuple[FindingsRequest | None, School]:
    """A findings link is about a request, a school, or the findings of a school; all lead to the school."""
    target = visitor.link.target_id
    requests = await portal.read.forms.findings_requests_of(visitor.person_id)
    asked = next((one for one in requests if target in {one.request_id, one.school_id, one.cohort_id}), None)
    mine = await portal.read.schools.of_person(visitor.person_id)
    wanted = asked.school_id if asked else target
    programme_id = asked.programme_id if asked else visitor.link.programme_id
    chosen = [one for one in mine if one.school_id == wanted and programme_id in {None, one.programme_id}]
    if not chosen and asked:
        chosen = await portal.read.schools.of_programme(asked.programme_id, [asked.school_id])
    if not chosen and visitor.link.target_kind in {"findings", "action"}:
        chosen = [one for one in mine if programme_id in {None, one.programme_id}]
    if not chosen:
        raise Hidden
    return asked or next((one for one in requests if one.school_id == chosen[0].school_id), None), chosen[0]


async def _cohort(portal: Portal, school: School) -> str:
    groups = await portal.read.groups.of_schools([school.school_id], school.programme_id)
    if not groups:
        raise Hidden
    return groups[0].cohort_id
