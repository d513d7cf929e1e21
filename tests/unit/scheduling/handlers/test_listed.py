"""What a person sees of a cohort's calendar."""

import datetime as dt

from services.scheduling.domain.visits.records import AnswerRecord
from services.scheduling.handlers.queries.visits import VisitQueries
from shared.commands.scheduling import ListVisits
from tests.fakes.memory import Memory
from tests.unit.scheduling.cohorts import remembered, varied

AT = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)


async def test_a_person_sees_their_part_of_an_event_whole_and_the_answers_to_each_visit():
    found = await remembered(varied(), Memory())
    record = next(each for each in varied().published.visits if each.state == "published")
    person = record.visit.attendees[0].person_id
    said = AnswerRecord(
        target_id=record.visit.visit_id, person_id=person, version=1, answer="declined", via="page", sequence=0, at=AT
    )
    for each in (said, said.model_copy(update={"version": 2, "answer": "accepted"})):
        await found.answers.add(each)
    queries = VisitQueries(found.visits, found.events, found.listings, found.answers, found.cohorts)
    shown = await queries.visits(ListVisits(person_id=person))
    theirs = [each.event for each in varied().published.events if person in each.invited]
    assert [row.event for row in shown.events] == theirs
    answers = {row.visit.visit_id: [(one.person_id, one.answer) for one in row.answers] for row in shown.visits}
    assert answers.pop(record.visit.visit_id) == [(person, "accepted")]
    assert set(map(tuple, answers.values())) == {()}
