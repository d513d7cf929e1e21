"""What a restored history brings about again is not mailed by itself."""

from services.notifications.domain.mail import HELD_AFTER_RESTORE
from tests.fakes import FakeWork
from tests.unit.notifications import world
from tests.unit.notifications.story import Story


async def test_mails_of_a_restored_event_wait_for_a_person():
    story = await Story().enrol()
    work = FakeWork()
    work.restored = True
    rows = await story.tell(world.visit_scheduled(), work)
    assert {(row.state, row.detail) for row in rows} == {("unknown", HELD_AFTER_RESTORE)}
