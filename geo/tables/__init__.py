"""Other people's tables: read in a process of their own, columns recognised, dates understood."""
