"""What is listed of agreed days and calls, and what people add to their answers."""

import datetime as dt

from shared.commands.scheduling_dates import (
    AnswerDates,
    BookCall,
    CancelCall,
    DayLine,
    ListAgreements,
    ListCalls,
    NoteRow,
    OfferDates,
    OpenCalls,
    OpeningLine,
    ShowAgreement,
    WithdrawDates,
)
from shared.events.programmes import PersonErased
from shared.events.scheduling_dates import DatesAgreed, DatesAnswered, DatesRefused
from tests.unit.scheduling.world import START

ADA, BO, CY = "per-ada", "per-bo", "per-cy"
MONDAY = dt.date(2026, 10, 12)
DEADLINE = START + dt.timedelta(days=5)
NINE = dt.datetime(2026, 10, 23, 8, tzinfo=dt.UTC)


async def offered(world, people, number, about=""):
    day = MONDAY + dt.timedelta(days=number)
    command = OfferDates(person_ids=people, earliest=day, latest=day, deadline=DEADLINE, about=about)
    return (await world.client.ask(command)).id, day


async def says(world, agreement, person, answer, note=""):
    lines = (DayLine(on=agreement[1], answer=answer),)
    command = AnswerDates(agreement_id=agreement[0], person_id=person, lines=lines, note=note)
    return await world.client.ask(command)


async def agreements(world, **where):
    found = await world.client.find(ListAgreements(**where))
    return found.total, [row.agreement_id for row in found.agreements]


async def calls(world, **where):
    found = await world.client.find(ListCalls(**where))
    return found.total, [row.call_id for row in found.calls]


async def test_agreements_are_listed_by_state_and_person_the_latest_days_first(world):
    assert await agreements(world) == (0, [])
    waiting, settled, refused, withdrawn = [
        await offered(world, people, number)
        for number, people in enumerate([(ADA, BO), (ADA, CY), (BO, CY), (ADA, BO)])
    ]
    for agreement, answers in ((settled, "yy"), (refused, "yn"), (withdrawn, "yy")):
        people = (await world.client.find(ShowAgreement(agreement_id=agreement[0]))).person_ids
        for person, answer in zip(people, answers, strict=True):
            await says(world, agreement, person, {"y": "yes", "n": "no"}[answer])
    await world.client.ask(WithdrawDates(agreement_id=withdrawn[0]))
    ids = [one[0] for one in (waiting, settled, refused, withdrawn)]
    assert await agreements(world) == (4, ids[::-1])
    assert await agreements(world, limit=2, offset=1) == (4, ids[2:0:-1])
    for number, state in enumerate(("waiting", "settled", "nothing-suits", "lapsed")):
        assert await agreements(world, state=state) == (1, [ids[number]])
    assert await agreements(world, person_id=CY) == (2, [ids[2], ids[1]])
    assert await agreements(world, person_id=CY, state="settled") == (1, [ids[1]])
    await world.to(DEADLINE)
    assert await agreements(world, state="lapsed") == (3, [ids[3], ids[2], ids[0]])


async def test_calls_are_listed_by_state_and_person_the_latest_first(world):
    assert await calls(world) == (0, [])
    lines = (OpeningLine(on=NINE.date(), first=dt.time(9), last=dt.time(12)),)
    await world.client.ask(OpenCalls(person_id=ADA, openings=lines))
    ids = []
    for number, other in enumerate((BO, CY, BO)):
        start = NINE + dt.timedelta(hours=number)
        ids.append((await world.client.ask(BookCall(person_ids=(ADA, other), start=start))).id)
    await world.client.ask(CancelCall(call_id=ids[1]))
    assert await calls(world) == (3, ids[::-1])
    assert await calls(world, limit=1, offset=2) == (3, [ids[0]])
    assert await calls(world, person_id=BO) == (2, [ids[2], ids[0]])
    assert await calls(world, state="cancelled") == (1, [ids[1]])
    await world.to(NINE + dt.timedelta(minutes=30))
    assert await calls(world, state="over") == (1, [ids[0]])
    assert await calls(world, state="booked") == (1, [ids[2]])
    (row,) = (await world.client.find(ListCalls(state="over"))).calls
    assert (row.person_ids, row.on, row.starts, row.minutes) == ((ADA, BO), NINE.date(), dt.time(9), 30)


async def test_what_the_day_is_for_and_the_notes_are_kept_until_the_person_is_erased(world):
    agreement = await offered(world, (ADA, BO), 0, about="peer coaching")
    await says(world, agreement, ADA, "no", "Mornings only.")
    await says(world, agreement, BO, "yes", "  ")
    shown = await world.client.find(ShowAgreement(agreement_id=agreement[0]))
    assert (shown.about, shown.notes) == ("peer coaching", (NoteRow(person_id=ADA, note="Mornings only."),))
    await says(world, agreement, ADA, "no", "Any day but Friday.")
    await says(world, agreement, BO, "yes", "After ten.")
    await world.tell(PersonErased(person_id=ADA, version=2, erased_on=MONDAY))

    async def notes():
        return (await world.client.find(ShowAgreement(agreement_id=agreement[0]))).notes

    assert await notes() == (NoteRow(person_id=BO, note="After ten."),)


async def test_that_none_suits_is_told_once_until_an_answer_changes_it(world):
    agreement = await offered(world, (ADA, BO), 0)
    first = await says(world, agreement, ADA, "no")
    assert first.sentence.endswith("Once the other has answered too, the coordinator can offer other days.")
    assert world.of(DatesRefused) == []
    done = await says(world, agreement, BO, "yes")
    assert done.sentence == "None of the days suits both. The coordinator is told and can offer others."
    await says(world, agreement, BO, "if-need-be")
    (refused,) = await world.until(DatesRefused)
    assert (refused.agreement_id, refused.person_ids, refused.version) == (agreement[0], (ADA, BO), 2)
    await says(world, agreement, ADA, "yes")
    (agreed,) = await world.until(DatesAgreed)
    assert (agreed.version, len(world.of(DatesRefused))) == (3, 1)
    assert [(told.person_id, told.version) for told in world.of(DatesAnswered)] == [(ADA, 1), (BO, 2)]


async def test_answering_again_replaces_the_answer_until_the_day_is_settled_once(world):
    agreement = await offered(world, (ADA, BO), 0)
    for answer in ("no", "if-need-be"):
        await says(world, agreement, ADA, answer)
    shown = await world.client.find(ShowAgreement(agreement_id=agreement[0]))
    assert [(row.person_id, row.answer) for row in shown.said] == [(ADA, "if-need-be")]
    await says(world, agreement, BO, "yes")
    assert [agreed.on for agreed in await world.until(DatesAgreed)] == [agreement[1]]
