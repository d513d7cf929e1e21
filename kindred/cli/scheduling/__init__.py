"""Commands about calendars, visits and other dates."""
