"""What takes long or runs in the background: drafts, and the publishing of a large cohort's groups."""
