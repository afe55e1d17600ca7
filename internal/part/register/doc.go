// Package register keeps the official papers of each unit: drafted, initialled, signed
// under the right authority, numbered by the clerk and issued.
//
// Numbers run from 01 for each unit, kind and committee term, without gaps and without
// doubles; one can be reserved or cancelled with a reason. What a paper says is the part's
// that drafted it, which names itself by the ledger's subject; the register holds the hash
// of it, and who signed that and how.
//
// A paper is signed in the program, or outside it by a copy that was given out: a PDF with
// a code of its own that stands for what the paper said then, for whoever signs it. It comes
// back as a scan of what was printed, or with a token's signature.
//
// Read [Paper] first, then sign.go, copy.go, outside.go, digital.go and number.go.
package register
