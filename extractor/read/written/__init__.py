"""Reading what is written or stamped into the blanks of a scanned head."""
