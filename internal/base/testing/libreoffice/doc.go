// Package libreoffice opens files in a real office program, as people do who get
// them from this one.
//
// It runs LibreOffice without a screen, in a folder of its own that goes with the
// call. It never reads what came out: that is the test's. Read [PDF].
package libreoffice
