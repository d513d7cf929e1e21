"""Whether schools take part: yes, maybe until a day, no with a reason; by which rule it was decided."""

import datetime as dt

import pytest

from services.programmes.domain.register.words import Status
from shared.commands import participation as asks
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.errors import Rejected
from shared.events import participation as told
from shared.events import programmes_parts as parts
from shared.events.forms import EntryWithdrawn, FormSubmitted
from tests.unit.programmes.made import entry

URN, OTHER = 106557, 106564
SCHOOL = f"sch-{URN}"
LEAD = PersonDetails(role="cpd-lead", name="Cy Lead", email="cy@s.example")


def opening(year=2026):
    return OpenProgramme(
        template="project-exchange", name=f"Exchange {year}", year=year, coordinator_name="Coral",
        coordinator_email="coral@kindred.example",
    )  # fmt: skip


def project(programme_id, number=1, kind=FormSubmitted, version=1):
    facts = {"entry_id": f"ent-{number}", "programme_id": programme_id, "form": "project", "about": "school"}
    facts |= {"about_id": SCHOOL, "school_id": SCHOOL, "number": 1, "person_id": "per-1", "version": version}
    return kind(**facts, **({"on": dt.date(2026, 10, 1)} if kind is EntryWithdrawn else {}))


@pytest.fixture
async def exchange(office):
    """An exchange with two schools in the register, one of them enrolled."""
    await office.stores.register.put_entries([entry(urn, status=Status.OPEN) for urn in (URN, OTHER)], [])
    programme_id = (await office.bus.ask(opening())).id
    people = (LEAD, LEAD.model_copy(update={"role": "headteacher"}))
    await office.bus.ask(EnrolSchool(programme_id=programme_id, urn=URN, people=people, strengths=(), needs=()))
    return programme_id


def said(programme_id, answer, reason="", urn=URN, **changed):
    return asks.AnswerParticipation(programme_id=programme_id, urn=urn, answer=answer, reason=reason, **changed)


def lead(office):
    """The id of the CPD lead who takes part for the school."""
    return next(one.person_id for one in office.of(parts.RoleTaken) if one.role == "cpd-lead")


async def rows(office, programme_id):
    return {one.urn: one for one in (await office.find(asks.ListParticipation(programme_id=programme_id))).rows}


async def test_who_is_enrolled_takes_part_and_a_rule_that_is_not_kept_is_shown(office, exchange):
    (row,) = (await rows(office, exchange)).values()

    assert (row.urn, row.enrolled, row.answer, row.outcome) == (URN, True, "yes", "")
    (rule,) = row.rules
    assert (rule.rule, rule.of, rule.kept) == ("least", "project", False)
    assert rule.sentence == "A project for somebody from another school: 0, and at least 1 asked for."


async def test_a_school_that_keeps_to_every_rule_is_admitted_by_them(office, exchange):
    await office.bus.tell(project(exchange))

    (decided,) = office.of(told.ParticipationDecided)
    assert (decided.outcome, decided.rule, decided.school_id) == ("admitted", "rules", SCHOOL)
    row = (await rows(office, exchange))[URN]
    assert (row.outcome, row.outcome_reason, row.decided_on) == ("admitted", "Keeps to every rule.", decided.on)
    assert row.rules[0].kept


async def test_an_entry_that_no_longer_stands_does_not_count(office, exchange):
    await office.bus.tell(project(exchange, version=2, kind=EntryWithdrawn), project(exchange))

    assert office.of(told.ParticipationDecided) == []
    assert not (await rows(office, exchange))[URN].rules[0].kept


async def test_a_school_without_an_entry_says_why(office, exchange):
    await office.bus.ask(
        asks.ExceptFromRule(programme_id=exchange, urn=URN, rule="least", reason="We only want to give this year.")
    )

    (excepted,) = office.of(told.RuleExcepted)
    assert (excepted.rule, excepted.of, excepted.how) == ("least", "project", "reason")
    assert "give" not in excepted.model_dump_json()
    row = (await rows(office, exchange))[URN]
    assert (row.outcome, row.outcome_reason) == ("admitted", "Excepted from least.")
    assert (row.rules[0].excepted, row.rules[0].reason) == ("reason", "We only want to give this year.")


