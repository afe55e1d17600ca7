// Package signedpdf tells whether a PDF that comes back from outside is one that was given
// out, with nothing but valid signatures added.
//
// A signing program appends to a PDF: the bytes that were given out stay in front, and what
// follows names the objects that it adds or replaces (ISO 32000-1, 7.5.6). So what comes
// back has to begin with the very bytes that were given out, and what was appended may only
// add signatures and the places where they are seen. Each signature is checked by the kept
// library, covers the whole file as it was when it was made, and its certificate leads to
// an authority that the installation trusts.
//
// Whether a certificate was revoked is not asked: an office's machine has no line to the
// authorities. The package reads no database, writes no HTTP and unpacks nothing: it reads
// files of strangers, in time and memory bounded by their size. Read [Check] first.
package signedpdf
