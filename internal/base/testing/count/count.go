// Package count says how often a test repeats itself: a little in the everyday
// run, much in `make full`. It owns nothing but that choice.
package count

import "os"

// Of is small in the everyday run and full when GIAOBAN_FULL=1 is set.
func Of(small, full int) int {
	if os.Getenv("GIAOBAN_FULL") == "1" {
		return full
	}
	return small
}
