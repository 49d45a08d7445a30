"""What a document holds: features, shared arcs, names and letters, packed as one object."""
