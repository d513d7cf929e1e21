"""Lines that are answered, actions with owners and ids that stay; forms that open late or begin filled in."""

import datetime as dt

import pytest

from shared.commands import forms as asks
from shared.commands.forms import AnswerLines, LineAnswer
from shared.errors import Rejected
from shared.events.forms import EntryAnswered, FormSubmitted
from shared.events.programmes_parts import MomentReached
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import HOST, HOST_HEAD, HOST_LEAD, MATCH, OWN, OWN_LEAD, PROGRAMME, VISITOR
from tests.unit.reporting.entries.harness import at_work, days, findings_sent

WANTED = {"wanted": [{"text": "Meet the head", "whom": "Head"}, {"text": "See the marking policy", "whom": ""}]}
ACTION = {"what": "Read daily", "owner": "head", "due": "2027-03-01", "success": "All read", "status": "not-started"}


async def asked(made):
    entry_id, _ = await made.send("wanted", MATCH, VISITOR, WANTED)
    shown = await made.show(HOST_LEAD, entry_id)
    return entry_id, [line.line_id for line in shown.lines]


async def answer(made, entry_id, answers, person=HOST_LEAD, number=1):
    given = tuple(LineAnswer(line_id=key, outcome=one, because=why) for key, (one, why) in answers.items())
    return await made.do(AnswerLines(entry_id=entry_id, person_id=person, number=number, answers=given))


async def test_lines_are_answered_one_by_one_and_told_once_all_are():
    made = await at_work()
    entry_id, (meet, policy) = await asked(made)
    done, work = await answer(made, entry_id, {meet: ("arranged", "Tuesday at ten")})
    assert (done.sentence, work.published) == ("Saved. 1 of 2 lines still need an answer.", [])
    done, work = await answer(made, entry_id, {policy: ("not-possible", "It is being rewritten")})
    (told,) = work.published
    assert isinstance(told, EntryAnswered)
    assert told.outcomes == {meet: "arranged", policy: "not-possible"}
    lines = (await made.show(VISITOR, entry_id, view="read")).lines
    assert [(line.words, line.outcome, line.because) for line in lines] == [
        ("Meet the head; Head", "arranged", "Tuesday at ten"),
        ("See the marking policy", "not-possible", "It is being rewritten"),
    ]
    _, again = await answer(made, entry_id, {policy: ("not-possible", "It is being rewritten")})
    assert again.published == []


async def test_a_line_that_says_the_same_keeps_its_answer():
    made = await at_work()
    entry_id, (meet, policy) = await asked(made)
    await answer(made, entry_id, {meet: ("arranged", ""), policy: ("sent", "")})
    more = {"wanted": [*WANTED["wanted"], {"text": "Watch a lesson", "whom": ""}]}
    await made.send("wanted", MATCH, VISITOR, more, revision=made.kept(entry_id).revision)
    lines = (await made.show(HOST_LEAD, entry_id)).lines
    assert [line.outcome for line in lines] == ["arranged", "sent", ""]


@pytest.mark.parametrize(
    ("person", "number", "given", "rule"),
    [
        (OWN_LEAD, 1, ("arranged", ""), "unknown-entry"),
        (HOST_LEAD, 2, ("arranged", ""), "stale"),
        (HOST_LEAD, 1, ("maybe", ""), "unknown-choice"),
        (HOST_LEAD, 1, ("not-possible", " \x00 "), "missing"),
        (HOST_LEAD, 1, ("arranged", "x" * 1001), "too-long"),
    ],
)
async def test_what_is_no_answer_is_refused(person, number, given, rule):
    made = await at_work()
    entry_id, (meet, _) = await asked(made)
    with pytest.raises(Rejected) as refused:
        await answer(made, entry_id, {meet: given}, person, number)
    assert refused.value.rule == rule


async def test_a_line_that_has_gone_is_refused():
    made = await at_work()
    entry_id, _ = await asked(made)
    with pytest.raises(Rejected) as refused:
        await answer(made, entry_id, {"lin-other": ("arranged", "")})
    assert refused.value.rule == "unknown-line"


def plan_of(work):
    (event,) = [one for one in work.published if isinstance(one, FormSubmitted)]
    return event.plan


async def sent_plan(made, *actions):
    """Findings with these actions, handed in; return the plan that is told."""
    entries = [one for one in made.memory.entries.rows.values() if one.form == "findings"]
    revision = entries[0].revision if entries else 0
    answers = {"summary": "Read.", "found": [{"title": "Books", "evidence": "Six"}], "plan": list(actions)}
    _, work = await made.send("findings", MATCH, VISITOR, answers, revision=revision)
    return plan_of(work)


async def test_an_action_is_its_owners_where_the_owner_is_known_by_their_role():
    made = await at_work()
    known, unknown = await sent_plan(made, ACTION, {**ACTION, "what": "Ring parents", "owner": "Office"})
    assert (known.owner_id, known.due) == (HOST_HEAD, dt.date(2027, 3, 1))
    assert unknown.owner_id is None


