// Package document puts words on paper: pages of A4 in PDF, in the faces and
// margins of official papers, with Vietnamese fonts of its own, codes to be
// scanned and data that programs read out of the file again.
//
// It knows what a sheet looks like and nothing of what is written on it. Read
// [Sheet] first.
package document
