# make demo   digitizes the sample dossiers: sets everything up first
# make test   the whole suite, with make check: sets everything up first
# make bench  measures Sohoa beside OCRmyPDF: about ten minutes, see docs/benchmarks.md
# make bench-reading EVAL=DIR  measures reading beside Tesseract and OCRmyPDF; without EVAL on generated pages
# make faults N=nightly  the fault suite at the counts of pr (default), nightly or release, or times a number;
#             SEED=1000 draws others; the table goes into docs/reliability.md
# make bench-checklist  measures what need not be brought: 20,000 people; more with --people, --papers
# make desk   opens the reception desk with the sample office: accounts canbo, hoa, truong, quantri, soat
.PHONY: demo desk test check servers types rules faults bench bench-reading bench-checklist setup clean

BIN := .venv/bin
N ?= pr
SEED ?= 0
DEMO := demo-out
DESK := desk-out

demo:
	@scripts/setup.sh run
	@rm -rf $(DEMO)
	@$(BIN)/sohoa --data-dir $(DEMO)/data digitize --each samples/data --export-to $(DEMO)/export
	@echo
	@echo '$$ sohoa find --procedure 1.001193'
	@$(BIN)/sohoa --data-dir $(DEMO)/data find --procedure 1.001193
	@scripts/demo-story.sh $(DEMO)/data
	@echo
	@echo '$$ sohoa scan --device "simulated:samples/data/01-dang-ky-khai-sinh?upside_down=2" --declare-sheets 4'
	@$(BIN)/sohoa --data-dir $(DEMO)/data scan --device "simulated:samples/data/01-dang-ky-khai-sinh?upside_down=2" \
		--procedure 1.001193 --declare-sheets 4 --no-ask --no-read

desk:
	@scripts/setup.sh run
	@$(BIN)/python -m samples.office.set_up $(DESK)
	@echo 'Tài khoản mẫu / sample accounts: canbo, hoa, soat, truong, quantri; mật khẩu / password: quay tiep nhan mau'
	@$(BIN)/sohoa --data-dir $(DESK) --config $(DESK)/sohoa.toml desk

test:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory --jobs 3 --output-sync=target servers types rules
	@$(BIN)/pytest -q -n 3 --dist worksteal --ignore tests/architecture

check:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target types rules

servers:
	@scripts/setup.sh servers

types:
	@$(BIN)/mypy

rules:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q tests/architecture

faults:
	@scripts/setup.sh test
	@scripts/setup.sh servers
	@mkdir -p .cache && rm -f .cache/faults.log
	@FAULTS_SCALE=$(N) FAULTS_SEED=$(SEED) FAULTS_LOG=$(CURDIR)/.cache/faults.log \
		$(BIN)/pytest -q -n 2 --dist worksteal tests/faults
	@FAULTS_SCALE=$(N) $(BIN)/python -m tests.faults.report .cache/faults.log --into docs/reliability.md

bench:
	@scripts/setup.sh test
	@$(BIN)/python -m benchmarks.run

bench-reading:
	@scripts/setup.sh bench
	@$(BIN)/python -m benchmarks.reading $(if $(EVAL),--eval $(EVAL))

bench-checklist:
	@scripts/setup.sh test
	@$(BIN)/python -m benchmarks.checklist

clean:
	rm -rf $(DEMO) $(DESK) .venv .cache build dist
