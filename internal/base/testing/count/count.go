package count

import "os"

// Of is small in the everyday run and full when GIAOBAN_FULL=1 is set.
func Of(small, full int) int {
	if os.Getenv("GIAOBAN_FULL") == "1" {
		return full
	}
	return small
}
