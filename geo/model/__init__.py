"""What the atlas holds: eras, layers, features, symbols, sources, and the words for them."""
