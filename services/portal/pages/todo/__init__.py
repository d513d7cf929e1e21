"""What somebody owes: their list over all programmes, and the page of each thing on it."""
