// Package count says how often a test repeats itself: a little in the everyday
// run, much in `make full`. It owns nothing but that choice. Read [Of].
package count
