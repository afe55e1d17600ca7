package main

import (
	"fmt"
	"runtime/debug"
)

// version prints what is running.
type version struct{}

// Run prints the version.
func (version) Run(c console) error {
	_, err := fmt.Fprintln(c.out, "giaoban", versionText())
	return err
}

// versionText is the module's version, or the commit that was built.
func versionText() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
