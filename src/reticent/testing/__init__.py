"""Scenario language, attacker, checks and Hypothesis strategies for testing a redactor."""
