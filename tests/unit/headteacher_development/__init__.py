"""A year of headteacher development in the town: the shipped template, played by mails and pages."""
