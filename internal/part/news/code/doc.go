// Package code holds the checks that keep robots from readers' forms: a code of
// five characters that people read in a picture or hear spoken in Vietnamese,
// and a proof of work that a browser finds by itself.
//
// It owns how a code is drawn and spoken, what a form carries instead of a
// stored row ([Token]), and how an answer is judged. It never keeps anything:
// that a code works once is kept by whoever calls, by the [Nonce] that each
// check gives. It knows no HTTP and no SQL. Read [Guard] first.
package code
