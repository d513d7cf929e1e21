"""What programmes, matching and scheduling published, as far as forms and reports need it."""
