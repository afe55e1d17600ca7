// Package taskui shows tasks: what a person has, what an office has, what it verifies
// and what it gave out, as lists, a matrix and a calendar; the form by which one is
// given or handed down; the page of a task with what came of it, live; and that of a
// unit's share, where it is acknowledged, assigned, done, verified and extended.
package taskui
