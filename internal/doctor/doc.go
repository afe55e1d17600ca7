// Package doctor looks an installation over and says what is wrong with it and
// what to do, in words for whoever runs it.
//
// It owns the checks, one small function each, and changes nothing: it reads the
// directory and the database beside a program that serves them. Nor does it
// prove the log: giaoban verify does. Read [Examine] first.
package doctor
