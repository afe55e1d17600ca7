// Package looptest runs the main loop once over an installation that has units:
// a directive goes out, a unit reports, the unit above accepts, the board shows
// it. It uses the program's own use cases and owns nothing. Read [Run].
package looptest
