"""Setting a programme up: templates, what a programme is made of, and what its mails and forms look like."""
