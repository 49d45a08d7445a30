"""Plates: one era as a static SVG, drawn from the payload of a document without a browser."""

from geo.plate.map import visible_features
from geo.plate.render import render_picture, render_plate

__all__ = ["render_picture", "render_plate", "visible_features"]
