//go:build !unix

package media

import (
	"os"
	"os/exec"
)

func apart(*exec.Cmd) {}

func kill(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}
