package poppler

import (
	"bytes"
	"os/exec"
	"testing"
)

// Text is what a PDF says, by pdftotext and its options: "-layout" keeps the words
// where they stand on paper, "-raw" in the order of the file.
func Text(t testing.TB, pdf []byte, options ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "pdftotext", append(options, "-", "-")...)
	command.Stdin = bytes.NewReader(pdf)
	said, err := command.Output()
	if err != nil {
		t.Fatalf("pdftotext, which scripts/setup installs (poppler-utils): %v", err)
	}
	return string(said)
}
