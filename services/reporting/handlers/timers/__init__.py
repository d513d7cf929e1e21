"""What is published when a reminder comes."""
