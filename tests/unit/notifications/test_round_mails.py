"""Mails in a template's own words on a round in which people are placed."""

import pytest

from shared.events.placements import PlacementEnded
from shared.events.rounds import RoundClosed
from shared.template.mails import Mail
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import COORDINATOR, VISITOR, person
from tests.unit.notifications.post_office import PostOffice

HOST_LEAD = person(2, "cpd-lead")


@pytest.fixture
async def office() -> PostOffice:
    """A post office with the exchange of two schools."""
    office = PostOffice()
    await exchange.begin(office.story)
    return office


def subjects(office: PostOffice, person_id: str) -> list[str]:
    return [str(mail["Subject"]) for mail in office.mailboxes.to(f"{person_id}@schools.example")]


def round_mail(on, **words):
    """The shipped template with one mail of its own on something that happens to the round."""
    told = {"key": "told", "on": f"{exchange.ROUND}.{on}", "to": ["practitioner", "host.cpd-lead"], **words}
    mail = Mail.model_validate({"subject": "{round.title}", "text": ["{programme.name}"], **told})
    return exchange.opened(exchange.TEMPLATE.model_copy(update={"mails": (mail,)}))


async def test_whoever_is_placed_and_their_host_are_told_in_the_words_of_the_template(office):
    words = "{placed.name} of {school.name} goes to {host.name} for {thing.title}"
    await office.tell(round_mail("published", subject=words))
    await office.tell(exchange.project(0, 2))
    await office.tell(exchange.placed().model_copy(update={"version": 2}))
    await office.deliver()
    topic = exchange.SHIPPED.entries("topics")[0].title
    told = f"Viola Swift of Riverside School 1 goes to Riverside School 2 for {topic}"
    assert subjects(office, VISITOR) == subjects(office, HOST_LEAD) == [told]


async def test_the_end_of_a_placement_and_the_close_of_a_round_are_told_where_the_template_says_so(office):
    await office.tell(round_mail("changed", subject="No longer at {host.name}"))
    facts = exchange.placed().model_dump(exclude={"version"})
    await office.tell(PlacementEnded(version=3, **facts, reason="coordinator"))
    await office.deliver()
    assert subjects(office, VISITOR) == ["No longer at Riverside School 2"]
    await office.tell(round_mail("closed", to=["coordinator"], subject="{round.title}: closed"))
    await office.tell(RoundClosed(version=1, round_id="rnd-1", programme_id=exchange.PROGRAMME, round=exchange.ROUND))
    await office.deliver()
    assert subjects(office, COORDINATOR) == [f"{exchange.SHIPPED.matching[0].title}: closed"]
