PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# One more than there are cores: crawls wait as much as they work (732 s against 910 on two cores).
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')

.PHONY: demo test real real-posts torture bench bench-crawl lint clean

$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/ready      ## follow a folder of posts to a small news site on loopback and show the result
	$(BIN)/python -m tests.site.demo

test: $(VENV)/ready      ## all tests; what needs Ruby, Node or Jekyll runs where those are found
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

real: $(VENV)/ready      ## a few hundred real pages from ../shared/bench, served on loopback
	$(BIN)/python -m tests.real

real-posts: $(VENV)/ready  ## follow every post of ../shared/posts, their articles served on loopback
	PERMAPRESS_ALL_POSTS=1 $(BIN)/python -m pytest -s tests/e2e/test_follow_real.py

torture: $(VENV)/ready   ## every failure of a disk, then 500 kills at random moments, one process and three; about an hour
	PERMAPRESS_LONG=1 $(BIN)/python -m pytest -q tests/torture/test_failing_disk.py tests/torture/test_fault.py tests/e2e/test_stop.py
	$(BIN)/python -m tests.torture.kill

bench: $(VENV)/ready    ## the readings of ../shared/bench beside trafilatura's, as a table; OPTIONS=--quick for a sample
	@$(BIN)/python -m tests.bench_extract $(OPTIONS)

bench-crawl: $(VENV)/ready  ## pages/s against a plain Scrapy spider on the same pages, memory, the reactor's longest block
	$(BIN)/python -m tests.bench_crawl

lint: $(VENV)/ready      ## the gates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) build *.egg-info
