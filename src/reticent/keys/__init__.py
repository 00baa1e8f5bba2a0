"""Key codes, keyboard layouts, and what they mean."""
