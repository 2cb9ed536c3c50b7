# Two commands do all the set-up: `make demo` and `make test`. `make check` is lint, types and tests.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
SEED ?= 1
CASES ?= 10000
AUDIT := build/audit

.PHONY: demo test check lint types samples bench fuzz licences sbom vulnerabilities model clean

demo: .venv/base
	$(BIN)/kehoach extract samples/*.pdf samples/*.docx samples/*.txt --output build/demo
	$(BIN)/python samples/show.py build/demo

test: .venv/dev
	$(BIN)/python -m pytest -n $(WORKERS)

check: lint types test

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev
	$(BIN)/mypy

samples: .venv/dev
	$(BIN)/python samples/build.py

bench: .venv/dev
	$(BIN)/python benchmarks/table.py $(PDF)

fuzz: .venv/dev
	$(BIN)/python tests/fuzz.py $(FILES) --seed $(SEED) --cases $(CASES)

licences: .venv/dev
	$(BIN)/python tools/dependencies.py

sbom: $(AUDIT)/ready
	$(AUDIT)/tools/bin/cyclonedx-py environment $(AUDIT)/product --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --of JSON -o build/sbom.cdx.json

vulnerabilities: $(AUDIT)/ready
	$(AUDIT)/tools/bin/pip --python $(AUDIT)/product freeze --exclude kehoach > $(AUDIT)/pins.txt
	$(AUDIT)/tools/bin/pip-audit --strict --disable-pip --no-deps -r $(AUDIT)/pins.txt

# What a user installs, alone in an environment, and the tools that look at it in another.
$(AUDIT)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(AUDIT)/tools
	$(AUDIT)/tools/bin/pip install -q cyclonedx-bom==7.5.0 pip-audit==2.10.1
	$(PYTHON) -m venv --without-pip $(AUDIT)/product
	$(AUDIT)/tools/bin/pip --python $(AUDIT)/product install -q -c constraints.txt .
	@touch $@

# The judge beside the rules, from models/data alone; the same weights on every run.
model: .venv/base
	$(BIN)/python models/train.py

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/need.sh python3-venv
	$(PYTHON) -m venv .venv
	@touch $@

.venv/base: .venv/python pyproject.toml constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/base
	sh tools/need.sh tesseract-ocr tesseract-ocr-vie fonts-liberation2 fontconfig libreoffice-writer-nogui
	sh tools/need.sh chromium chromium-driver postgresql || echo "Tests in a browser and on PostgreSQL will be skipped." >&2
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
