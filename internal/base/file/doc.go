// Package file keeps the files that people attach: a directive's signed scan, a
// unit's minutes.
//
// A file is taken by what is in it, never by its name alone: PDF, .docx, .xlsx,
// .pptx, PNG and JPEG up to [Limit]. Its bytes lie in the data directory under their
// SHA-256, so that the same bytes are kept once and are on disk before anybody
// is told so; a row of the database says who attached them, where and as what.
// The id of a file begins with the hash of its bytes: a signed document that
// names a file has signed its content too.
//
// The package never decides who may see a file and writes no HTTP. Read
// [Folder] first.
package file
