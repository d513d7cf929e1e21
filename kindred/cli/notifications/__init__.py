"""Commands about mails."""
