"""Every mail of every template is shown as a real person would get it, and nothing is sent, kept or opened by it."""

import re
from pathlib import Path

import pytest

from services.notifications.domain.template_mails.samples import samples
from shared.commands.previews import ListMailPreviews, PreviewMail
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails, TopicClaim
from shared.errors import Rejected
from shared.template.reading import read_template
from tests.fakes.town import Town
from tests.screenshots.year import day
from tests.unit.peer_visits.year import TEMPLATES, enrolled_school

NAMES = tuple(sorted(path.stem for path in TEMPLATES.glob("*.yaml")))
FILES = {name: TEMPLATES / f"{name}.yaml" for name in NAMES}
URNS = range(3)


def declared(name):
    return read_template(Path(FILES[name]).read_text(encoding="utf-8"), f"{name}.yaml")


async def opened(name, *, draft=False, schools=True):
    """The programme in a town of its own, with people of every role that a school names when it enrols."""
    town = Town(TEMPLATES, at=day(9, 7, 9))
    register = [enrolled_school(number) for number in URNS]
    town.register(register)
    about = {"coordinator_name": "Coral Bright", "coordinator_email": "coral@x.example", "name": "Ours", "year": 2026}
    programme_id = (await town.ask(OpenProgramme(template=name, draft=draft, **about))).id
    template = declared(name)
    for school in register if schools and template.party.kind == "school" else ():
        needed = [one.key for one in template.roles if one.at == "school" and one.least and not one.of]
        people = tuple(
            PersonDetails(role=role, name=f"{role} {school.urn}".title(), email=f"{role}@{school.urn}.example")
            for role in needed
        )
        asked = template.enrolment.strengths is not None
        topics = [one.key for one in template.entries("topics")][:2]
        claims = [TopicClaim(topic=one, weight=3, evidence="We have seen it.") for one in topics if asked]
        enrolled = EnrolSchool(
            programme_id=programme_id, urn=school.urn, people=people, strengths=claims[:1], needs=claims[1:]
        )
        await town.ask(enrolled)
    await town.settle()
    return town, programme_id


@pytest.mark.parametrize("name", NAMES)
async def test_every_mail_of_a_shipped_template_can_be_read(name):
    town, programme_id = await opened(name)
    mails = len(town.post.mailboxes.mails)
    told = len(town.published)
    found = await town.find(ListMailPreviews(programme_id=programme_id))
    assert [row.key for row in found.rows] == [one.key for one in samples(declared(name))]
    assert len({row.key for row in found.rows}) == len(found.rows)
    assert all(row.to for row in found.rows)
    for row in found.rows:
        shown = await town.find(PreviewMail(programme_id=programme_id, key=row.key))
        assert shown.subject, row.key
        assert "{" not in shown.subject + shown.text, row.key
        assert "(name removed)" not in shown.text, row.key
        assert re.findall(r"/l/(?!\(link\))\S+", shown.text + shown.html) == [], row.key
        assert shown.to.endswith(".example"), row.key
    await town.settle()
    assert (len(town.published), len(town.post.mailboxes.mails)) == (told, mails)


async def test_a_mail_is_written_for_a_real_person_and_for_another_who_is_chosen():
    town, programme_id = await opened("project-exchange")
    found = await town.find(ListMailPreviews(programme_id=programme_id))
    key = next(row.key for row in found.rows if row.key == "mails.project-list.sent")
    shown = await town.find(PreviewMail(programme_id=programme_id, key=key))
    assert shown.reader.school
    assert shown.reader.name in shown.text
    assert shown.assumed == ("One entry of each school is counted.",)
    other = shown.others[-1]
    again = await town.find(PreviewMail(programme_id=programme_id, key=key, person_id=other.person_id))
    assert again.reader == other
    assert other.name in again.text
    unknown = await town.find(PreviewMail(programme_id=programme_id, key=key, person_id="per-of-nowhere"))
    assert unknown.reader == shown.reader


async def test_of_a_draft_that_nobody_has_joined_the_coordinator_stands_in():
    town, programme_id = await opened("project-exchange", draft=True, schools=False)
    shown = await town.find(PreviewMail(programme_id=programme_id, key="mails.project-list.sent"))
    assert shown.reader.name == "Coral Bright"
    assert shown.assumed[0] == (
        "It goes to CPD lead or headteacher. There is nobody yet, so the coordinator stands in."
    )


async def test_a_mail_that_is_not_there_is_refused():
    town, programme_id = await opened("project-exchange", schools=False)
    with pytest.raises(Rejected, match=r"^unknown-mail"):
        await town.find(PreviewMail(programme_id=programme_id, key="mails.nothing.sent"))
    with pytest.raises(Rejected, match=r"^unknown-programme"):
        await town.find(ListMailPreviews(programme_id="prg-nothing"))


async def shown_as(name, section_of_key):
    town, programme_id = await opened(name)
    return await town.find(PreviewMail(programme_id=programme_id, key=section_of_key))


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("peer-visits", "dates.visit-day.moved", "It is taken to have been a week earlier."),
        ("peer-visits", "dates.launch.cancelled", "does not take place"),
        ("leadership-journey", "dates.first-talk.offered", "30 minutes"),
        ("leadership-journey", "dates.first-talk.booked", "at 10:00"),
        ("leadership-journey", "dates.first-talk.cancelled", "Choose another time"),
    ],
)
async def test_a_date_that_moves_or_falls_away_and_a_call_are_read_beforehand(name, key, said):
    shown = await shown_as(name, key)
    assert said in " ".join((shown.subject, shown.text, *shown.assumed))
