"""Detectors: plain text in, kinds and offsets out."""
