"""Local authorities, as a test names them."""

from collections.abc import Mapping

from shared.errors import Rejected, Retryable


class KnownAuthorities:
    """Those it was made with, by code; raises Retryable while `silent`."""

    def __init__(self, names: Mapping[str, str], *, silent: bool = False) -> None:
        self.names, self.silent = names, silent

    async def code_of(self, named: str) -> str:
        """The code of an authority."""
        if self.silent:
            raise Retryable("Nobody answers.")
        wanted = named.strip().casefold()
        for code, name in self.names.items():
            if wanted in {code, name.casefold()}:
                return code
        raise Rejected("unknown-authority", f"No school of the register has the local authority '{named}'.")
