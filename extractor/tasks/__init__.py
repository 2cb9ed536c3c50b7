"""Tasks: which items are obligations, and who does them by when."""
