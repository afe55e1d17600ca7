// Package document puts words on paper: official papers as .docx and PDF, and
// single sheets with codes to be scanned and data that programs read out of the
// file again; A4, in the faces and margins of official papers, with Vietnamese
// fonts of its own.
//
// It knows what paper looks like and nothing of what is written on it. Read
// [Paper] first, for what an office issues, and [Sheet] for what it builds on.
package document
