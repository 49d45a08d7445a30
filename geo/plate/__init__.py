"""Plates: one era as a static SVG, PNG or PDF, drawn from the payload of a document."""

from geo.plate.engine import Engine
from geo.plate.render import render_map, render_picture, render_plate

__all__ = ["Engine", "render_map", "render_picture", "render_plate"]
