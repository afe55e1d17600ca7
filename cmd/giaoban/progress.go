package main

import "fmt"

// progress shows how far a long command is, in the words of a key with done and
// total: on a terminal one line that moves, else how it ended.
func (c console) progress(key string) func(done, total int) {
	moves, shown := c.terminal(), -1
	return func(done, total int) {
		switch percent := 100 * done / max(total, 1); {
		case total == 0:
		case done == total:
			fmt.Fprintln(c.err, c.t(key, "done", done, "total", total))
		case moves && percent != shown:
			fmt.Fprint(c.err, c.t(key, "done", done, "total", total)+"\r")
			shown = percent
		}
	}
}
