"""The rules of programmes: the school register, enrolment and programme templates. Pure: no driver, bus or settings."""
