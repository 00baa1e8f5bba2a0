"""What format readers share: lines and records of a byte source, and notes on what could not be read."""
