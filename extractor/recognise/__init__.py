"""Recognition over characters: citations, deadlines and agencies as spans of the text."""
