"""The tags that templates of the pages load."""
