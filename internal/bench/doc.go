// Package bench measures an installation: how quick its boards, pages, live
// screens, sign-ins and starts are, and how many reports it accepts.
//
// It never writes into the installation that it measures: everything happens in
// a copy that is gone at the end, or in databases made for the purpose. It uses
// the program as people and commands do, through use cases and over HTTP, and
// measures with its clients in the same machine: what they cost is in the
// figures. Read [Run] first.
package bench
