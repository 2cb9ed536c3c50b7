"""Layout: the head and foot of the document, the outline of its body, the columns of its tables."""
