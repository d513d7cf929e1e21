"""Reporting: findings, appraisals, surveys, impact, and the reports made of them."""
