"""What a store asks the driver for."""

from shared.mongo.collections import AT_A_TIME, Collection


class Asked:
    """A driver's collection that has documents and notes how it was asked for them."""

    def __init__(self, count):
        self.count, self.options = count, {}

    def find(self, where, **options):
        self.options = options
        return self._each()

    async def _each(self):
        for number in range(self.count):
            yield {"_id": number}


async def test_many_documents_are_fetched_some_at_a_time():
    raw = Asked(3)
    assert [each["_id"] for each in await Collection(raw).find().to_list(limit=3)] == [0, 1, 2]
    assert raw.options["batch_size"] == AT_A_TIME
    assert raw.options["limit"] == 3
