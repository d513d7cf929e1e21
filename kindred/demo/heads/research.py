"""Schools look into a question of their own; what they find is read by all partner schools once their head agrees."""

from kindred.demo.checks import Failed
from kindred.demo.ground import remember_people
from kindred.demo.heads.story import address_of, heads, person_id
from kindred.demo.people import Population
from kindred.demo.programme import ASKED, REMINDED, letter
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed

QUESTION, FINDING = "Say which question your school looks into", "research-finding"
AT_ONCE, WHEN_REMINDED = 3, 1
QUESTIONS = (
    ("Do pupils read more in pairs?", "Two classes read in pairs; we count.", "Pairs read twice as much"),
    ("Does a late start help Year 9?", "Fridays begin at ten for half a term.", "Fewer are late, no more is learnt"),
    ("Who comes to parents' evenings?", "We ring forty families.", "A call by the tutor brings half of them"),
    ("What do pupils do with comments?", "Forty books, before and after.", "Comments that ask a question are answered"),
)  # fmt: skip
WANTED = "Please say how many classes it was."


async def ask(this: Round) -> None:
    """The first schools say what they want to find out, and who looks into it."""
    mine = heads(this)
    population = Population(this.seed + 8_000_009)
    for number, head in enumerate(mine.addresses()[:AT_ONCE]):
        await _ask(this, head, number, population, ASKED)
    await this.settle()


async def ask_the_silent(this: Round) -> None:
    """Only who has not said is reminded; one says it then."""
    mine = heads(this)
    late = mine.addresses()[AT_ONCE]
    reminded = {one for one in mine.addresses() if _reminded(this, one)}
    this.checks.equal("only who has no question yet is reminded", reminded, set(mine.addresses()[AT_ONCE:]))
    await _ask(this, late, AT_ONCE, Population(this.seed + 9_000_011), REMINDED)
    await this.settle()
    await remember_people(this, mine.programme_id)


async def report(this: Round) -> None:
    """Researchers say how it stands, and write down what they have found: a page each."""
    mine = heads(this)
    this.tell("Schools share what they have found out")
    going = [row for row in await owed(this, mine.programme_id, "research-progress") if row.state == "open"]
    await this.together(do(this, row, {"progress": "Two classes have begun. It is too early to say."}) for row in going)
    rows = await owed(this, mine.programme_id, FINDING)
    this.checks.equal("every researcher is asked for a page", len(rows), len(mine.research))
    await this.together(
        do(this, row, {"title": _found(this, row.person_ids[0]), "page": "We asked, we counted, we compared."})
        for row in rows
    )
    await this.settle()


async def agree(this: Round) -> None:
    """Nobody reads it before the head has agreed; one head asks for a change first."""
    mine = heads(this)
    rows = sorted(await owed(this, mine.programme_id, "agree-finding"), key=lambda row: row.task_id)
    this.checks.equal("every head with research is asked to agree", len(rows), len(mine.research))
    first, *others = rows
    await do(this, first, {"text": WANTED}, button="ask")
    await this.settle()
    again = [
        row for row in await owed(this, mine.programme_id, FINDING) if row.about_id and row.state in {"open", "missed"}
    ]
    if not again:
        raise Failed("Changes were asked for, and nobody is asked to make them.")
    mine.expect(ASKED, "Changes asked for: What you have found", [address_of(this, again[0].person_ids[0])])
    await do(this, again[0], {"page": "We asked, we counted, we compared: four classes."})
    await this.settle()
    for row in [*others, *[row for row in await owed(this, mine.programme_id, "agree-finding") if row not in others]]:
        await do(this, row, {}, button="agree")
    await this.settle()
    left = await owed(this, mine.programme_id, "agree-finding")
    this.checks.equal("every finding is agreed to", left, [])


async def _ask(this: Round, head: str, number: int, population: Population, how: str) -> None:
    mine = heads(this)
    someone = population.someone("practitioner", head.partition("@")[2])
    mine.research[head] = someone
    question, method, _ = QUESTIONS[number]
    mail = letter(this, mine.programme_id, head, QUESTION, how)
    who = {"researcher.name": someone.name, "researcher.address": someone.email}
    browser, page = await this.follow(mail, "entry")
    page = page if any(form.method == "post" for form in page.forms) else await browser.open(f"{page.url}/new")
    await browser.press(page, "send", {"question": question, "method": method, **who})


def _found(this: Round, person: str) -> str:
    order = [person_id(this, someone.email) for someone in heads(this).research.values()]
    return QUESTIONS[order.index(person)][2]


def _reminded(this: Round, address: str) -> bool:
    mine = heads(this)
    rows = [row for row in this.ledger.rows.values() if row.programme_id == mine.programme_id]
    return any(row.to.casefold() == address and row.subject.startswith(f"Reminder: {QUESTION}") for row in rows)
