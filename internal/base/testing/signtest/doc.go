// Package signtest signs PDFs as offices do outside the program: with certificates of an
// authority made for a test, by another program's library. Read [Authority] first.
package signtest
