// Package daemon runs another program for as long as this test process lives:
// a database server, a browser.
//
// It owns the program's folder and its end. However the test process goes,
// by returning, by a panic or by kill -9, the program is stopped and its folder
// is removed. It never restarts a program. Read [Start] first.
package daemon
