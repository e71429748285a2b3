"""Recordings: what yt-dlp finds out about them, in a process of its own that cannot reach the network."""
