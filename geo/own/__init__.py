"""Layers of one's own: any table of dated places becomes a map that steps through eras."""
