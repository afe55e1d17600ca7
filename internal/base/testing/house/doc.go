// Package house holds the tests of the repository itself: that what its
// documents and settings say of the code is so. It has no code of its own. Read
// the tests' names.
package house
