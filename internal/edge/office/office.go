package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// Bounds of one printing.
const (
	longest = 2 * time.Minute
	memory  = 2 << 30 // bytes of address space
)

// Program is the LibreOffice of this machine.
type Program struct{ path string }

// ErrUnprintable says that LibreOffice does not open the file, or not within the
// bounds: another try gives no more.
var ErrUnprintable = errors.New("LibreOffice does not print the file")

// Find finds LibreOffice; ok is false where there is none, or where its memory cannot
// be bounded.
func Find() (p Program, ok bool) {
	path, err := exec.LookPath("soffice")
	return Program{path}, err == nil && bounded
}

// settings are the registry of the profile: no macros, no active content, nothing
// fetched that a file only links to, be it in the network or on this machine.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>`

// PDF gives a file of an extension, as "docx", as LibreOffice prints it, of at most so
// many bytes. It leaves nothing behind, however it ends. An error that wraps
// [ErrUnprintable] lies with the file.
func (p Program) PDF(ctx context.Context, content io.Reader, extension string, most int64) (pdf []byte, err error) {
	dir, err := os.MkdirTemp("", "giaoban-office-")
	if err != nil {
		return nil, fmt.Errorf("making a folder to print in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	source := filepath.Join(dir, "paper."+filepath.Base(extension))
	if err := prepare(dir, source, content); err != nil {
		return nil, fmt.Errorf("preparing to print: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	// The shell bounds memory and processor time, which what it starts inherits.
	process := exec.CommandContext(ctx, "/bin/sh", "-c", `ulimit -v "$1" && ulimit -t "$2" && shift 2 && exec "$@"`, "sh",
		strconv.Itoa(memory>>10), strconv.Itoa(int(longest/time.Second)),
		p.path, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", "pdf", "--outdir", dir, source)
	process.Dir, process.Env = dir, []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LANG=C.UTF-8"}
	process.WaitDelay = 5 * time.Second
	together(process)
	said, err := process.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %w: %.300s", ErrUnprintable, err, said)
	}
	return read(filepath.Join(dir, "paper.pdf"), most, said)
}

// prepare writes what is printed, and the profile.
func prepare(dir, source string, content io.Reader) error {
	profile := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(profile, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(profile, "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return err
	}
	to, err := os.OpenFile(source, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, content)
	return errors.Join(err, to.Close())
}

// read reads what was printed; a file that LibreOffice refuses leaves none.
func read(path string, most int64, said []byte) ([]byte, error) {
	made, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %.300s", ErrUnprintable, said)
	}
	pdf, err := io.ReadAll(io.LimitReader(made, most+1))
	if err := errors.Join(err, made.Close()); err != nil {
		return nil, fmt.Errorf("reading what was printed: %w", err)
	}
	if int64(len(pdf)) > most {
		return nil, fmt.Errorf("%w: it prints to more than %d bytes", ErrUnprintable, most)
	}
	return pdf, nil
}
