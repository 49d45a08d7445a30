"""Ways out: files for articles, frames to paste, addresses that others embed."""
