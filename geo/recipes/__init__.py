"""How each layer is made: sketch data in, GeoJSON features out (`python -m geo build`)."""
