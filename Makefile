# On a bare machine with Python 3.10 to 3.12, make and pip: `make run`, `make test`. Nothing has to be activated.
PYTHON ?= python3
UV_VERSION := 0.13.8

VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
LOCK_VENV := .venv-lock

.DEFAULT_GOAL := help
.PHONY: help setup run test check format score agreement diff score-held-out models lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv with the locked versions

# The build backends first, so that they too come from the lock: ours, and that of jsonpath-rw (of mlcroissant), which has no wheel.
# -qq: pip warns about each index that a machine has set and that lacks a package.
$(READY): pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once, two or three minutes)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt hatchling setuptools
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@

run: $(READY)  ## extract the records of corpus/ into out/
	@mkdir -p out
	@$(BIN)/onco-extract extract corpus/*.txt -o out/records.jsonl --mentions out/mentions.jsonl --unattached out/unattached.jsonl

test: $(READY)  ## run the tests
	@$(BIN)/python -m pytest

check: $(READY)  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY)  ## format the code and fix what ruff can fix
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

score: $(READY)  ## print the accuracy tables; fails when a floor in gold/floors.toml is not held
	@$(BIN)/python -m benchmarks.score
	@$(BIN)/python -m benchmarks.rules
	@$(BIN)/python -m benchmarks.confidence

agreement: $(READY)  ## print how well the two passes of annotation agree
	@$(BIN)/python -m benchmarks.score agreement

diff: $(READY)  ## print the records gained and lost since a commit: make diff BASE=commit
	@test -n '$(BASE)' || { echo 'usage: make diff BASE=commit' >&2; exit 2; }
	@$(BIN)/python benchmarks/diff.py '$(BASE)'

# Nothing else reads the held-out papers. FORCE=1 runs it with changes that are not committed, and the log says so.
score-held-out: $(READY)  ## print the totals of the held-out papers and add them to gold/held-out.log
	@$(BIN)/python -m benchmarks.score held-out $(if $(FORCE),--force)

# See models/README.md: about two hours on one core, and TREEBANK must hold CRAFT's trees. The same versions give the same weights.
TREEBANK ?= ../shared/treebank
TRAINING := build/models
TRAIN := OMP_NUM_THREADS=1 PYTHONPATH=. $(BIN)/python -m spacy train
models: $(READY)  ## train the language pipeline anew into extractor/language_model
	@$(BIN)/python -m pip install -qq --disable-pip-version-check spacy-lookups-data==1.0.5
	$(BIN)/python -m models.corpora $(TRAINING)/craft --treebank $(TREEBANK)
	$(BIN)/python -m models.corpora $(TRAINING)/mixed --treebank $(TREEBANK) --template-words 110000
	$(BIN)/python -m models.corpora $(TRAINING)/glued --treebank $(TREEBANK) --template-words 60000 --glued 0.7
	$(TRAIN) models/first.cfg --code models/tokens.py --output $(TRAINING)/first --paths.train $(TRAINING)/craft/train.spacy --paths.dev $(TRAINING)/craft/dev.spacy
	$(TRAIN) models/second.cfg --code models/tokens.py --output $(TRAINING)/second --paths.first $(TRAINING)/first/model-last \
	  --paths.train $(TRAINING)/mixed/train.spacy --paths.dev $(TRAINING)/mixed/dev.spacy
	$(TRAIN) models/second.cfg --code models/tokens.py --output $(TRAINING)/third --paths.first $(TRAINING)/second/model-last \
	  --paths.train $(TRAINING)/mixed/train.spacy --paths.dev $(TRAINING)/mixed/dev.spacy \
	  --training.max_steps 450 --training.batcher.size.start 1500 --training.optimizer.learn_rate.initial_rate 0.0007
	$(TRAIN) models/sentences.cfg --code models/tokens.py --output $(TRAINING)/sentences \
	  --paths.train $(TRAINING)/glued/train.spacy --paths.dev $(TRAINING)/glued/dev.spacy
	$(BIN)/python -m models.corpora $(TRAINING)/wide --treebank $(TREEBANK) --template-words 220000
	for corpus in mixed wide; do \
	  $(TRAIN) models/second.cfg --code models/tokens.py --output $(TRAINING)/fourth-$$corpus --paths.first $(TRAINING)/third/model-last \
	    --paths.train $(TRAINING)/$$corpus/train.spacy --paths.dev $(TRAINING)/$$corpus/dev.spacy \
	    --training.max_steps 900 --training.batcher.size.start 1500 --training.optimizer.learn_rate.initial_rate 0.0007 || exit 1; done
	$(BIN)/python -m models.average $(TRAINING)/mean $(TRAINING)/fourth-mixed/model-last $(TRAINING)/fourth-wide/model-last
	$(BIN)/python -m models.finish $(TRAINING)/mean $(TRAINING)/sentences/model-last extractor/language_model

# In an environment of its own, so that it works when pyproject.toml and constraints.txt no longer agree. Keeps the versions that still fit;
# `make lock UPGRADE=--upgrade` takes the newest.
lock:  ## write constraints.txt anew from pyproject.toml
	@test -x $(LOCK_VENV)/bin/uv || { $(PYTHON) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION); }
	@$(LOCK_VENV)/bin/uv pip compile --quiet $(UPGRADE) --no-config --system-certs --python $(PYTHON) --no-python-downloads --universal --python-version 3.10 \
	  --fork-strategy fewest --only-binary :all: --no-binary jsonpath-rw --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --extra dev pyproject.toml --output-file constraints.txt
	@{ echo '# The one set of versions that everything here is installed and tested with, on Python 3.10 to 3.12.'; \
	   echo '# Made from pyproject.toml by `make lock`; do not edit.'; \
	   cat constraints.txt; } > constraints.tmp && mv constraints.tmp constraints.txt

clean:  ## remove everything that was made
	rm -rf $(VENV) $(LOCK_VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find extractor tests models benchmarks -name __pycache__ -prune -exec rm -rf {} +
