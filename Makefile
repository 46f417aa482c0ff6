PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: example test warehouses properties coverage lint types rules mutants bench clean

example: $(VENV)/ready
	$(BIN)/sgincentive check examples/worker-ningbo.yaml

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto -m "not warehouse"

warehouses: $(VENV)/ready
	$(BIN)/python -m pytest -n auto -m warehouse tests/columns

properties: $(VENV)/ready
	$(BIN)/python -m pytest -n auto tests/properties

coverage: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --ignore tests/properties --cov --cov-report=term

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

bench: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

rules: $(VENV)/ready
	$(BIN)/sgincentive rules validate rules
	$(BIN)/sgincentive rules test rules
	$(BIN)/sgincentive rules lint rules

mutants: $(VENV)/ready
	$(BIN)/sgincentive rules mutate rules

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) dist build
