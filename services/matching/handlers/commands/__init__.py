"""What coordinators ask to be done."""
