"""The papers of a meeting, for who is invited to it."""

from services.portal.pages.portal import Portal, Visitor
from shared.commands.agreed_visits import ArrangementDetail, ShowDays
from shared.commands.reports import ListPapers, Paper, Papers


async def papers_of(portal: Portal, visitor: Visitor) -> tuple[Paper, ...]:
    """The papers of the meeting whose days a link is about, as they stand for its person. Raises Hidden."""
    about = {"match_id": visitor.link.target_id, "activity": visitor.link.form, "person_id": visitor.person_id}
    days: ArrangementDetail = await portal.shown(ShowDays.model_validate(about))
    programme = await portal.read.whole.get(days.programme_id)
    declared = programme.template.activity(days.activity) if programme else None
    if declared is None or not declared.papers:
        return ()
    query = ListPapers.model_validate({**about, "programme_id": days.programme_id})
    found: Papers = await portal.owners.find(query)
    return found.papers
