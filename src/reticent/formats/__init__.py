"""Collector formats: one module each, from lines or records to events."""
