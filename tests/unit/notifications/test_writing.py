"""What goes into a mail at the moment of writing, and whether it may still go out at all."""

import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from services.notifications.domain.completions import answered, brief
from services.notifications.domain.delivery import GIVE_UP_AFTER
from services.notifications.domain.eligibility import Refusal, refusal
from services.notifications.domain.mail import Mail
from services.notifications.mail.builder import Builder, Written
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import take
from shared.errors import Retryable
from shared.events.scheduling import InvitationReminderDue, VisitCancelled
from tests.fakes.notifications import FixedServices
from tests.unit.notifications import world
from tests.unit.notifications.story import BRIEF, Story
from tests.unit.notifications.test_golden import OFFICE


async def scheduled() -> tuple[Story, dict[str, Mail]]:
    story = await Story().enrol()
    mails = await story.tell(world.visit_scheduled())
    return story, {mail.person_id: mail for mail in mails}


async def one_of_each_invitation() -> Callable[[], Awaitable[Written]]:
    """What a benchmark repeats: write one invitation with everything in it."""
    story, mails = await scheduled()
    mail = mails["per-2-headteacher"]
    builder = Builder(OFFICE, Renderer(), FixedServices(BRIEF))
    known = await builder.look_up(await take(story.sources, [mail], story.at), [mail])

    async def write() -> Written:
        return await builder.write(mail, known, story.at)

    return write


async def write(story: Story, mail: Mail, services: FixedServices | None = None) -> Written:
    builder = Builder(OFFICE, Renderer(), services or FixedServices(BRIEF))
    known = await builder.look_up(await take(story.sources, [mail], story.at), [mail])
    return await builder.write(mail, known, story.at)


async def test_an_invitation_links_to_its_answer_and_to_all_visits():
    story, mails = await scheduled()
    written = await write(story, mails["per-2-headteacher"])
    assert [(link.purpose, link.target_id, link.target_kind, link.person_id) for link in written.links] == [
        ("answer", world.VISIT, "visit", "per-2-headteacher"),
        ("my-visits", world.PROGRAMME, "programme", "per-2-headteacher"),
    ]
    assert written.links[0].expires == dt.datetime(2027, 5, 14, 23, 59, 59, 999999, dt.UTC)


async def test_who_only_hosts_writes_the_brief_and_is_not_asked_whether_they_come():
    story, mails = await scheduled()
    written = await write(story, mails["per-1-cpd-lead"])
    assert [link.purpose for link in written.links] == ["visit-brief", "my-visits"]
    assert b"RSVP=FALSE" in written.built.mime.replace(b"=3D", b"=").replace(b"=\r\n", b"")


async def test_nobody_s_address_reaches_somebody_else_but_the_coordinator_s():
    story, mails = await scheduled()
    for person_id, mail in mails.items():
        raw = (await write(story, mail)).built.mime.decode()
        shown = {name for name in world.NAMES if world.address(name) in raw}
        assert shown == {person_id, "per-co"}


async def test_a_brief_written_meanwhile_is_in_the_first_invitation_already():
    story, mails = await scheduled()
    await story.stores.completions.put(brief(world.VISIT))
    written = await write(story, mails["per-2-headteacher"])
    assert "Main entrance on Fulwood Road" in written.built.text
    silent = FixedServices()
    silent.silent = True
    with pytest.raises(Retryable):
        await write(story, mails["per-2-headteacher"], silent)


async def test_a_mail_remembers_everybody_it_names():
    story, mails = await scheduled()
    written = await write(story, mails["per-2-headteacher"])
    pairs = {f"per-{school}-{role}" for school in (1, 2, 3) for role in world.PAIR}
    assert set(written.built.mentions) == {*pairs, "per-fac", "per-co"}


async def refused(story: Story, mail: Mail, now: dt.datetime | None = None) -> Refusal | None:
    known = await take(story.sources, [mail], story.at)
    return refusal(
        mail, card=known.cards.get(mail.person_id), target=known.target(mail), held_addresses=known.held_addresses,
        essential_only=known.essential_only, finished=known.finished, now=now or story.at,
    )  # fmt: skip


async def test_what_has_changed_since_it_was_queued_is_looked_at_again():
    story, mails = await scheduled()
    mail = mails["per-2-headteacher"]
    assert await refused(story, mail) is None
    await story.stores.suppressions.add(world.address("per-2-headteacher"), "mai-1", story.at)
    assert await refused(story, mail) == Refusal("hold", "Nothing is sent to this address until it is corrected.")
    await story.stores.suppressions.lift([world.address("per-2-headteacher")])
    cancelled = {**world.visit_facts(version=3, sequence=1), "why": "illness"}
    await story.tell(VisitCancelled.model_validate(cancelled))
    assert await refused(story, mail) == Refusal("hold", "It does not take place any more, or has taken place.")


async def test_an_invitation_to_a_day_that_has_passed_stays_here():
    story, mails = await scheduled()
    late = dt.datetime(2027, 5, 14, tzinfo=dt.UTC)
    assert await refused(story, mails["per-fac"], now=late) == Refusal("hold", "Its day has passed.")


async def test_a_reminder_stays_here_when_the_answer_has_come():
    story, _ = await scheduled()
    due = InvitationReminderDue(
        version=1, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME,
        person_ids=("per-2-headteacher",), round=1,
    )  # fmt: skip
    (mail,) = await story.tell(due)
    assert await refused(story, mail) is None
    await story.stores.completions.put(answered(world.VISIT, "per-2-headteacher"), 0)
    assert await refused(story, mail) == Refusal("hold", "They have answered meanwhile.")


async def test_a_card_that_has_not_come_is_waited_for_and_not_for_ever():
    story, mails = await scheduled()
    await story.stores.contacts.forget("per-fac")
    mail = mails["per-fac"]
    assert await refused(story, mail) == Refusal("wait", "The person's contact card has not arrived yet.")
    late = story.at + GIVE_UP_AFTER
    assert await refused(story, mail, now=late) == Refusal("fail", "There is no contact card for this person.")
