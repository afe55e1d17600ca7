// Package webtest measures pages of a frame in tests.
//
// It speaks HTTP only and knows nothing of what the pages mean. Read
// [FirstLoad].
package webtest
