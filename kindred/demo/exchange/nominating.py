"""November: the list of projects goes round, schools name colleagues for them, and one school changes its project."""

import re
from collections.abc import Mapping
from random import Random

from kindred.demo.browser import Page
from kindred.demo.exchange.agreeing import CONSENT, LINE, agree_at_once
from kindred.demo.exchange.moves import address, again, drawn, exchange, letter, send, urn
from kindred.demo.exchange.posting import POST, topic_seed
from kindred.demo.exchange.story import Nominee
from kindred.demo.exchange.texts import LED, question
from kindred.demo.mailbox import Received
from kindred.demo.people import Population, school_domain
from kindred.demo.programme import ASKED, REMINDED
from kindred.demo.round import Round
from shared.commands.notifications import MailRow

NOMINATE = "Name your practitioners"
STAGES = ("practitioner", "aspiring-middle-leader", "middle-leader")
EDITS = ("Feedback that pupils can use", "Feedback that is used", "Which feedback is used")
WISHES, TWO, LATE = 5, 0.25, 0.2


async def nominate(this: Round) -> None:
    """The list arrives once at each CPD lead and head; most schools name somebody, and one edits its project thrice."""
    this.tell("The list of projects goes round; schools name practitioners")
    story, second = this.story, exchange(this)
    schools = list(story.enrolments)
    listed = f"{len(second.projects)} projects to choose from"
    who = [address(this, school_id, role) for school_id in schools for role in ("cpd-lead", "headteacher")]
    second.expect(ASKED, listed, who)
    second.expect(ASKED, NOMINATE, [address(this, school_id, "cpd-lead") for school_id in schools])
    lists = [row for row in this.ledger.rows.values() if row.subject == listed]
    this.checks.equal("one list mail to each CPD lead and head", sorted(_to(lists)), sorted(who))
    await _browse(this, letter(this, address(this, schools[-1], "headteacher"), listed))
    await _edit(this, next(one for one in schools if _posted_once(this, one)))
    late = {one for one in schools if drawn(this, "slow", one).random() < LATE}
    second.late = late or {schools[-1]}
    second.nominees = [one for school_id in schools for one in _people(this, school_id)]
    await this.together([_name(this, one, ASKED) for one in second.nominees if one.school_id not in second.late])
    await this.settle()
    _asked_to_agree(this, [one for one in second.nominees if one.school_id not in second.late])


async def nominate_when_reminded(this: Round) -> None:
    """The others name somebody once they are reminded; their people agree at once."""
    second = exchange(this)
    second.expect(REMINDED, NOMINATE, [address(this, school_id, "cpd-lead") for school_id in sorted(second.late)])
    late = [one for one in second.nominees if one.school_id in second.late]
    await this.together([_name(this, one, REMINDED) for one in late])
    await this.settle()
    _asked_to_agree(this, late)
    await agree_at_once(this, late)


async def _browse(this: Round, mail: Received) -> None:
    """Behind the list mail stands the list: all projects, then those of one topic."""
    browser, page = await this.follow(mail, "projects")
    everything = len(exchange(this).projects)
    this.checks.true("the list has every project", f"{everything} entries" in page.text, page.text[:300])
    topic = question(topic_seed(this, next(iter(exchange(this).projects.values())), 0)).topic
    fewer = await browser.open(f"{page.url}?is.topic={topic}")
    shown = re.search(r"(\d+) entr", fewer.text)
    this.checks.true(
        "the list can be narrowed to a topic", shown is not None and 0 < int(shown[1]) < everything, fewer.text[:300]
    )


async def _edit(this: Round, school_id: str) -> None:
    """Change a school's only project three times in a day; the next morning brings one line of it."""
    mail = letter(this, address(this, school_id, "cpd-lead"), POST)
    for title in EDITS:
        await again(this, mail, {"title": title})


def _posted_once(this: Round, school_id: str) -> bool:
    """Whether the school has posted one project; those that had to be reminded have."""
    return list(exchange(this).projects.values()).count(school_id) == 1


def _people(this: Round, school_id: str) -> list[Nominee]:
    random = drawn(this, "people", school_id)
    school = this.story.enrolments[school_id].school
    population = Population(random.randrange(10**9))
    domain = school_domain(school.name, school.urn)
    return [
        Nominee(school_id, population.someone("practitioner", domain), population.someone("senior-leader", domain))
        for _ in range(2 if random.random() < TWO else 1)
    ]


async def _name(this: Round, one: Nominee, how: str) -> None:
    def values(page: Page) -> Mapping[str, str]:
        random = Random(f"{this.seed}/wishes/{one.practitioner.email}")  # noqa: S311 - a demo's choice
        others = _elsewhere(this, page, one.school_id)
        wishes = random.sample(others, min(WISHES, len(others)))
        exchange(this).wishes[one.practitioner.email] = wishes
        skills = random.sample([name for name in page.form.choices if name.startswith("skills.")], 3)
        return {
            "who.name": one.practitioner.name,
            "who.address": one.practitioner.email,
            "line-manager.name": one.manager.name,
            "line-manager.address": one.manager.email,
            "stage": random.choice(STAGES),
            "led-before.1.text": random.choice(LED),
            **dict.fromkeys(skills, "yes"),
            **{f"wishes.{place}": entry for place, entry in enumerate(wishes, start=1)},
        }

    await send(this, letter(this, address(this, one.school_id, "cpd-lead"), NOMINATE, how), values)


def _elsewhere(this: Round, page: Page, school_id: str) -> list[str]:
    """The projects of other schools that a form offers, in the same order each time that a demo is played."""
    hosts = exchange(this).projects
    others = [entry for entry in page.form.choices["wishes.1"] if hosts.get(entry, "") not in {"", school_id}]
    return sorted(others, key=lambda entry: (urn(this, hosts[entry]), entry))


def _asked_to_agree(this: Round, people: list[Nominee]) -> None:
    exchange(this).expect(ASKED, CONSENT, [one.practitioner.email for one in people])
    exchange(this).expect(ASKED, LINE, [one.manager.email for one in people])


def _to(rows: list[MailRow]) -> list[str]:
    return [row.to for row in rows]
