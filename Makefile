# What people do with this project; `make help` lists it.

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
BUILD := .build/release
SWIFT_FILES := Package.swift Sources Tests Fuzzing
FORMAT := --recursive --parallel --configuration .swift-format $(SWIFT_FILES)
IMPORTS := --explicit-target-dependency-import-check error
REVIEW := --period 2026-10 --as-of 2026-11-02T06:00:00Z

.DEFAULT_GOAL := help
.PHONY: help setup release review test test-reports test-long check lint format sample-data bench \
  bench-instructions fuzz install

help:  ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 28

setup:  ## install the Debian packages that are missing
	@Scripts/setup

release: setup
	@swift build -c release --product attain

review: release  ## make the sample packs of October 2026 in out/2026-10
	@$(BUILD)/attain run pipelines/monthly-review.yml $(REVIEW)
	@echo "the packs are in out/2026-10:"
	@find out/2026-10 -name index.html | LC_ALL=C sort | sed 's/^/  /'

test: setup  ## build everything and run the tests
	@swift build --build-tests $(IMPORTS)
	@swift test --skip-build

test-reports: setup  ## open the sample packs in Chromium: links, keyboard, print, accessibility
	@Scripts/setup --reports
	@swift build --product attain $(IMPORTS)
	@Tests/Browser/run

# By themselves, because tests with a limit of time would have to wait for them.
LONG = CountTests|EveryCellTests|ExclusionOracleTests|FalseAlarmTests|FoldTests|IdentityTests|KilledImportTests|KilledRunTests|MappedRowsTests|NightsTests|OracleTests|PauseTests|PlainTests|PresetConformance|PropertyTests|ReconciliationTests|RecordReaderPropertyTests|SchemaTests|UpsertTests|WorkersTests

test-long: test  ## the same, and then the long tests at length
	@ATTAIN_LONG=1 swift test --skip-build --filter '$(LONG)'

check: lint test  ## what has to hold before a change goes in: format, imports, sample data, tests

lint:  ## formatter's findings, scripts that do not parse, sample data that is not what its script makes
	@swift format lint --strict $(FORMAT)
	@bash -n Scripts/setup .ci/run Fuzzing/run
	@sample-data/make --check

format:  ## format the Swift files
	@swift format --in-place $(FORMAT)

sample-data:  ## make the sample exports again
	@sample-data/make

bench: setup  ## compare the program as it is installed with DuckDB, Polars and pandas
	@swift build -c release --static-swift-stdlib --product attain
	@Benchmarks/run

bench-instructions: release  ## count instructions and compare them with Benchmarks/instructions.txt
	@Scripts/setup --counting
	@Benchmarks/instructions

fuzz: setup  ## give the readers random bytes for a minute each; FUZZ="records --runs 1000000" for more
	@Fuzzing/run $(or $(FUZZ),--seconds 60)

install: setup  ## install binary, completions and manual below PREFIX (default /usr/local)
	swift build -c release --static-swift-stdlib --product attain
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -s -m 755 $(BUILD)/attain "$(DESTDIR)$(PREFIX)/bin/attain"
	$(BUILD)/attain --generate-completion-script bash \
	  > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/attain"
	$(BUILD)/attain --generate-completion-script zsh \
	  > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_attain"
	$(BUILD)/attain --generate-completion-script fish \
	  > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/attain.fish"
	for page in docs/man/*.1; do \
	  [ ! -f "$$page" ] || install -m 644 "$$page" "$(DESTDIR)$(PREFIX)/share/man/man1/"; \
	done
