"""Leadership teams on a journey of two years: where the school stands, its vision, hard conversations, feedback."""
