"""The outside besides the database: the calendar of bank holidays."""
