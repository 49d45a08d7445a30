"""The fonts of all maps and pages."""
