"""What shapely and pyproj do for history: coverages, treaty lines, geodesics, sea sectors.

Every function takes and returns shapely geometries in EPSG:4326 (longitude, latitude, degrees)
unless its name or docstring says otherwise.
"""
