package libreoffice

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/testing/daemon"
)

// PDF opens a .docx file and gives it as LibreOffice prints it. It fails the test
// where LibreOffice is missing or does not open the file.
func PDF(t testing.TB, docx []byte) []byte {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("no LibreOffice is installed: run `make test`, or on Debian `apt-get install libreoffice-writer-nogui`")
	}
	dir, err := os.MkdirTemp("", "giaoban-libreoffice-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "paper.docx"), docx, 0o600); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	running, err := daemon.Start(daemon.Program{
		Name: "env", // a profile of its own, so that several run beside each other
		Args: []string{
			"HOME=" + dir, "TMPDIR=" + dir, program, "-env:UserInstallation=file://" + dir + "/profile",
			"--headless", "--norestore", "--convert-to", "pdf", "--outdir", to, filepath.Join(dir, "paper.docx"),
		},
		Dir: dir, Stop: "TERM",
	})
	if err != nil {
		t.Fatal(err)
	}
	// It ends by itself, and what it wrote is whole once it has.
	printed := filepath.Join(to, "paper.pdf")
	err = running.Await(2*time.Minute, func() error { return errors.New("it has not ended yet") })
	file, missing := os.ReadFile(printed)
	if missing != nil {
		t.Fatalf("LibreOffice did not open the file: %v; %v", missing, err)
	}
	return file
}
