"""What `Authorities` promises."""

import pytest

from services.scheduling.ports.authorities import Authorities
from shared.errors import Rejected, Retryable

KNOWN = {"373": "Sheffield", "926": "Norfolk"}


class AuthoritiesContract:
    """Wants the fixtures `authorities`, which know `KNOWN`, and `silent_authorities`."""

    @pytest.mark.parametrize("named", ["373", "Sheffield", " sheffield "])
    async def test_an_authority_has_its_code_by_code_and_name(self, authorities: Authorities, named):
        assert await authorities.code_of(named) == "373"

    @pytest.mark.parametrize("named", ["999", "Sheffeld", ""])
    async def test_one_that_no_school_has_is_refused(self, authorities: Authorities, named):
        with pytest.raises(Rejected, match="unknown-authority"):
            await authorities.code_of(named)

    async def test_what_nobody_answers_is_asked_again_later(self, silent_authorities: Authorities):
        with pytest.raises(Retryable):
            await silent_authorities.code_of("373")
