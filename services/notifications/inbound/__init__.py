"""What comes back by mail: calendar answers, bounces, wishes; and what a person must look at."""
