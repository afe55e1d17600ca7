//go:build unix

package media

import (
	"os/exec"
	"syscall"
)

// apart has a process stay when this one's terminal or group ends.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// kill ends a process that does not answer.
func kill(pid int) { _ = syscall.Kill(pid, syscall.SIGKILL) }
