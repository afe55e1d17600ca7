// Package report carries what a unit reports at a milestone: draft, signed and
// submitted, accepted or returned by the unit that counts it, corrected by a
// new version.
//
// A parent's counts are never reported: the board computes them. An answer of
// success means that the report is on disk; the same draft submitted twice is
// one report. Read [Report] and [Submit] first.
package report
