"""Every fault of the portal's settings is one sentence about one variable."""

import pytest

from services.portal.settings import PortalSettings


@pytest.mark.parametrize("address", ["help", "Help <help@example.org>", "help@example.org, other@example.org"])
def test_who_is_named_for_help_must_be_one_address(address):
    with pytest.raises(ValueError, match="KINDRED_SUPPORT_EMAIL must be one plain address"):
        PortalSettings(support_email=address)


def test_nobody_has_to_be_named_for_help():
    assert [PortalSettings(support_email=one).support_email for one in ("", "help@example.org")] == [
        "",
        "help@example.org",
    ]
