//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// bounded says that a shell bounds the memory of what it starts.
const bounded = true

// together has a process end with all that it started, when its time is over.
func together(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