async def test_only_rules_of_the_template_can_be_excepted_from(office, exchange):
    with pytest.raises(Rejected, match=r"^unknown-rule: This programme has no rule 'most' for taking part"):
        await office.bus.ask(asks.ExceptFromRule(programme_id=exchange, urn=URN, rule="most", reason="x"))


async def test_maybe_has_a_reason_and_a_last_day_and_lapses_after_it(office, exchange):
    with pytest.raises(Rejected, match=r"^reason-missing"):
        await office.bus.ask(said(exchange, "maybe"))
    await office.bus.ask(said(exchange, "maybe", "Our head is new.", person_id=lead(office)))

    (answered,) = office.of(told.ParticipationAnswered)
    assert (answered.answer, answered.provisional_until) == ("maybe", dt.date(2026, 10, 15))
    assert "head" not in answered.model_dump_json()
    await office.bus.tell(project(exchange))
    assert office.of(told.ParticipationDecided) == []
    await office.bus.to(dt.datetime(2026, 10, 16, 5, tzinfo=dt.UTC))
    (asked,) = office.of(told.ParticipationAsked)
    assert (asked.because, asked.person_id, asked.until) == ("provisional", lead(office), dt.date(2026, 10, 15))
    assert office.of(parts.SchoolWithdrawn) == []

    await office.bus.to(dt.datetime(2026, 10, 16, 7, tzinfo=dt.UTC))

    (decided,) = office.of(told.ParticipationDecided)
    assert (decided.outcome, decided.rule) == ("lapsed", "provisional")
    assert [one.school_id for one in office.of(parts.SchoolWithdrawn)] == [SCHOOL]
    row = (await rows(office, exchange))[URN]
    assert (row.enrolled, row.outcome_reason) == (False, "The answer was still maybe after 15/10/2026.")


