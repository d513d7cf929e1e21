"""Tasks in the background: write claimed mails, hand them to the relay, publish what became of them."""
