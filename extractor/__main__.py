"""`python -m extractor` is the command `kehoach`."""

from extractor.cli import main

main(prog_name="kehoach")
