"""What ``python -m geo check`` finds: the bonds between files, and counts that may only fall."""
