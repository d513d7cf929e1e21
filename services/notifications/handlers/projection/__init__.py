"""What is kept of people, programmes and schools, so that mails can be written."""
