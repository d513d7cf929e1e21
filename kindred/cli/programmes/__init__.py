"""Commands about the register, programmes, enrolments and people."""
