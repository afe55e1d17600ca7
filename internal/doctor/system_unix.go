//go:build unix

package doctor

import (
	"io/fs"
	"syscall"
)

// ownerOf is a file's user.
func ownerOf(about fs.FileInfo) (user uint32, known bool) {
	status, ok := about.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return status.Uid, true
}

// Free is how many bytes the disk under a path still takes from this user.
func Free(path string) (free int64, known bool, err error) {
	var status syscall.Statfs_t
	if err := syscall.Statfs(path, &status); err != nil {
		return 0, false, err
	}
	return int64(status.Bavail) * int64(status.Bsize), true, nil
}