async def test_a_maybe_that_became_yes_stays(office, exchange):
    await office.bus.ask(said(exchange, "maybe", "Our head is new.", person_id=lead(office)))
    await office.bus.ask(said(exchange, "yes", person_id=lead(office)))
    await office.bus.to(dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    assert office.of(told.ParticipationAsked) == office.of(told.ParticipationDecided) == []
    assert (await rows(office, exchange))[URN].answer == "yes"
    with pytest.raises(Rejected, match=r"^too-late: A maybe counted until 15/10/2026"):
        await office.bus.ask(said(exchange, "maybe", "Again."))


async def test_no_withdraws_a_school_that_is_enrolled(office, exchange):
    await office.bus.ask(said(exchange, "no", "Too much else."))

    assert [one.school_id for one in office.of(parts.SchoolWithdrawn)] == [SCHOOL]
    row = (await rows(office, exchange))[URN]
    assert (row.answer, row.reason, row.enrolled) == ("no", "Too much else.", False)


async def test_the_same_answer_again_changes_nothing(office, exchange):
    for _ in range(2):
        await office.bus.ask(said(exchange, "no", "Too much else.", urn=OTHER))

    assert len(office.of(told.ParticipationAnswered)) == 1


async def test_who_said_no_is_asked_again_next_year_and_who_answered_is_written_to(office, exchange):
    asked = await office.bus.ask(asks.AskSchool(programme_id=exchange, urn=OTHER, person=LEAD))
    (first,) = office.of(told.ParticipationAsked)
    await office.bus.ask(said(exchange, "no", "Next year, perhaps.", urn=OTHER, person_id=first.person_id))

    again = (await office.bus.ask(opening(2027))).id

    (_, second) = office.of(told.ParticipationAsked)
    assert (second.programme_id, second.school_id) == (again, f"sch-{OTHER}")
    assert (second.because, second.person_id) == ("again", first.person_id)
    assert (await rows(office, again))[OTHER].answer == ""
    assert asked.id == first.participation_id


async def test_the_coordinator_decides_with_rule_and_reason(office, exchange):
    await office.bus.ask(
        asks.ExceptFromRule(programme_id=exchange, urn=URN, rule="least", reason="New school.", by_arrangement=True)
    )
    assert office.of(told.RuleExcepted)[0].how == "by-arrangement"

    await office.bus.ask(
        asks.DecideParticipation(programme_id=exchange, urn=URN, admitted=False, rule="capacity", reason="We are full.")
    )

    decided = office.of(told.ParticipationDecided)[-1]
    assert (decided.outcome, decided.rule) == ("refused", "capacity")
    assert "full" not in decided.model_dump_json()
    assert len(office.of(parts.SchoolWithdrawn)) == 1


async def test_a_programme_in_the_language_of_0_1_0_asks_nobody(office, programme_id):
    with pytest.raises(Rejected, match=r"^no-participation"):
        await office.bus.ask(said(programme_id, "yes"))


async def shown(office, programme_id, person_id, school_id=SCHOOL):
    query = asks.ShowParticipation(programme_id=programme_id, school_id=school_id, person_id=person_id)
    return await office.find(query)


async def test_somebody_of_the_school_sees_what_it_said_and_nobody_else_does(office, exchange):
    seen = await shown(office, exchange, lead(office))
    assert (seen.urn, seen.answer, seen.answers, seen.enrolled) == (URN, "yes", ("yes", "maybe", "no"), True)
    assert seen.later == ("practitioner", "line manager")
    assert seen.missing == ("A project for somebody from another school: 0, and at least 1 asked for.",)
    assert seen.until == dt.date(2026, 10, 15)
    for person_id, school_id in (("per-nobody", SCHOOL), ("", SCHOOL), (lead(office), f"sch-{OTHER}")):
        with pytest.raises(Rejected, match="no such school"):
            await shown(office, exchange, person_id, school_id)


async def test_whoever_was_asked_sees_it_and_one_who_wants_no_more_asking_is_not_asked_again(office, exchange):
    await office.bus.ask(
        asks.AskSchool(
            programme_id=exchange,
            urn=OTHER,
            person=LEAD.model_copy(update={"name": "Dee Head", "email": "dee@o.example", "role": "headteacher"}),
        )
    )
    (asked,) = office.of(told.ParticipationAsked)
    assert (await shown(office, exchange, asked.person_id, f"sch-{OTHER}")).answer == ""
    no = said(exchange, "no", "We are rebuilding.", OTHER, person_id=asked.person_id, ask_again=False)
    await office.bus.ask(no)
    assert not (await shown(office, exchange, asked.person_id, f"sch-{OTHER}")).ask_again
    await office.bus.ask(opening(2027))
    assert len(office.of(told.ParticipationAsked)) == 1


async def test_nobody_answers_for_a_school_of_which_they_are_not(office, exchange):
    await office.bus.ask(asks.AskSchool(programme_id=exchange, urn=OTHER, person=LEAD))
    asked = office.of(told.ParticipationAsked)[0].person_id
    stranger = LEAD.model_copy(update={"name": "Sid Stranger", "email": "sid@o.example"})
    await office.bus.ask(asks.AskSchool(programme_id=exchange, urn=OTHER, person=stranger))
    stranger_id = office.of(told.ParticipationAsked)[1].person_id

    for person_id in (stranger_id, "per-nobody", ""):
        with pytest.raises(Rejected, match=r"^not-entitled: Only who was asked, or takes part for the school"):
            await office.bus.ask(said(exchange, "no", "Not ours.", person_id=person_id))

    assert office.of(told.ParticipationAnswered) == office.of(parts.SchoolWithdrawn) == []
    await office.bus.ask(said(exchange, "no", "Too much else.", person_id=lead(office)))
    with pytest.raises(Rejected, match="not-entitled"):
        await office.bus.ask(said(exchange, "yes", urn=OTHER, person_id=asked))
    await office.bus.ask(said(exchange, "yes", urn=OTHER, person_id=stranger_id))


async def test_a_page_of_schools_is_looked_up_by_itself_and_found_by_name_or_urn(office, exchange):
    await office.bus.ask(asks.AskSchool(programme_id=exchange, urn=OTHER, person=LEAD))

    async def listed(**more):
        found = await office.find(asks.ListParticipation(programme_id=exchange, **more))
        return [one.urn for one in found.rows], found.total, found.known

    whole = (await office.find(asks.ListParticipation(programme_id=exchange))).rows
    assert await listed() == ([URN, OTHER], 2, 2)
    assert await listed(limit=1, offset=1) == ([OTHER], 2, 2)
    assert (await office.find(asks.ListParticipation(programme_id=exchange, limit=1))).rows == whole[:1]
    assert await listed(search=str(OTHER)) == ([OTHER], 1, 2)
    assert await listed(search=f"school {URN}") == ([URN], 1, 2)
    assert await listed(search="nowhere at all") == ([], 0, 2)
