"""Incoming mail: calendar answers, bounces, requests to unsubscribe, and what a person must look at."""
