# Two commands do everything on a fresh machine: `make demo` and `make test`.
# The others are for work on the program; `make help` lists them.

TOOL := go tool -modfile=tools/go.mod

.PHONY: help demo test full hostile setup lint fmt vuln bench shots pictures places

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## build the program and serve the demonstration (FLAGS="--listen 127.0.0.1:9000")
	@echo "Building; the first time takes a minute or two."
	@go run ./cmd/giaoban demo $(FLAGS)

test: setup ## install what the tests need, then vet, lint and run every test
	go vet ./...
	$(TOOL) golangci-lint run
	@# without a second vet and without debug information: linking is a tenth of the time;
	@# many short processes are done before their memory is worth collecting
	GOGC=400 go test -vet=off -ldflags=-w -p 2 -timeout 24m ./...

full: setup ## run every test with large counts and print them
	GIAOBAN_FULL=1 go test -count=1 -p 2 -timeout 60m -v ./...

hostile: setup ## try the public page with robots, injections and fuzzers, and print the counts (SECONDS=20 for each fuzzer)
	@scripts/hostile $(SECONDS)

setup: # Chromium and PostgreSQL, by apt-get where that is possible
	@scripts/setup

lint: ## run the linters alone
	$(TOOL) golangci-lint run

fmt: ## format all Go files
	$(TOOL) gofumpt -w .

vuln: ## look for known vulnerabilities; without their database: status 3 of scripts/vuln
	@scripts/vuln

bench: ## run the benchmarks of docs/performance.md
	go test -run '^$$' -bench . -benchmem -p 1 ./...

shots: setup ## take a picture of every screen into shots/
	GIAOBAN_SHOTS="$(CURDIR)/shots" go test -count=1 -timeout 20m -run '^TestShots' ./internal/app/...

pictures: setup ## take the pictures of the README anew; pngquant makes them small where it is installed
	GIAOBAN_PICTURES="$(CURDIR)/docs/picture" go test -count=1 -timeout 20m -run '^TestPictures' ./internal/app/...
	@! command -v pngquant >/dev/null || pngquant --force --ext .png --speed 1 docs/picture/*.png

places: ## import a real list of places: GIAOBAN_PLACES=FILE make places
	@test -f "$$GIAOBAN_PLACES" || { echo "say which list: GIAOBAN_PLACES=FILE make places"; exit 1; }
	GIAOBAN_PLACES="$$(realpath "$$GIAOBAN_PLACES")" go test -count=1 -v -run '^TestPlaces' ./internal/app/...
