"""Templates that coordinators wrote, in memory."""

from services.programmes.domain.templates.kept import KeptTemplate, SentTemplate, unknown_check


class MemoryTemplates:
    def __init__(self) -> None:
        self.by_key: dict[str, KeptTemplate] = {}
        self.by_check: dict[str, SentTemplate] = {}

    async def send(self, sent):
        self.by_check[sent.check_id] = sent

    async def sent(self, check_id):
        if check_id not in self.by_check:
            raise unknown_check()
        return self.by_check[check_id]

    async def put(self, kept):
        self.by_key[kept.key] = kept

    async def drop(self, key):
        self.by_key.pop(key, None)

    async def kept(self):
        return [self.by_key[key] for key in sorted(self.by_key)]
