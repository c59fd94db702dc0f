"""`python -m crawler`: the `permapress` program, where its script is not on the PATH."""

from crawler.cli import main

main()
