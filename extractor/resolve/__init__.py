"""Resolution: what a mention refers to, how documents relate, who does what."""
