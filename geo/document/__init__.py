"""The Folium map and the self-contained HTML file made of it."""
