# make demo   set up, index the bundled sample, serve it, print the address
# make test   set up with the test extras, run everything
# make thorough  twenty times as many examples of each property as make test tries
# make check  ruff, mypy --strict, import-linter
# make opensearch  fetch OpenSearch, 133 MB, by Maven, and a Java where none is new enough: the tests start a node of it
# make cluster  the engine's contract, and the search page in a browser, on three nodes of OpenSearch
# make crawl  follow the links of a site over 71,000 generated articles; `make test` does over 14,000
# make screenshots  every kind of page, at two widths, light and dark, in both languages, into screenshots/;
#                   over the sample, or over the index that KASHAF_INDEX names
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test thorough check format bench opensearch cluster crawl screenshots clean

$(VENV)/made: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Kashaf needs Python 3.11 or newer, this is %d.%d: set PYTHON=" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q kashaf.py search indexer web corpus
	touch $@

$(VENV)/made-test: $(VENV)/made
	$(BIN)/pip install --quiet --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(VENV)/made
	$(BIN)/kashaf demo

test: $(VENV)/made-test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --max-worker-restart 0

thorough: $(VENV)/made-test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m hypothesis --hypothesis-profile thorough

check: $(VENV)/made-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/made-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/made-test
	$(BIN)/python -m tests.bench

cluster: opensearch
	KASHAF_TEST_ENGINE=opensearch $(BIN)/python -m tests.opensearch pytest -n 0 tests/engines/test_opensearch_engine.py tests/engines/test_opensearch_writers.py tests/engines/test_cluster_copies.py tests/engines/test_engines_agree.py tests/browser/test_search.py

opensearch: $(VENV)/made-test
	$(BIN)/python -m tests.opensearch.distribution

crawl: $(VENV)/made-test
	KASHAF_CRAWLED_ARTICLES=71000 $(BIN)/python -m pytest -n 0 tests/crawl/test_generated.py

screenshots: $(VENV)/made-test
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