async def test_actions_keep_their_ids_over_versions():
    made = await at_work()
    first, second = [{**ACTION, "what": what} for what in ("Read daily", "Ring parents")]
    read, ring = await sent_plan(made, first, second)
    swapped = await sent_plan(made, second, first)
    assert [line.line_id for line in swapped] == [ring.line_id, read.line_id]
    reworded, new = await sent_plan(made, {**second, "what": "Ring all parents"}, {**first, "what": "Buy books"})
    assert [reworded.line_id, new.line_id] == [ring.line_id, read.line_id]
    (left,) = await sent_plan(made, {**second, "what": "Ring all parents"})
    assert left.line_id == ring.line_id


async def test_only_the_owner_says_how_an_action_stands_and_only_once_the_plan_counts():
    made = await at_work()
    entry_id = await findings_sent(made)
    (line,) = made.kept(entry_id).plan
    about = {"form": "progress", "about_id": line.line_id}
    with pytest.raises(Rejected):
        await made.show(HOST_HEAD, **about)
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=HOST_LEAD, number=1))
    assert (await made.show(HOST_HEAD, **about)).title == "Read daily"
    for nobody in (OWN_LEAD, VISITOR, "per-unknown"):
        with pytest.raises(Rejected):
            await made.show(nobody, **about)


async def test_a_form_before_its_day_says_when_it_opens():
    made = await at_work()
    with pytest.raises(Rejected) as early:
        await made.show(OWN_LEAD, form="late", about_id=OWN)
    assert (early.value.rule, early.value.sentence) == ("not-yet", "This opens on Thursday 1 October 2026.")
    with pytest.raises(Rejected) as early:
        await made.save("late", OWN, OWN_LEAD, {"said": "x"})
    assert early.value.rule == "not-yet"
    with pytest.raises(Rejected) as hidden:
        await made.show(HOST_LEAD, form="late", about_id=OWN)
    assert hidden.value.rule == "unknown-entry"
    came = MomentReached(version=1, moment_id="mom-1", programme_id=PROGRAMME, moment="begin", on=exchange.NOW.date())
    await made.handle(came)
    assert (await made.show(OWN_LEAD, form="late", about_id=OWN)).form.key == "late"


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        ("begin", dt.date(2026, 10, 29)),
        ("10-01", dt.date(2026, 10, 29)),
        ("begin + 1 weeks", dt.date(2026, 11, 5)),
        ("09-01 + 4 weeks", dt.date(2026, 10, 27)),
    ],
)
async def test_a_form_of_a_programme_that_was_postponed_opens_as_much_later(after, opens):
    made = await at_work()
    forms = [{**form, "after": after} if form["key"] == "late" else form for form in exchange.FORMS]
    await made.handle(*exchange.paused(dt.date(2026, 9, 10), forms=forms))
    with pytest.raises(Rejected, match="This is not open yet"):
        await made.show(OWN_LEAD, form="late", about_id=OWN)
    made.time.advance(days(7))
    await made.handle(exchange.resumed(dt.date(2026, 9, 10), made.time.now().date()))
    with pytest.raises(Rejected, match=f"This opens on {opens:%A} {opens.day} {opens:%B %Y}"):
        await made.show(OWN_LEAD, form="late", about_id=OWN)
    came = {"moment": "begin", "on": dt.date(2026, 10, 29)}
    await made.handle(MomentReached(version=1, moment_id="mom-1", programme_id=PROGRAMME, **came))
    made.time.advance(days((opens - made.time.now().date()).days))
    assert (await made.show(OWN_LEAD, form="late", about_id=OWN)).form.key == "late"


async def test_a_form_after_another_opens_once_that_counts():
    made = await at_work()
    with pytest.raises(Rejected) as early:
        await made.show(VISITOR, form="after", about_id=MATCH)
    assert early.value.sentence == "This opens once “Findings” has been agreed to."
    entry_id = await findings_sent(made)
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=HOST_LEAD, number=1))
    assert (await made.show(VISITOR, form="after", about_id=MATCH)).form.key == "after"


async def test_a_kept_form_begins_with_what_was_written_last_time():
    made = await at_work()
    await made.send("notes", HOST, HOST_LEAD, {"arrival": "At the front door"})
    await made.handle(exchange.opened().model_copy(update={"programme_id": "prg-2"}))
    await made.handle(exchange.role_taken(HOST_LEAD, "lead", HOST, membership_id="mem-9", programme_id="prg-2"))
    shown = await made.find(asks.ShowEntry(programme_id="prg-2", form="notes", about_id=HOST, person_id=HOST_LEAD))
    assert shown.answers == {"arrival": "At the front door"}
    saved, _ = await made.do(
        asks.SaveDraft(programme_id="prg-2", form="notes", about_id=HOST, person_id=HOST_LEAD, answers={})
    )
    await made.submit(saved, HOST_LEAD)
    assert made.kept(saved.entry_id).submitted.answers == {"arrival": "At the front door"}
