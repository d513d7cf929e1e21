"""Help and thanks among colleagues of the trust, without anybody being asked for it by the programme."""

import datetime as dt

from kindred.demo.filling import deliver, in_rows, whole
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed, own_list
from kindred.demo.trust.papers import entries, write
from kindred.demo.trust.story import line_of, person, trust

ROBIN = {"colleague.name": "Robin Marsh", "colleague.address": "robin.marsh@beacon.example"}
ENDS = (11, 26)
"""Month and day on which the working party ends."""


async def help_out(this: Round) -> None:
    """A head says what a colleague can help with, another asks for it; somebody is thanked; one wants to talk."""
    this.tell("Colleagues of the trust help and thank one another")
    await _expertise(this)
    await _thanks(this)
    await _welfare(this)
    await _working_party(this)


async def _expertise(this: Round) -> None:
    mine = trust(this)
    about = mine.ids[mine.urns[0]]
    await write(this, mine.heads[mine.urns[0]], "expertise", about, {**ROBIN, "topics.reading": "yes", "days": "4"})
    await this.settle()
    asks = mine.heads[mine.urns[3]]
    browser, page = await own_list(this, person(this, asks))
    for part in ("list=expertise", "/projects/ent-", "/expertise-asked/"):
        page = await browser.open(whole(page.url, next(link for link in page.links if part in link)))
    page = await browser.open(f"{page.url.rstrip('/')}/new")
    await deliver(browser, page, {"need": "Phonics in Year 1, before Christmas", "days": "2"})
    await this.settle()
    (row,) = await owed(this, mine.programme_id, "expertise-asked-answered", every=True)
    whose = (person(this, mine.heads[mine.urns[0]]),)
    this.checks.equal("who asks for expertise is answered by the head who offered it", row.person_ids, whose)


async def _thanks(this: Round) -> None:
    mine, urn = trust(this), trust(this).urns[0]
    head, boss = mine.heads[urn], line_of(mine, urn)
    thanks = {"thanks": "They stayed until the hall was ready."}
    who = {"colleague.name": mine.middle.name, "colleague.address": mine.middle.email}
    await write(this, head, "recognition", mine.ids[urn], {**who, **thanks})
    await this.settle()
    mine.expect(ASKED, f"Thank you, from {head.name}", [mine.middle.email])
    mine.expect(ASKED, "A colleague of yours was thanked", [head.email, boss.email])
    reads = [(await entries(this, "recognition", person(this, one))).total for one in (mine.middle, boss, mine.clerk)]
    this.checks.equal("a thank-you reaches a colleague and their line, and nobody else", reads, [1, 1, 0])


async def _welfare(this: Round) -> None:
    mine = trust(this)
    await write(this, mine.heads[mine.urns[3]], "welfare-wanted", mine.programme_id, {"how": "call"})
    await this.settle()
    mine.expect(ASKED, f"{mine.heads[mine.urns[3]].name} would like to talk to you", [mine.carer.email])
    others = (mine.carer, mine.chief, line_of(mine, mine.urns[3]))
    reads = [(await entries(this, "welfare-wanted", person(this, one))).total for one in others]
    this.checks.equal("who asks to talk is read by the HR director alone", reads, [1, 0, 0])


async def _working_party(this: Round) -> None:
    mine = trust(this)
    leads, member = mine.heads[mine.urns[0]], mine.heads[mine.urns[2]]
    ends = dt.date(this.story.first_year, *ENDS).isoformat()
    members = [{"name": one.name, "address": one.email} for one in (member, mine.middle)]
    said = {"title": "One phonics scheme", "remit": "Which scheme fits us all?", "product": "A page", "ends": ends}
    said |= in_rows("party-member", members)
    await write(this, leads, "working-party", mine.programme_id, said, rows={"party-member": len(members)})
    await this.settle()
    mine.expect(ASKED, f"{leads.name} asks you into a working party", [member.email, mine.middle.email])


async def hand_over(this: Round) -> None:
    """The working party comes to its end, and hands over what it has made; expertise was agreed to by a list."""
    mine = trust(this)
    states = [one.state for one in (await entries(this, "expertise-asked")).entries]
    this.checks.equal("expertise that was asked for is agreed to", states, ["agreed"])
    (row,) = await owed(this, mine.programme_id, "working-party-product")
    ends = dt.date(this.story.first_year, *ENDS)
    whose = {person(this, one) for one in (mine.heads[mine.urns[0]], mine.heads[mine.urns[2]], mine.middle)}
    this.checks.equal("a working party hands over by its end", (row.due, set(row.person_ids)), (ends, whose))
    await do(this, row, {"product": "Scheme B, from January, in all schools."})
    await this.settle()
    readers = [mine.heads[urn] for urn in mine.urns] + [*mine.executives, mine.chief, mine.middle]
    this.checks.equal("what it hands over is kept", (await entries(this, "working-party-product")).total, 1)
    wrote = {row.person_ids[0]}
    told = {one.email.casefold(): one.email for one in readers if person(this, one) not in wrote}
    mine.expect(ASKED, "What the working party hands over", [*told.values()])
