"""Differential privacy that is counted: mechanisms on OpenDP, a ledger of what was spent, statements in plain words."""
