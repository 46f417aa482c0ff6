PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MEASURE :=
DEEP :=

.PHONY: example test warehouses coverage lint types rules mutants bench bench-columns deep clean

example: $(VENV)/ready
	$(BIN)/sgincentive check examples/worker-ningbo.yaml

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not warehouse" --ignore tests/properties $(MEASURE)
	$(BIN)/python -m pytest -n auto --dist worksteal tests/properties

warehouses: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist worksteal -m warehouse tests/columns $(MEASURE)

coverage: $(VENV)/ready
	$(BIN)/coverage report --fail-under 100

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

bench: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

deep: $(VENV)/ready
	$(BIN)/python -m benchmarks.sameness $(DEEP)

rules: $(VENV)/ready
	$(BIN)/sgincentive rules validate rules
	$(BIN)/sgincentive rules test rules
	$(BIN)/sgincentive rules lint rules

mutants: $(VENV)/ready
	$(BIN)/sgincentive rules mutate rules

bench-columns: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks.columns

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) dist build
